import type { ArrangedFile } from '../../src/service/arrange-sources';
import { canonicalText } from '../../src/service/canonical-text';
import { digestOf } from '../../src/platform/digest';

/** What differs from a file that says nothing. */
interface FileParts {
  readonly name?: string;
  readonly dialect?: string;
  readonly text?: string;
  readonly binding?: Readonly<Record<string, readonly string[] | 'any'>>;
}

function file({ name = 'a.yaml', dialect = 'native', text = 'x: 1\n', binding }: FileParts = {}) {
  const made: ArrangedFile = { source: { name, text }, dialect };
  return binding === undefined ? made : { ...made, binding: new Map(Object.entries(binding)) };
}

const digest = (...files: readonly ArrangedFile[]): string => digestOf(canonicalText(files));

describe('the digest of a set', () => {
  // Findings and reasons name files and lines, so everything counts that moves or names them.
  it.each<[string, readonly ArrangedFile[]]>([
    ['nothing at all', []],
    ['another text', [file({ text: 'x: 2\n' })]],
    ['a comment', [file({ text: '# why\nx: 1\n' })]],
    ['a space', [file({ text: 'x:  1\n' })]],
    ['a line end', [file({ text: 'x: 1\r\n' })]],
    ['another file name', [file({ name: 'b.yaml' })]],
    ['another dialect', [file({ dialect: 'keeptrusts' })]],
    ['a binding', [file({ binding: { tenant: ['red'] } })]],
    ['an empty binding', [file({ binding: {} })]],
    ['the file twice', [file(), file()]],
  ])('is another one with %s', (_, files) => {
    expect(digest(...files)).not.toBe(digest(file()));
  });

  it.each<[string, readonly ArrangedFile[], readonly ArrangedFile[]]>([
    ['the order of files', [file(), file({ name: 'b.yaml' })], [file({ name: 'b.yaml' }), file()]],
    [
      'where one file ends',
      [file({ text: 'ab' }), file({ text: 'c' })],
      [file({ text: 'a' }), file({ text: 'bc' })],
    ],
    [
      'the name from the text',
      [file({ name: 'a', text: 'b","c' })],
      [file({ name: 'a","b', text: 'c' })],
    ],
    [
      'the values of a key',
      [file({ binding: { tenant: ['red'] } })],
      [file({ binding: { tenant: ['blue'] } })],
    ],
    ['the key', [file({ binding: { tenant: ['a'] } })], [file({ binding: { team: ['a'] } })]],
    [
      'any value from one of that name',
      [file({ binding: { tenant: 'any' } })],
      [file({ binding: { tenant: ['any'] } })],
    ],
    [
      'two values from one that looks like them',
      [file({ binding: { tenant: ['a', 'b'] } })],
      [file({ binding: { tenant: ['a,b'] } })],
    ],
  ])('tells apart %s', (_, left, right) => {
    expect(digest(...left)).not.toBe(digest(...right));
  });

  it('is the same in whatever order the keys of a binding stand', () => {
    const binding = { tenant: ['red'], team: ['x'], environment: 'any' as const };
    const turned = { environment: 'any' as const, team: ['x'], tenant: ['red'] };
    expect(digest(file({ binding }))).toBe(digest(file({ binding: turned })));
  });
});
