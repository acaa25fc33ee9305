import { nativeFiles } from '../generators/native-text';
import { printable } from '../generators/printable';
import { policySet } from '../generators/sets';
import { chance, pick, type Source } from '../generators/source';
import { isFreeKey, mutantsOf, textOf } from '../dialects/native/mutants';
import { pathsOf, valueAt, withKey, withValue, type Path } from '../dialects/native/mutate';
import type { Json } from '../dialects/native/samples';
import { check, Spread } from '../laws/support/runs';
import { writtenFiles } from './support/documents';
import { expectAgreement, judgeNative, type Judge } from './support/judge';
import { JUDGED_SAMPLES } from './support/samples';
import { WRITTEN } from './support/validators';
import { nearInstant, strangeNumber, strangeText } from './support/words';

test.each(writtenFiles())('$place is valid under the schemas, as Ambit accepts it', (file) => {
  const spread = new Spread();
  expectAgreement(file.text, file.judge, spread);
  expect(spread.of('accepted')).toBe(1);
});

test('there are examples, documents and files of tests to be checked', () => {
  const places = writtenFiles().map(({ place }) => place.split('/')[0]);
  expect(new Set(places)).toEqual(new Set(['deploy', 'docs', 'test']));
});

test('generated sets of files are valid', () => {
  const spread = new Spread();
  check(
    (source) => nativeFiles(printable(policySet(source))),
    200,
    (files) => {
      for (const { text } of files) expectAgreement(text, judgeNative, spread);
    },
  );
  // Some state what the decoder calls a contradiction; none is refused by the schemas.
  expect(spread.of('refused')).toBe(0);
  spread.expectAtLeast(400, 'accepted');
});

const asJson = (value: Json): string => JSON.stringify(value);

test.each(JUDGED_SAMPLES)('$name is valid, and accepted', ({ value, judge }) => {
  const spread = new Spread();
  expectAgreement(asJson(value), judge, spread);
  expect(spread.of('accepted')).toBe(1);
});

/** Every key that a schema names, or that a value has. */
function keysOf(value: unknown, isKeyed: (key: string) => boolean): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: readonly [string, unknown]) => {
    const own = isKeyed(key) && typeof part === 'object' ? Object.keys(part ?? {}) : [];
    return [...own, ...keysOf(part, isKeyed)];
  });
}

test('the samples hold every key that the schemas name', () => {
  const named = new Set(
    [...WRITTEN.values()].flatMap((schema) => keysOf(schema, (key) => key === 'properties')),
  );
  const held = new Set(JUDGED_SAMPLES.flatMap(({ value }) => keysOf({ value }, () => true)));
  expect([...named].filter((key) => !held.has(key))).toEqual([]);
  expect(named.size).toBeGreaterThan(150);
});

test('mistakes in every node of every sample', () => {
  const spread = new Spread();
  const mutants = JUDGED_SAMPLES.flatMap((sample) =>
    mutantsOf(sample).map(({ value }) => ({ value, judge: sample.judge })),
  );
  check(
    (source) => pick(source, mutants),
    6000,
    ({ value, judge }) => {
      expectAgreement(textOf(value, asJson), judge, spread);
    },
  );
  expect(mutants.length).toBeGreaterThan(9000);
  spread.expectAtLeast(4500, 'refused');
  spread.expectAtLeast(60, 'accepted', 'beyond duplicate_key');
});

/** Nodes of all samples that hold a text, a number, or stand under a key that users choose. */
const NODES = JUDGED_SAMPLES.flatMap(({ value, judge }) =>
  pathsOf(value).map((at) => ({ value, judge, at })),
);

const nodesWhere = (is: (value: Json | undefined, at: Path) => boolean): typeof NODES =>
  NODES.filter(({ value, at }) => is(valueAt(value, at), at));

const INSTANT_NODES = nodesWhere((_, at) => /(?:^now|_at)$/u.test(String(at.at(-1))));
const TEXT_NODES = nodesWhere((value) => typeof value === 'string');
const NUMBER_NODES = nodesWhere((value) => typeof value === 'number');

/** Mappings of tests and of the configuration whose keys users choose. */
const OTHER_FREE = ['scopes', 'attributes', 'blocked', 'unmet', 'headers', 'resource'];
const FREE_NODES = nodesWhere((_, at) => {
  const isFree = isFreeKey(at) || OTHER_FREE.includes(String(at.at(-2)));
  return isFree && typeof at.at(-1) === 'string';
});

/** A text, and who judges it. */
interface JudgedText {
  readonly text: string;
  readonly judge: Judge;
}

/** A sample with one text, number or key replaced by a strange one. */
function strange(source: Source): JudgedText {
  const kind = source.below(10);
  const put = (nodes: typeof NODES, make: () => Json): JudgedText => {
    const { value, at, judge } = pick(source, nodes);
    return { text: asJson(withValue(value, at, make())), judge };
  };
  if (kind < 2) return put(INSTANT_NODES, () => nearInstant(source));
  if (kind < 4) return put(NUMBER_NODES, () => strangeNumber(source));
  if (kind < 9) return put(TEXT_NODES, () => strangeText(source));
  const { value, at, judge } = pick(source, FREE_NODES);
  return { text: asJson(withKey(value, at, strangeText(source))), judge };
}

test('a strange text, number or key in any node', () => {
  const spread = new Spread();
  check(strange, 8000, ({ text, judge }) => {
    expectAgreement(text, judge, spread);
  });
  spread.expectAtLeast(600, 'accepted');
  spread.expectAtLeast(3000, 'refused');
  spread.expectAtLeast(40, 'beyond');
});

test('two strange items in a list', () => {
  const spread = new Spread();
  const lists = nodesWhere((value) => Array.isArray(value) && typeof value[0] === 'string');
  const grow = (source: Source): JudgedText => {
    const { value, at, judge } = pick(source, lists);
    const items = valueAt(value, at) as readonly Json[];
    const twin = pick(source, items);
    const swapped = typeof twin === 'string' ? twin.toUpperCase() : twin;
    const more = chance(source, 50) ? [chance(source, 50) ? twin : swapped] : [strangeText(source)];
    return { text: asJson(withValue(value, at, [...items, ...more])), judge };
  };
  check(grow, 3600, ({ text, judge }) => {
    expectAgreement(text, judge, spread);
  });
  spread.expectAtLeast(200, 'accepted', 'refused');
  spread.expectAtLeast(40, 'beyond duplicate_item');
});
