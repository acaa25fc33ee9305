import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { MAX_FINDINGS } from '../../../src/dialects/yaml/limits';
import { readYaml } from '../../../src/dialects/yaml/read-yaml';
import type { ValueReader } from '../../../src/dialects/yaml/reader';
import { runs, SEED } from '../../laws/support/runs';

const FRAGMENTS = [
  'a',
  'b',
  'key',
  ':',
  ': ',
  '- ',
  '[',
  ']',
  '{',
  '}',
  ', ',
  '"',
  "'",
  '#',
  ' #',
  '\n',
  '\n  ',
  '\n    ',
  '\t',
  '&x ',
  '*x',
  '!t ',
  '!!str ',
  '<<',
  '? ',
  '|',
  '>',
  '%YAML 1.1\n',
  '---\n',
  '...\n',
  'true',
  'yes',
  '0',
  '-1',
  '1.5',
  'null',
  '~',
  '\r\n',
  '\r',
  '\0',
  '\uFEFF',
  '\uFFFD',
  '\u202E',
  '@',
  '`',
  '\\',
  '__proto__',
  'é',
  '😀',
];

const text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.constantFrom(...FRAGMENTS), { maxLength: 60 })
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
);

/** Reads everything that is there, so that all of the reading code runs. */
function readAll(value: ValueReader): void {
  value.boolean();
  value.integer();
  value.texts();
  value.choice(['a', 'b']);
  for (const item of value.list() ?? []) readAll(item);
  for (const entry of value.map()?.entries() ?? []) readAll(entry.value);
}

function isRejectedByLibrary(source: string): boolean {
  const documents = parseAllDocuments(source, { logLevel: 'silent' });
  if (!Array.isArray(documents)) return false;
  return documents.some(({ errors, warnings }) => errors.length + warnings.length > 0);
}

test('reading is total, every finding has a place in the file, and what the library rejects is rejected', () => {
  const outcomes = { clean: 0, rejected: 0, several: 0 };
  fc.assert(
    fc.property(text, (source) => {
      const { documents, report } = readYaml({ name: 'f', text: source });
      const { hasErrors } = report;
      outcomes[hasErrors ? 'rejected' : 'clean'] += 1;
      if (!hasErrors) expect(isRejectedByLibrary(source)).toBe(false);
      for (const document of documents) readAll(document);
      const findings = report.findings();
      if (findings.length > 3) outcomes.several += 1;
      expect(findings.length).toBeLessThanOrEqual(MAX_FINDINGS + 1);
      for (const { position, endColumn, message } of findings) {
        expect(position.line).toBeLessThanOrEqual(source.split('\n').length);
        expect(position.column).toBeGreaterThanOrEqual(1);
        expect(endColumn).toBeGreaterThan(position.column);
        expect(message).toMatch(/^\S.*[^.\s]$/u);
      }
    }),
    { numRuns: runs(3000), seed: SEED },
  );
  expect(outcomes.clean).toBeGreaterThan(100);
  expect(outcomes.rejected).toBeGreaterThan(500);
  expect(outcomes.several).toBeGreaterThan(100);
});

const json = fc.jsonValue({ maxDepth: 4 });

test('every value that JSON can write is read as it is', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/u), json, { minKeys: 1 }),
      (value) => {
        const { documents, report } = readYaml({ name: 'f', text: JSON.stringify(value) });
        // What nobody sees, and what other readers take for a merge, is refused however it is written.
        const isRefused = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\uFFFD]|"<<":/u.test(
          JSON.stringify(value),
        );
        if (!isRefused) expect(report.findings()).toEqual([]);
        expect(documents[0]?.map()?.keys).toEqual(Object.keys(value));
      },
    ),
  );
});
