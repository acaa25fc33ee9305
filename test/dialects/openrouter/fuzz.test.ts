import fc from 'fast-check';
import { stringify } from 'yaml';
import type { DialectResult } from '../../../src/ports/policy-dialect';
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
import { catalogText, check, decideBoth, leftBy, parseSettings } from './support';

const RUNS = 1000;

/** A document or an error, never both and never neither. */
function expectWhole({ document, bundle, findings }: DialectResult): void {
  const hasErrors = findings.some(({ severity }) => severity === 'error');
  expect(document === undefined).toBe(hasErrors);
  expect(bundle).toBeUndefined();
}

function textOf(settings: Settings): string {
  return stringify({ openrouter: settings });
}

/** Every provider with a model of every author. */
const PAIRS = PROVIDERS.flatMap((provider) => AUTHORS.map((author) => ({ provider, author })));

function catalogOf(claims: readonly Claims[]): string {
  return catalogText(
    PROVIDERS.map((provider) => ({
      id: idOf(provider),
      targets: PAIRS.flatMap((pair, index) => {
        if (pair.provider !== provider) return [];
        const own = claims[index] ?? {};
        const id = `${provider}+${pair.author}`;
        const stated = Object.keys(own).length === 0 ? {} : { claims: own };
        return [{ id, model: `${pair.author}/m`, ...stated }];
      }),
    })),
  );
}

const manyClaims = fc.array(anyClaims, { minLength: PAIRS.length, maxLength: PAIRS.length });

/** What YAML gives a meaning to, and what it does not. */
const INSERTED = ': | |a|- |\n|  |{|]|"|&a |*a|!!int |\t|#|true|null|---\n|\u0000'.split('|');

const anyEdit = fc.record({
  at: fc.nat(),
  remove: fc.constantFrom(0, 0, 1, 4),
  insert: fc.oneof(fc.constantFrom(...INSERTED), fc.string({ maxLength: 4 })),
});

describe('reading any settings', () => {
  it('decides exactly what they say, or refuses what contradicts itself', () => {
    const spread = new Spread();
    const any = fc.record({
      settings: anySettings,
      claims: manyClaims,
      author: fc.constantFrom(...AUTHORS),
    });
    check(any, RUNS / 2, ({ settings, claims, author }) => {
      const result = parseSettings(textOf(settings));
      expectWhole(result);
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
      const isAll = expected.length === PROVIDERS.length;
      spread.add(expected.length === 0 ? 'nothing' : isAll ? 'all' : 'some');
    });
    spread.expectAtLeast(RUNS * 0.01, 'refused', 'nothing', 'some', 'all');
  });

  it('refuses what holds a single wrong key or value', () => {
    const spread = new Spread();
    const anyDamage = fc.record({
      settings: anySettings,
      at: fc.nat(),
      what: fc.constantFrom<'key' | 'value'>('key', 'value'),
    });
    check(anyDamage, RUNS, ({ settings, at, what }) => {
      const { guardrails = [{ name: 'g' }] } = settings;
      const [part = {}] = guardrails;
      // Any text describes, and what is not read cannot be wrong.
      const keys = Object.keys(part).filter((key) => key !== 'description' && key !== 'limit_usd');
      const key = keys[at % keys.length] ?? '';
      const { [key]: value, ...others } = part;
      const wrong = what === 'key' ? { [`${key}_x`]: value } : { [key]: [[value]] };
      const result = parseSettings(textOf({ ...settings, guardrails: [{ ...others, ...wrong }] }));
      expectWhole(result);
      expect(result.document).toBeUndefined();
      spread.add(`${what} ${key}`);
    });
    const keys = ['name', 'allowed_providers', 'ignored_models', 'enforce_zdr_other'];
    spread.expectAtLeast(RUNS * 0.005, ...keys.flatMap((key) => [`key ${key}`, `value ${key}`]));
  });

  it('never throws and never reads half, whatever becomes of the text', () => {
    const anyEdits = fc.record({
      settings: anySettings.filter(isWellFormed),
      edits: fc.array(anyEdit, { minLength: 1, maxLength: 2 }),
    });
    const spread = new Spread();
    check(anyEdits, RUNS, ({ settings, edits }) => {
      const result = parseSettings(edits.reduce(applyEdit, textOf(settings)));
      expectWhole(result);
      spread.add(result.document === undefined ? 'refused' : 'read');
    });
    spread.expectAtLeast(RUNS * 0.03, 'refused', 'read');
  });

  it('never throws, whatever the bytes', () => {
    const bytes = fc
      .uint8Array({ maxLength: 200 })
      .map((each) => Buffer.from(each).toString('utf8'));
    const near = bytes.map((text) => `openrouter: ${text}`);
    check(fc.oneof(bytes, near, fc.string({ unit: 'binary' })), RUNS, (text) => {
      const result = parseSettings(text);
      expectWhole(result);
      expect(result.document).toBeUndefined();
    });
  });
});

function applyEdit(
  text: string,
  { at, remove, insert }: { readonly at: number; readonly remove: number; readonly insert: string },
): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + insert + text.slice(start + remove);
}
