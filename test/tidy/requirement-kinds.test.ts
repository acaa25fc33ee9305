import { REQUIREMENT_ORDER } from '../../src/core/requirements/registry';
import { tableRows, textOf } from './support/project-files';

const UNION = /export type RequirementRule =([\s\S]*?);\n\n/.exec(
  textOf('src/core/model/requirement.ts'),
)?.[1];
const KINDS = [...(UNION ?? '').matchAll(/kind: '([a-z0-9_]+)'/g)].flatMap(
  (match) => match[1] ?? [],
);
const ROWS = tableRows(textOf('docs/requirements.md'));
// Only the files that read requirements: a claim of the same name elsewhere is no spelling.
const NATIVE = ['requirements', 'rules', 'switches', 'expressions']
  .map((name) => textOf(`src/dialects/native/${name}.ts`))
  .join('\n');

/** `require_` is what every kind does, so file names leave it out. */
function fileOf(kind: string): string {
  return kind.replace(/^require_/, '').replaceAll('_', '-');
}

/** What files write for a kind, as its row in the docs says. */
function spellingOf(kind: string): string {
  return ROWS.find((cells) => cells[1] === kind)?.[0] ?? '';
}

/** Every place that a kind needs and lacks. */
function missingPlaces(kind: string): readonly string[] {
  const name = fileOf(kind);
  const places = [
    [
      `src/core/requirements/${name}.ts`,
      textOf(`src/core/requirements/${name}.ts`).includes(`'${kind}'`),
    ],
    [
      `test/core/requirements/${name}.test.ts`,
      textOf(`test/core/requirements/${name}.test.ts`).includes(`'${kind}'`),
    ],
    ['a row in docs/requirements.md', spellingOf(kind) !== ''],
    ['its spelling in src/dialects/native', wordIn(NATIVE, spellingOf(kind))],
    ['its kind in src/dialects/native', wordIn(NATIVE, kind)],
  ] as const;
  return places.filter(([, present]) => !present).map(([place]) => place);
}

function wordIn(text: string, word: string): boolean {
  return word !== '' && new RegExp(`(?<![\\w])${word}(?![\\w])`).test(text);
}

describe('kinds of requirements', () => {
  it('are found in the union', () => {
    expect(KINDS.length).toBeGreaterThan(20);
  });

  it('stand in the registry in the order of the union', () => {
    expect(REQUIREMENT_ORDER).toEqual(KINDS);
  });

  it('stand in the docs in the order of the union', () => {
    expect(ROWS.map((cells) => cells[1] ?? '').filter((cell) => KINDS.includes(cell))).toEqual(
      KINDS,
    );
  });

  it.each(KINDS)('%s has every place', (kind) => {
    expect(missingPlaces(kind)).toEqual([]);
  });

  it('names every place that a new kind has missed', () => {
    expect(missingPlaces('require_such_a_kind')).toEqual([
      'src/core/requirements/such-a-kind.ts',
      'test/core/requirements/such-a-kind.test.ts',
      'a row in docs/requirements.md',
      'its spelling in src/dialects/native',
      'its kind in src/dialects/native',
    ]);
  });
});
