import fc from 'fast-check';
import { stringify } from 'yaml';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { Spread } from '../../laws/support/runs';
import { check, decideBoth, parseSettings } from './support';
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

/** A document or an error, never both and never neither. */
function expectWhole({ document, bundle, findings }: DialectResult): void {
  const hasErrors = findings.some(({ severity }) => severity === 'error');
  expect(document === undefined).toBe(hasErrors);
  expect(bundle).toBeUndefined();
}

function textOf(team: Team): string {
  return stringify({ vercel: { team } });
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
    const any = fc.record({ team: anyTeam, claims: anyClaims, model: fc.constantFrom(...MODELS) });
    check(any, RUNS, ({ team, claims, model }) => {
      expectWhole(parseSettings(textOf(team)));
      const both = { catalog: catalogOf(claims), settings: textOf(team) };
      const left = decideBoth(both, { model, api: 'chat_completions' }).eligible;
      const expected = PROVIDERS.filter((provider, index) =>
        allows(team, provider, model, claims[index] ?? {}),
      ).map((provider) => `${provider}/${model}`);
      expect(left.map(({ ref }) => ref)).toEqual(expected);
      const isAll = expected.length === PROVIDERS.length;
      spread.add(expected.length === 0 ? 'nothing' : isAll ? 'all' : 'some');
    });
    spread.expectAtLeast(RUNS * 0.05, 'nothing', 'some', 'all');
  });

  it('refuses what holds a single wrong key or value', () => {
    const spread = new Spread();
    const anyDamage = fc.record({
      team: anyTeam,
      at: fc.nat(),
      what: fc.constantFrom<'key' | 'value'>('key', 'value'),
    });
    check(anyDamage, RUNS, ({ team, at, what }) => {
      const keys = Object.keys(team);
      const key = keys[at % keys.length] ?? '';
      const { [key]: value, ...others } = team;
      const wrong = what === 'key' ? { [`${key}_x`]: value } : { [key]: [[value]] };
      const result = parseSettings(textOf({ ...others, ...wrong }));
      expectWhole(result);
      expect(result.document).toBeUndefined();
      spread.add(`${what} ${key}`);
    });
    const keys = ['zdr', 'enabled', 'disabled', 'providers', 'as_of', 'headquarters'];
    spread.expectAtLeast(RUNS * 0.01, ...keys.flatMap((key) => [`key ${key}`, `value ${key}`]));
  });

  it('never throws and never reads half, whatever becomes of the text', () => {
    const anyEdits = fc.record({
      team: anyTeam,
      edits: fc.array(anyEdit, { minLength: 1, maxLength: 3 }),
    });
    const spread = new Spread();
    check(anyEdits, RUNS, ({ team, edits }) => {
      const result = parseSettings(edits.reduce(applyEdit, textOf(team)));
      expectWhole(result);
      spread.add(result.document === undefined ? 'refused' : 'read');
    });
    spread.expectAtLeast(RUNS * 0.03, 'refused', 'read');
  });

  it('never throws, whatever the bytes', () => {
    const bytes = fc
      .uint8Array({ maxLength: 200 })
      .map((each) => Buffer.from(each).toString('utf8'));
    const near = bytes.map((text) => `vercel: ${text}`);
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
