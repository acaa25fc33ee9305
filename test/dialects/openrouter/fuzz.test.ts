import fc from 'fast-check';
import { stringify } from 'yaml';
import { Spread } from '../../laws/support/runs';
import {
  allows,
  anyClaims,
  anySettings,
  AUTHORS,
  idOf,
  isWellFormed,
  PROVIDERS,
  type Claims,
  type Settings,
} from './accounts';
import { leftBy } from '../support/beside-catalog';
import { check, shareLeft } from '../support/check';
import { anyDamageOf, damage } from '../support/damage';
import { nativeCatalog, statedClaims } from '../support/documents';
import { anyEditOf } from '../support/edits';
import { checkBytes, checkEdited, readingWhole } from '../support/whole';
import { decideBoth, parseSettings } from './support';

const RUNS = 1000;

const read = readingWhole(parseSettings);

function textOf(settings: Settings): string {
  return stringify({ openrouter: settings });
}

/** Every provider with a model of every author. */
const PAIRS = PROVIDERS.flatMap((provider) => AUTHORS.map((author) => ({ provider, author })));

function catalogOf(claims: readonly Claims[]): string {
  return nativeCatalog(
    PROVIDERS.map((provider) => ({
      id: idOf(provider),
      targets: PAIRS.flatMap((pair, index) => {
        if (pair.provider !== provider) return [];
        const id = `${provider}+${pair.author}`;
        return [{ id, model: `${pair.author}/m`, ...statedClaims(claims[index]) }];
      }),
    })),
  );
}

const manyClaims = fc.array(anyClaims, { minLength: PAIRS.length, maxLength: PAIRS.length });

/** What YAML gives a meaning to, and what it does not, with a null, which a guardrail may hold. */
const INSERTED = ': | |a|- |\n|  |{|]|"|&a |*a|!!int |\t|#|true|null|---\n|\u0000'.split('|');

const anyEditWithNulls = anyEditOf(INSERTED, fc.constantFrom(0, 0, 1, 4));

describe('reading any settings', () => {
  it('decides exactly what they say, or refuses what contradicts itself', () => {
    const spread = new Spread();
    const any = fc.record({
      settings: anySettings,
      claims: manyClaims,
      author: fc.constantFrom(...AUTHORS),
    });
    check(any, RUNS / 2, ({ settings, claims, author }) => {
      const result = read(textOf(settings));
      expect(result.document !== undefined).toBe(isWellFormed(settings));
      if (result.document === undefined) {
        spread.add('refused');
        return;
      }
      const both = { catalog: catalogOf(claims), settings: textOf(settings) };
      const expected = PAIRS.filter(
        (pair, index) =>
          pair.author === author && allows(settings, { ...pair, claims: claims[index] ?? {} }),
      ).map(({ provider }) => `${provider}+${author}`);
      expect(leftBy(decideBoth(both, { model: `${author}/m` }))).toEqual(expected);
      spread.add(shareLeft(expected, PROVIDERS));
    });
    spread.expectAtLeast(RUNS * 0.01, 'refused', 'nothing', 'some', 'all');
  });

  it('refuses what holds a single wrong key or value', () => {
    const spread = new Spread();
    check(anyDamageOf(anySettings), RUNS, ({ of: settings, at, what }) => {
      const { guardrails = [{ name: 'g' }] } = settings;
      const [part = {}] = guardrails;
      // Any text describes, and what is not read cannot be wrong.
      const keys = Object.keys(part).filter((key) => key !== 'description' && key !== 'limit_usd');
      const key = keys[at % keys.length] ?? '';
      const result = read(textOf({ ...settings, guardrails: [damage(part, key, what)] }));
      expect(result.document).toBeUndefined();
      spread.add(`${what} ${key}`);
    });
    const keys = ['name', 'allowed_providers', 'ignored_models', 'enforce_zdr_other'];
    spread.expectAtLeast(RUNS * 0.005, ...keys.flatMap((key) => [`key ${key}`, `value ${key}`]));
  });

  it('never throws and never reads half, whatever becomes of the text', () => {
    checkEdited({
      read,
      text: anySettings.filter(isWellFormed).map(textOf),
      maxEdits: 2,
      edit: anyEditWithNulls,
      runs: RUNS,
      least: RUNS * 0.03,
    });
  });

  it('never throws, whatever the bytes', () => {
    checkBytes(read, 'openrouter: ', RUNS);
  });
});
