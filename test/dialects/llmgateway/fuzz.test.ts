import fc from 'fast-check';
import { stringify } from 'yaml';
import { Spread } from '../../laws/support/runs';
import {
  anyClaims,
  anyOrganisation,
  idOf,
  MODELS,
  PROVIDERS,
  type Claims,
  type Organisation,
} from './organisations';
import { allows } from './reference';
import { check, shareLeft } from '../support/check';
import { anyDamageOf, damage } from '../support/damage';
import { nativeCatalog, statedClaims } from '../support/documents';
import { checkBytes, checkEdited, readingWhole } from '../support/whole';
import { eligibleOf, parseSettings } from './support';

const RUNS = 1000;

const read = readingWhole(parseSettings);

function textOf(organisation: Organisation): string {
  return stringify({ llmgateway: organisation });
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
    const any = fc.record({
      organisation: anyOrganisation,
      claims: anyClaims,
      model: fc.constantFrom(...MODELS),
    });
    check(any, RUNS, ({ organisation, claims, model }) => {
      read(textOf(organisation));
      const files = { catalog: catalogOf(claims), settings: textOf(organisation) };
      const expected = PROVIDERS.filter((provider, index) =>
        allows(organisation, { provider, model, claims: claims[index] ?? {} }),
      ).map((provider) => `${provider}/${model}`);
      expect(eligibleOf(files, { model, api: 'chat_completions' })).toEqual(expected);
      spread.add(shareLeft(expected, PROVIDERS));
    });
    spread.expectAtLeast(RUNS * 0.05, 'nothing', 'some', 'all');
  });

  it('refuses what holds a single wrong key or value', () => {
    const spread = new Spread();
    check(anyDamageOf(anyOrganisation), RUNS, ({ of: organisation, at, what }) => {
      const parts = Object.keys(organisation);
      const part = parts[at % parts.length] ?? '';
      const map = organisation[part] as Organisation;
      const keys = Object.keys(map);
      const key = keys[at % keys.length] ?? '';
      const result = read(textOf({ ...organisation, [part]: damage(map, key, what) }));
      expect(result.document).toBeUndefined();
      spread.add(`${what} ${part}`);
    });
    spread.expectAtLeast(
      RUNS * 0.1,
      ...['policy', 'restriction'].flatMap((part) => [`key ${part}`, `value ${part}`]),
    );
  });

  it('never throws and never reads half, whatever becomes of the text', () => {
    checkEdited({
      read,
      text: anyOrganisation.map(textOf),
      maxEdits: 3,
      runs: RUNS,
      least: RUNS * 0.03,
    });
  });

  it('never throws, whatever the bytes', () => {
    checkBytes(read, 'llmgateway: ', RUNS);
  });
});
