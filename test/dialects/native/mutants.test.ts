import fc from 'fast-check';
import { stringify } from 'yaml';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { CATEGORIES, isFreeKey, mutantsOf, textOf, type Category, type Mutant } from './mutants';
import { SAMPLES, type Json } from './samples';
import { native } from './support';
import { runs, SEED } from '../../laws/support/runs';

/**
 * The nodes for which another form states the same, as docs/native-files.md says. Whatever else is done to a node is
 * an error: nothing that people do by mistake makes a file weaker without a word.
 */
const SAME: readonly (readonly [category: Category, node: RegExp])[] = [
  // One value of a scope stands with or without brackets.
  ['another form', /^spec\.(?:include\[\]\.)?scope\.tenant$/u],
  // A claim is its value, or a mapping with `value`.
  ['another form', /\.claims\.(?!price$|certifications$|labels$|zero_data_retention)[\w.]+$/u],
  // The APIs of an address inline stand in it or beside it.
  ['key too far left', /^spec\.targets\[\]\.endpoint\.apis$/u],
];

/** Nodes at which a value of another type is another statement, in another form that is documented. */
const OTHER: readonly (readonly [category: Category, node: RegExp])[] = [
  ['another type', /^spec\.(?:providers|models)\.(?:allow|deny)\[\]$/u],
  ['another type', /^spec\.(?:scope|scope_values)\.team$/u],
  ['another type', /^spec\.providers\[\]\.claims\.(?:zero_data_retention|nested_gateway)$/u],
  ['another type', /^spec\.targets\[\]\.endpoint$/u],
];

function isIn(table: typeof SAME, { category, name }: Mutant): boolean {
  return table.some(([one, node]) => one === category && node.test(name));
}

type Outcome = 'rejected' | 'the same' | 'another statement' | 'another name';

function outcomeOf(mutant: Mutant, text: string, original: DialectResult): Outcome {
  const result = native.parse({ name: 'f', text });
  const isRejected = result.findings.some(({ severity }) => severity === 'error');
  expect(result.document === undefined).toBe(isRejected);
  if (isRejected) return 'rejected';
  if (isIn(SAME, mutant)) {
    expect(statementsOf(result)).toEqual(statementsOf(original));
    return 'the same';
  }
  if (isIn(OTHER, mutant)) return 'another statement';
  const isRenamed = mutant.category === 'misspelt key' && isFreeKey(mutant.at);
  expect(isRenamed ? 'accepted' : `${mutant.category} at ${mutant.name} is accepted`).toBe(
    'accepted',
  );
  return 'another name';
}

/** What a file states, without the places where it does. */
function statementsOf({ document, bundle }: DialectResult): unknown {
  return JSON.parse(
    JSON.stringify({ document, bundle }, (key, value: unknown) => {
      if (key === 'position' || key === 'places') return undefined;
      return value instanceof Map ? [...(value as ReadonlyMap<string, unknown>)] : value;
    }),
  );
}

const asJson = (value: Json): string => JSON.stringify(value, null, 1);

const STYLES: Readonly<Record<string, (value: Json) => string>> = {
  json: asJson,
  'json on one line': (value) => JSON.stringify(value),
  block: (value) => stringify(value, { aliasDuplicateObjects: false }),
  flow: (value) => stringify(value, { collectionStyle: 'flow', aliasDuplicateObjects: false }),
};

const ORIGINALS = SAMPLES.map((sample) => ({
  ...sample,
  read: native.parse({ name: 'f', text: asJson(sample.value) }),
  mutants: mutantsOf(sample),
}));

test('the samples are without findings, in every style', () => {
  for (const { value } of SAMPLES) {
    for (const write of Object.values(STYLES)) {
      expect(native.parse({ name: 'f', text: write(value) }).findings).toEqual([]);
    }
  }
});

const SHARPEST: readonly Category[] = ['no value', 'empty', 'doubled key'];

describe.each(ORIGINALS)('every node of $name', ({ read, mutants }) => {
  test.each(CATEGORIES)('%s: an error, or what the docs name', (category) => {
    const own = mutants.filter((mutant) => mutant.category === category);
    const outcomes = own.map((mutant) => outcomeOf(mutant, textOf(mutant.value, asJson), read));
    expect(outcomes.length).toBeGreaterThan(0);
    if (SHARPEST.includes(category)) expect(new Set(outcomes)).toEqual(new Set(['rejected']));
  });
});

test('one node of a file of any style changed', () => {
  const outcomes = new Map<string, number>();
  const any = fc.nat().map((index) => {
    const { mutants, read } = ORIGINALS[index % ORIGINALS.length] ?? { mutants: [] };
    const mutant = mutants[Math.floor(index / ORIGINALS.length) % mutants.length];
    if (mutant === undefined || read === undefined) throw new Error('there are no mutants');
    return { mutant, read };
  });
  const style = fc.constantFrom(...Object.keys(STYLES));
  fc.assert(
    fc.property(any, style, ({ mutant, read }, name) => {
      const text = textOf(mutant.value, STYLES[name] ?? asJson);
      const outcome = outcomeOf(mutant, text, read);
      for (const key of [outcome, mutant.category, name]) {
        outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
      }
    }),
    { numRuns: runs(1500), seed: SEED },
  );
  expect(outcomes.get('rejected')).toBeGreaterThan(runs(1200));
  for (const category of CATEGORIES) expect(outcomes.get(category)).toBeGreaterThan(3);
  for (const name of Object.keys(STYLES)) expect(outcomes.get(name)).toBeGreaterThan(runs(200));
  expect(outcomes.get('the same')).toBeGreaterThan(0);
  expect(outcomes.get('another name')).toBeGreaterThan(0);
});
