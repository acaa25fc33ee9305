import fc from 'fast-check';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { Spread } from '../../laws/support/runs';
import { anyFacts, expectedTargets, listOf, type Fact, type Form } from './lists';
import { check } from '../support/check';
import { anyEditOf } from '../support/edits';
import { anyBytes, checkEdited, readingWhole } from '../support/whole';
import { readText, shortTarget } from './support';

const RUNS = 1000;

const anyForm = fc.constantFrom<Form>('models.dev', 'litellm', 'openrouter');

/** The keys of each form that are read in every entry, to be damaged. */
const READ_KEYS: Record<Form, readonly string[]> = {
  'models.dev': ['id', 'cost', 'input', 'output', 'models'],
  litellm: ['litellm_provider', 'input_cost_per_token', 'output_cost_per_token'],
  openrouter: ['tag', 'model_id', 'pricing', 'prompt', 'completion'],
};

/** What YAML and JSON give a meaning to, and what they do not. */
const INSERTED = '"|{|}|[|]|,|:|\\|\\u0061|0|-|.|e|1e999|null|true|# |&a |*a|---\n|\u0000'.split(
  '|',
);

const anyEdit = anyEditOf(INSERTED, fc.constantFrom(0, 0, 1, 4));

/** A document or an error, never both and never neither, and never a policy. */
const read = readingWhole((text) => {
  const result = readText(text);
  expect(result.document?.policies ?? []).toEqual([]);
  expect(result.tests).toBeUndefined();
  return result;
});

function readList(value: unknown): DialectResult {
  return read(JSON.stringify(value, undefined, 2));
}

/** The claims that each target and provider has. */
function claimsOf({ document }: DialectResult): readonly string[] {
  const ofProviders = document?.providers.flatMap(({ claims }) => claims) ?? [];
  return [...(document?.targets.map(shortTarget) ?? []), ...ofProviders.map(({ name }) => name)];
}

/** In the order of models.dev, which groups models by provider. */
function grouped(facts: readonly Fact[]): readonly Fact[] {
  const providers = [...new Set(facts.map(({ provider }) => provider))];
  return providers.flatMap((id) => facts.filter(({ provider }) => provider === id));
}

describe('reading any list', () => {
  it('takes what it states, and nothing else', () => {
    const spread = new Spread();
    check(fc.record({ form: anyForm, facts: anyFacts }), RUNS, ({ form, facts }) => {
      const result = readList(listOf(form, facts));
      const expected = expectedTargets(form, form === 'models.dev' ? grouped(facts) : facts);
      expect(claimsOf(result)).toEqual(expected);
      expect(result.document?.dialect).toBe(form);
      const codes = result.findings.map(({ code }) => code);
      const isRouter = facts.some(({ model }) => model === 'auto' || model === 'three-latest');
      expect(codes.includes('router_in_list')).toBe(isRouter);
      spread.add(form);
      spread.add(
        expected.some((target) => target.includes('=')) ? 'with prices' : 'without prices',
      );
      codes.forEach((code) => {
        spread.add(code);
      });
      if (codes.length === 0) spread.add('nothing to say');
    });
    spread.expectAtLeast(
      RUNS * 0.05,
      ...['models.dev', 'litellm', 'openrouter', 'with prices', 'without prices'],
      ...['router_in_list', 'unclear_claim', 'nothing to say'],
    );
  });

  it('refuses what holds a single wrong value where one is read', () => {
    const spread = new Spread();
    const anyDamage = fc.record({ form: anyForm, facts: anyFacts, at: fc.nat(), key: fc.nat() });
    check(anyDamage, RUNS, ({ form, facts, at, key }) => {
      const keys = READ_KEYS[form];
      const name = keys[key % keys.length] ?? '';
      const text = JSON.stringify(listOf(form, facts));
      const places = [...text.matchAll(new RegExp(`"${name}":`, 'gu'))];
      const place = places[at % places.length];
      if (place === undefined) {
        spread.add('nowhere');
        return;
      }
      const damaged = `${text.slice(0, place.index)}"${name}":[[7]],"was_${name}":${text.slice(place.index + place[0].length)}`;
      const result = read(damaged);
      expect(result.document).toBeUndefined();
      spread.add(`${form} ${name}`);
    });
    const all = Object.entries(READ_KEYS).flatMap(([form, keys]) =>
      keys.map((key) => `${form} ${key}`),
    );
    spread.expectAtLeast(RUNS * 0.02, ...all);
  });

  it('never throws and never reads half, whatever becomes of the text', () => {
    const text = fc
      .record({ form: anyForm, facts: anyFacts })
      .map(({ form, facts }) => JSON.stringify(listOf(form, facts), undefined, 1));
    checkEdited({
      read: (edited) => {
        const result = read(edited);
        expect(readText(edited)).toEqual(result);
        return result;
      },
      text,
      maxEdits: 2,
      edit: anyEdit,
      runs: RUNS,
      least: RUNS * 0.05,
    });
  });

  it('never throws, whatever the bytes', () => {
    check(fc.oneof(...anyBytes('{"data": '), fc.json()), RUNS, (text) => {
      read(text);
    });
  });

  it('never throws, whatever the values where a list has its own', () => {
    const spread = new Spread();
    const usual = fc.constantFrom<unknown>(null, 'a', [], {});
    const anyValue = fc.oneof(usual, fc.jsonValue({ maxDepth: 2 }));
    const anyOf = (...keys: readonly string[]): fc.Arbitrary<object> =>
      fc.record(Object.fromEntries(keys.map((key) => [key, anyValue])), { requiredKeys: [] });
    const anyList = fc.oneof(
      anyOf('id', 'models').map((provider) => ({ a: { models: {}, ...provider } })),
      anyOf('id', 'cost').map((model) => ({
        a: { id: 'a', models: { m: { id: 'm', ...model } } },
      })),
      anyOf('litellm_provider', 'mode', 'supported_endpoints', 'source', 'tiered_pricing').map(
        (entry) => ({ m: { litellm_provider: 'a', ...entry } }),
      ),
      anyOf('slug', 'headquarters').map((provider) => ({ data: [{ slug: 'a', ...provider }] })),
      anyOf('tag', 'model_id', 'pricing', 'quantization').map((endpoint) => ({
        data: [{ tag: 'a', ...endpoint }],
      })),
    );
    check(anyList, RUNS, (list) => {
      const result = readList(list);
      spread.add(result.document === undefined ? 'refused' : 'read');
    });
    spread.expectAtLeast(RUNS * 0.05, 'refused', 'read');
  });
});
