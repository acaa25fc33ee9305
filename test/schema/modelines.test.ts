import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { writtenFiles } from './support/documents';
import { WRITTEN } from './support/validators';

const ROOT = join(__dirname, '../..');

/** The comment by which editors find the schema of the document that it stands in. */
const MODELINE = /^(?:--- )?# yaml-language-server: \$schema=(\S+)$/mu;

const EXAMPLES = writtenFiles().filter(({ place }) => place.startsWith('deploy/'));

/** The schema that the modeline of each document of a file names, from the root; empty: it has none. */
function schemasOf(place: string, text: string): readonly string[] {
  return text
    .split(/^(?=---)/mu)
    .map((document) => MODELINE.exec(document.split(/^apiVersion:/mu)[0] ?? '')?.[1] ?? '')
    .map((path) => (path === '' ? '' : relative(ROOT, join(ROOT, dirname(place), path))));
}

test.each(EXAMPLES)('$place names its schema in each document', ({ place, text }) => {
  const isService = /^kind: Service$/mu.test(text);
  const schemas = schemasOf(place, text);
  const expected = `schema/${isService ? 'service' : 'ambit'}.schema.json`;
  expect(schemas).toEqual(schemas.map(() => expected));
  expect(existsSync(join(ROOT, expected))).toBe(true);
});

test('examples of every kind of file are there', () => {
  const kinds = EXAMPLES.flatMap(({ text }) => text.match(/^kind: \w+$/gmu) ?? []);
  expect(new Set(kinds).size).toBe(WRITTEN.size - 1);
});
