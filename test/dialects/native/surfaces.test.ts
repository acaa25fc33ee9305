import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeAndCode } from '../support/findings';
import { parse } from './support';
import { MISTAKES, type Surface } from './surfaces';

const SURFACES: readonly Surface[] = ['Policy', 'Catalog', 'Bundle'];

/** What the file says is found, by mistake and surface: `surfaces.expected.txt` reads like the output of lint. */
const EXPECTED: ReadonlyMap<string, string> = new Map(
  readFileSync(join(__dirname, 'surfaces.expected.txt'), 'utf8')
    .split(/^## /mu)
    .slice(1)
    .map((section): readonly [string, string] => {
      const [title = '', ...lines] = section.trimEnd().split('\n');
      return [title, lines.join('\n')];
    }),
);

const CELLS = MISTAKES.flatMap(({ name, texts }) =>
  SURFACES.map((surface) => ({ cell: `${name}, ${surface}`, text: texts[surface] })),
);

test.each(CELLS)('$cell', ({ cell, text }) => {
  const { document, bundle, findings } = parse(text);
  const lines = findings.flatMap((finding) => [
    `${placeAndCode(finding)}: ${finding.message}`,
    `    ${finding.help ?? ''}`.trimEnd(),
  ]);
  expect(lines.join('\n')).toBe(EXPECTED.get(cell));
  expect([document, bundle]).toEqual([undefined, undefined]);
});

test('every expectation belongs to a cell', () => {
  expect([...EXPECTED.keys()]).toEqual(CELLS.map(({ cell }) => cell));
});

test.each(SURFACES)('%s: lines may end as in Windows', (surface) => {
  const text = MISTAKES.find(({ name }) => name === 'a duplicate key')?.texts[surface] ?? '';
  const places = (file: string): readonly string[] => parse(file).findings.map(placeAndCode);
  expect(places(text.replaceAll('\n', '\r\n'))).toEqual(places(text));
});
