import fc from 'fast-check';
import { stringify } from 'yaml';
import type { DialectResult } from '../../../src/ports/policy-dialect';
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
import { check, eligibleOf, parseSettings } from './support';

const RUNS = 1000;

/** A document or an error, never both and never neither. */
function expectWhole({ document, bundle, findings }: DialectResult): void {
  const hasErrors = findings.some(({ severity }) => severity === 'error');
  expect(document === undefined).toBe(hasErrors);
  expect(bundle).toBeUndefined();
}

function textOf(organisation: Organisation): string {
  return stringify({ llmgateway: organisation });
}

/** Every provider with every model. */
function catalogOf(claims: readonly Claims[]): string {
  return JSON.stringify({
    apiVersion: 'ambit/v1',
    kind: 'Catalog',
    metadata: { name: 'all' },
    spec: {
      providers: PROVIDERS.map((provider, index) => ({
        id: idOf(provider),
        ...(Object.keys(claims[index] ?? {}).length === 0 ? {} : { claims: claims[index] }),
        targets: MODELS.map((model) => ({ id: `${provider}/${model}`, model })),
      })),
    },
  });
}

/** What YAML gives a meaning to, and what it does not. */
const INSERTED = ': |- |\n|  |{|]|"|&a |*a|!!int |\t|#|true|0|---\n|\u0000'.split('|');

const anyEdit = fc.record({
  at: fc.nat(),
  remove: fc.nat({ max: 12 }),
  insert: fc.oneof(fc.constantFrom(...INSERTED), fc.string({ maxLength: 4 })),
});

describe('reading any settings', () => {
  it('decides exactly what they say', () => {
    const spread = new Spread();
    const any = fc.record({
      organisation: anyOrganisation,
      claims: anyClaims,
      model: fc.constantFrom(...MODELS),
    });
    check(any, RUNS, ({ organisation, claims, model }) => {
      expectWhole(parseSettings(textOf(organisation)));
      const files = { catalog: catalogOf(claims), settings: textOf(organisation) };
      const expected = PROVIDERS.filter((provider, index) =>
        allows(organisation, { provider, model, claims: claims[index] ?? {} }),
      ).map((provider) => `${provider}/${model}`);
      expect(eligibleOf(files, { model, api: 'chat_completions' })).toEqual(expected);
      const isAll = expected.length === PROVIDERS.length;
      spread.add(expected.length === 0 ? 'nothing' : isAll ? 'all' : 'some');
    });
    spread.expectAtLeast(RUNS * 0.05, 'nothing', 'some', 'all');
  });

  it('refuses what holds a single wrong key or value', () => {
    const spread = new Spread();
    const anyDamage = fc.record({
      organisation: anyOrganisation,
      at: fc.nat(),
      what: fc.constantFrom<'key' | 'value'>('key', 'value'),
    });
    check(anyDamage, RUNS, ({ organisation, at, what }) => {
      const parts = Object.keys(organisation);
      const part = parts[at % parts.length] ?? '';
      const map = organisation[part] as Organisation;
      const keys = Object.keys(map);
      const key = keys[at % keys.length] ?? '';
      const { [key]: value, ...others } = map;
      const wrong = what === 'key' ? { [`${key}_x`]: value } : { [key]: [[value]] };
      const result = parseSettings(textOf({ ...organisation, [part]: { ...others, ...wrong } }));
      expectWhole(result);
      expect(result.document).toBeUndefined();
      spread.add(`${what} ${part}`);
    });
    spread.expectAtLeast(
      RUNS * 0.1,
      ...['policy', 'restriction'].flatMap((part) => [`key ${part}`, `value ${part}`]),
    );
  });

  it('never throws and never reads half, whatever becomes of the text', () => {
    const anyEdits = fc.record({
      organisation: anyOrganisation,
      edits: fc.array(anyEdit, { minLength: 1, maxLength: 3 }),
    });
    const spread = new Spread();
    check(anyEdits, RUNS, ({ organisation, edits }) => {
      const result = parseSettings(edits.reduce(applyEdit, textOf(organisation)));
      expectWhole(result);
      spread.add(result.document === undefined ? 'refused' : 'read');
    });
    spread.expectAtLeast(RUNS * 0.03, 'refused', 'read');
  });

  it('never throws, whatever the bytes', () => {
    const bytes = fc
      .uint8Array({ maxLength: 200 })
      .map((each) => Buffer.from(each).toString('utf8'));
    const near = bytes.map((text) => `llmgateway: ${text}`);
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
