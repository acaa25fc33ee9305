import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';

import { createKeeptrustsDialect } from '../../../src/dialects/keeptrusts';
import { createLlmgatewayDialect } from '../../../src/dialects/llmgateway';
import { createNgrokDialect } from '../../../src/dialects/ngrok';
import { createOpenrouterDialect } from '../../../src/dialects/openrouter';
import { createVercelDialect } from '../../../src/dialects/vercel';
import type { DialectResult, PolicyDialect } from '../../../src/ports/policy-dialect';
import { native } from '../../dialects/native/support';
import { SAMPLES } from '../../dialects/native/samples';
import { runs, Spread } from '../../laws/support/runs';
import { pack } from '../support/documents';
import { expectSound, hasErrors } from './sound-findings';
import { changed, CHANGES } from './text-mutants';

const RUNS = 2000;

const keeptrusts = createKeeptrustsDialect();

const NATIVE_TEXTS = SAMPLES.flatMap(({ value }) => [
  stringify(value),
  stringify(value, { collectionStyle: 'flow' }),
  JSON.stringify(value, null, 2),
]);

const FIXTURES = join(__dirname, '../../fixtures/keeptrusts');

const PACK_TEXTS = [
  pack(),
  ...readdirSync(FIXTURES)
    .filter((name) => /^[^.]+\.yaml$/u.test(name))
    .map((name) => readFileSync(join(FIXTURES, name), 'utf8')),
];

/** The files of a dialect that golden tests decide with. */
function goldenTexts(dialect: string): readonly string[] {
  const folder = join(__dirname, '../../golden', dialect);
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .filter((text) => !text.includes('apiVersion: ambit/v1'));
}

const DIALECTS: readonly Tried[] = [
  { name: 'native', dialect: native, texts: NATIVE_TEXTS, codes: 16 },
  { name: 'keeptrusts', dialect: keeptrusts, texts: PACK_TEXTS, codes: 16 },
  {
    name: 'llmgateway',
    dialect: createLlmgatewayDialect(),
    texts: goldenTexts('llmgateway'),
    codes: 12,
  },
  { name: 'vercel', dialect: createVercelDialect(), texts: goldenTexts('vercel'), codes: 12 },
  { name: 'ngrok', dialect: createNgrokDialect(), texts: goldenTexts('ngrok'), codes: 12 },
  {
    name: 'openrouter',
    dialect: createOpenrouterDialect(),
    texts: goldenTexts('openrouter'),
    codes: 12,
  },
];

/** A dialect, files of it to change, and how many kinds of findings the changes must meet. */
interface Tried {
  readonly name: string;
  readonly dialect: PolicyDialect;
  readonly texts: readonly string[];
  readonly codes: number;
}

/** What was read, without places: they differ between two ways of writing the same. */
function meaningOf({ document, bundle }: DialectResult): unknown {
  const withoutPlaces = (key: string, value: unknown): unknown => {
    if (isPlace(value) || key === 'places') return undefined;
    if (value instanceof Map) return [...(value as ReadonlyMap<unknown, unknown>)];
    return typeof value === 'function' ? String(value.length) : value;
  };
  return JSON.parse(JSON.stringify({ document, bundle }, withoutPlaces)) as unknown;
}

function isPlace(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'line' in value && 'column' in value;
}

/** The same values in another style, as another program would write them. */
function rewritten(text: string): string {
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  if (!Array.isArray(documents)) return text;
  return documents
    .filter((document) => document.contents !== null)
    .map((document) => JSON.stringify(document.toJS(), null, 1))
    .join('\n---\n');
}

describe.each(DIALECTS)('whatever becomes of a $name file', ({ dialect, texts, codes }) => {
  const read = (text: string): DialectResult => dialect.parse({ name: 'f', text });

  test('it is read whole or refused, with findings that stand in it; what is read means one thing', () => {
    const spread = new Spread();
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...texts), CHANGES, (text, changes) => {
        const mutant = changed(text, changes);
        const result = read(mutant);
        const { document, bundle, tests, findings } = result;
        expectSound(findings, mutant);
        const isRefused = hasErrors(findings);
        expect([document, bundle, tests].every((part) => part === undefined)).toBe(isRefused);
        expect(read(mutant).findings).toEqual(findings);
        for (const { code } of findings) seen.add(code);
        spread.add(isRefused ? 'refused' : 'read');
        if (!isRefused) expect(meaningOf(read(rewritten(mutant)))).toEqual(meaningOf(result));
      }),
      { numRuns: runs(RUNS) },
    );
    spread.expectAtLeast(RUNS * 0.15, 'read', 'refused');
    expect(seen.size).toBeGreaterThanOrEqual(codes);
  });

  test('bytes of any kind are refused, and never more than once each', () => {
    const spread = new Spread();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const text = Buffer.from(bytes).toString('latin1');
        const { document, findings } = read(text);
        expectSound(findings, text);
        expect(document).toBeUndefined();
        expect(hasErrors(findings)).toBe(true);
        spread.add(String(findings[0]?.code));
      }),
      { numRuns: runs(RUNS / 2) },
    );
    expect(spread.of('binary_file') + spread.of('control_character')).toBeGreaterThan(runs(200));
  });
});
