import { publishedSchemas } from '../../schema/source/schemas';
import type { Schema } from '../../schema/source/json-schema';
import { FILE_FINDING_CODES } from '../../src/dialects/yaml/finding-codes';
import { BEYOND_SCHEMAS } from './support/beyond';
import { compile, isOfOutput, PUBLISHED } from './support/validators';

test('the published files are what the sources give; `node schema/generate.cjs` writes them', () => {
  const fresh = new Map(
    [...publishedSchemas()].map(([name, schema]) => [name, JSON.parse(JSON.stringify(schema))]),
  );
  expect([...PUBLISHED.keys()]).toEqual([...fresh.keys()].sort());
  for (const [name, schema] of PUBLISHED) expect(schema).toEqual(fresh.get(name));
  expect(PUBLISHED.size).toBeGreaterThan(3);
});

/** A part of a schema, with the keywords and names that lead to it. */
interface Part {
  readonly path: string;
  readonly schema: Schema;
}

const MAPS = new Set(['properties', '$defs', 'dependentSchemas']);
const LISTS = new Set(['allOf', 'anyOf']);
const SINGLE = new Set([
  'items',
  'additionalProperties',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
]);

/** A schema and everything in it. */
function partsOf(schema: Schema, path: string): readonly Part[] {
  const below = Object.entries(schema).flatMap(([keyword, value]: readonly [string, unknown]) => {
    const at = `${path}/${keyword}`;
    if (MAPS.has(keyword) || LISTS.has(keyword)) {
      return Object.entries(value as Record<string, Schema | false>).flatMap(([name, part]) =>
        part === false ? [] : partsOf(part, `${at}/${name}`),
      );
    }
    return SINGLE.has(keyword) && value !== false ? partsOf(value as Schema, at) : [];
  });
  return [{ path, schema }, ...below];
}

describe.each([...PUBLISHED])('%s', (name, root) => {
  const parts = partsOf(root, '');

  it('is a schema of 2020-12 with a stable id', () => {
    expect(root.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(root.$id).toBe(`ambit/v1/${name}`);
    expect(() => compile(root)).not.toThrow();
  });

  it('holds all that it refers to, and nothing else', () => {
    const refs = new Set(parts.flatMap(({ schema }) => schema.$ref ?? []));
    expect([...refs].sort()).toEqual(
      Object.keys(root.$defs ?? {})
        .map((part) => `#/$defs/${part}`)
        .sort(),
    );
  });

  // What only adds a condition has no type: it stands beside a mapping, and its keys are the mapping's.
  // Nor is one what only chooses between mappings.
  const mappings = parts.filter(
    ({ path, schema }) =>
      schema.type === 'object' && 'properties' in schema && !path.endsWith('/if'),
  );

  it('says of every key what it means', () => {
    const silent = mappings.flatMap(({ path, schema }) =>
      Object.entries(schema.properties ?? {}).flatMap(([key, part]) => {
        if (part === false) return [`${path} ${key}`];
        const referred = root.$defs?.[part.$ref?.replace('#/$defs/', '') ?? ''];
        return (part.description ?? referred?.description ?? '') === '' ? [`${path} ${key}`] : [];
      }),
    );
    expect(silent).toEqual([]);
    expect(mappings.length).toBeGreaterThan(2);
  });

  it('refuses every key that it does not name', () => {
    const open = mappings.filter(({ schema }) => schema.additionalProperties !== false);
    // The schema of all kinds leaves its keys to that of the kind.
    expect(open.map(({ path }) => path)).toEqual(name === 'ambit.schema.json' ? [''] : []);
  });

  it('has examples that are valid', () => {
    const withExamples = parts.filter(({ schema }) => schema.examples !== undefined);
    const wrong = withExamples.filter(({ schema }) => {
      const validate = compile({ ...schema, $defs: root.$defs ?? {} });
      return schema.examples?.every((example) => validate(example)) !== true;
    });
    expect(withExamples.length).toBeGreaterThan(2);
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('has patterns without lookaround and references back, which many tools lack', () => {
    const patterns = parts.flatMap(({ schema }) => schema.pattern ?? []);
    // What Ambit writes holds what was written elsewhere, under the rules of there.
    expect(patterns.length).toBeGreaterThan(isOfOutput(name) ? 0 : 3);
    expect(patterns.filter((pattern) => /\(\?(?!:)|\\[1-9]/u.test(pattern))).toEqual([]);
  });
});

test('the list of what schemas cannot say names codes of findings, each once', () => {
  expect(BEYOND_SCHEMAS.length).toBeGreaterThan(10);
  expect(new Set(BEYOND_SCHEMAS).size).toBe(BEYOND_SCHEMAS.length);
  expect(BEYOND_SCHEMAS.filter((code) => !Object.hasOwn(FILE_FINDING_CODES, code))).toEqual([]);
});
