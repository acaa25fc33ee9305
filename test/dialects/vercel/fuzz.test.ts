import fc from 'fast-check';
import { stringify } from 'yaml';
import { Spread } from '../../laws/support/runs';
import { leftBy } from '../support/beside-catalog';
import { check, shareLeft } from '../support/check';
import { anyDamageOf, damage } from '../support/damage';
import { nativeCatalog, statedClaims } from '../support/documents';
import { checkBytes, checkEdited, readingWhole } from '../support/whole';
import { decideBoth, parseSettings } from './support';
import {
  allows,
  anyClaims,
  anyTeam,
  idOf,
  MODELS,
  PROVIDERS,
  type Claims,
  type Team,
} from './teams';

const RUNS = 1000;

const read = readingWhole(parseSettings);

function textOf(team: Team): string {
  return stringify({ vercel: { team } });
}

/** Every provider with every model. */
function catalogOf(claims: readonly Claims[]): string {
  return nativeCatalog(
    PROVIDERS.map((provider, index) => ({
      id: idOf(provider),
      ...statedClaims(claims[index]),
      targets: MODELS.map((model) => ({ id: `${provider}/${model}`, model })),
    })),
  );
}

describe('reading any settings', () => {
  it('decides exactly what they say', () => {
    const spread = new Spread();
    const any = fc.record({ team: anyTeam, claims: anyClaims, model: fc.constantFrom(...MODELS) });
    check(any, RUNS, ({ team, claims, model }) => {
      read(textOf(team));
      const both = { catalog: catalogOf(claims), settings: textOf(team) };
      const left = leftBy(decideBoth(both, { model, api: 'chat_completions' }));
      const expected = PROVIDERS.filter((provider, index) =>
        allows(team, provider, model, claims[index] ?? {}),
      ).map((provider) => `${provider}/${model}`);
      expect(left).toEqual(expected);
      spread.add(shareLeft(expected, PROVIDERS));
    });
    spread.expectAtLeast(RUNS * 0.05, 'nothing', 'some', 'all');
  });

  it('refuses what holds a single wrong key or value', () => {
    const spread = new Spread();
    check(anyDamageOf(anyTeam), RUNS, ({ of: team, at, what }) => {
      const keys = Object.keys(team);
      const key = keys[at % keys.length] ?? '';
      const result = read(textOf(damage(team, key, what)));
      expect(result.document).toBeUndefined();
      spread.add(`${what} ${key}`);
    });
    const keys = ['zdr', 'enabled', 'disabled', 'providers', 'as_of', 'headquarters'];
    spread.expectAtLeast(RUNS * 0.01, ...keys.flatMap((key) => [`key ${key}`, `value ${key}`]));
  });

  it('never throws and never reads half, whatever becomes of the text', () => {
    checkEdited({
      read,
      text: anyTeam.map(textOf),
      maxEdits: 3,
      runs: RUNS,
      least: RUNS * 0.03,
    });
  });

  it('never throws, whatever the bytes', () => {
    checkBytes(read, 'vercel: ', RUNS);
  });
});
