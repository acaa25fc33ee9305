import { readYaml } from '../../../src/dialects/yaml/read-yaml';
import { placesAndCodes } from '../support/findings';

/** What reading a text as a mapping of `a` (whole number) and `b` (truth value) finds. */
function findingsOf(text: string): readonly string[] {
  const { documents, report } = readYaml({ name: 'file.yaml', text });
  for (const document of documents) {
    const map = document.map();
    map?.integer('a');
    map?.boolean('b');
    map?.close();
  }
  return placesAndCodes(report.findings());
}

const CASES: readonly {
  readonly name: string;
  readonly text: string;
  readonly found: readonly string[];
}[] = [
  { name: 'a good document', text: 'a: 1\nb: true\n', found: [] },
  { name: 'several documents', text: 'a: 1\n---\nb: false\n...\n---\na: 2\n', found: [] },
  { name: 'documents without content are left out', text: '---\n---\na: 1\n---\n', found: [] },
  { name: 'JSON is YAML', text: '{"a": 1, "b": true}', found: [] },
  {
    name: 'line breaks of Windows',
    text: 'a: 1\r\nb: "true"\r\n',
    found: ['2:4-10 quoted_boolean'],
  },
  { name: 'an empty file', text: '', found: ['1:1-2 empty_file'] },
  { name: 'a file of comments', text: '# a: 1\n', found: ['1:1-2 empty_file'] },
  {
    name: 'a duplicate key in the place where it stands again',
    text: 'a: 1\nb: true\na: 2\n',
    found: ['3:1-2 duplicate_key'],
  },
  {
    name: 'the same key in other documents is no duplicate',
    text: 'a: 1\n---\na: 2\n',
    found: [],
  },
  {
    name: 'anchors and aliases, and no word about the value that the alias would have',
    text: 'a: &one 1\nb: *one\n',
    found: ['1:4-8 anchor', '2:4-8 anchor'],
  },
  {
    name: 'an alias without an anchor',
    text: 'b: *none\n',
    found: ['1:4-9 anchor'],
  },
  { name: 'merge keys', text: 'a: 1\n<<: {b: true}\n', found: ['2:1-3 anchor'] },
  {
    name: 'tags, known and unknown',
    text: 'a: !!int 1\nb: !flag true\n',
    found: ['1:4-9 tag', '2:4-9 tag'],
  },
  {
    name: 'a tag after the indicator of a block',
    text: 'a: 1\nb: !!bool\n  true\n',
    found: ['2:4-10 tag'],
  },
  {
    name: 'a directive that would switch to YAML 1.1',
    text: '%YAML 1.1\n---\na: 1\nb: yes\n',
    found: ['1:1-10 directive', '4:4-7 yaml_1_1_boolean'],
  },
  { name: 'a key that is a list', text: '? [a]\n: 1\nb: true\n', found: ['1:3-6 complex_key'] },
  { name: 'a byte order mark', text: '\uFEFFa: 1\n', found: ['1:1-2 byte_order_mark'] },
  {
    name: 'a byte order mark, and what is wrong behind it',
    text: '\uFEFFa: 1\nb: yes\n',
    found: ['1:1-2 byte_order_mark', '2:4-7 yaml_1_1_boolean'],
  },
  {
    name: 'bytes that are not UTF-8',
    text: 'a: 1 # \uFFFD\uFFFD\n',
    found: ['1:8-9 invalid_encoding'],
  },
  {
    name: 'a lone carriage return',
    text: '# note\rb: yes\na: 1\n',
    found: ['1:7-8 control_character'],
  },
  {
    name: 'characters that reorder what is shown',
    text: 'a: 1 # \u202Eyes\n',
    found: ['1:8-9 control_character'],
  },
  {
    name: 'a zero-width space',
    text: 'a: 1\nb\u200B: true\n',
    found: ['2:2-3 control_character', '2:1-3 unknown_key'].toSorted(),
  },
  { name: 'a binary file in one line', text: 'a\0\0\0\u0001: :\n\t', found: ['1:2-3 binary_file'] },
  {
    name: 'tabs as indentation, all of them',
    text: 'a:\n\tx: 1\n\ty: 2\nb: "true"\n',
    found: ['2:1-2 tab_indentation', '3:1-2 tab_indentation', '4:4-10 quoted_boolean'],
  },
  { name: 'a document that is a list', text: '- a\n', found: ['1:1-4 wrong_type'] },
  { name: 'a document that is text', text: 'policy\n', found: ['1:1-7 wrong_type'] },
];

test.each(CASES)('$name', ({ text, found }) => {
  expect([...findingsOf(text)].toSorted()).toEqual(found.toSorted());
});

const RECOVERIES: readonly (readonly [name: string, text: string, found: readonly string[]])[] = [
  [
    'two values on a line, then a mistake of another kind',
    'a: : 1\nb: "true"\n',
    ['1:4-5 syntax_error', '2:4-10 quoted_boolean'],
  ],
  [
    'an indentation that does not fit',
    'a: 1\n  x: 2\nb: on\n',
    ['1:4-5 syntax_error', '3:4-6 yaml_1_1_boolean'],
  ],
  [
    'a quote that is not closed, at the quote',
    'a: "1\nb: yes\n',
    ['1:4-5 syntax_error', '2:4-7 yaml_1_1_boolean'],
  ],
  [
    'a bracket that is not closed, at the bracket',
    'a: [1, 2\nb: yes\n',
    ['1:4-5 syntax_error', '2:4-7 yaml_1_1_boolean'],
  ],
  [
    'a key of an item that is not indented far enough, at its line and not at the brackets above',
    'a:\n  - b: { c: 1 }\n   d: 1\nb: yes\n',
    ['2:3-16 wrong_type', '3:1-2 syntax_error', '4:4-7 yaml_1_1_boolean'],
  ],
  [
    'several syntax errors',
    'a: @1\nb: {x\nc: %\n',
    ['1:4-5 syntax_error', '2:4-5 syntax_error', '3:4-5 syntax_error'],
  ],
  [
    'a mistake in each document',
    'a: x\n---\nb: : 1\n---\nb: no\n',
    ['1:4-5 wrong_type', '3:4-5 syntax_error', '5:4-6 yaml_1_1_boolean'],
  ],
  ['a line without a colon', 'a: 1\nb\n', ['2:1-2 syntax_error']],
  [
    'an anchor behind a quote that is not closed',
    'a: "x\n---\nb: &x true\n',
    ['1:4-5 syntax_error', '3:4-6 anchor'],
  ],
  [
    'a line that starts a document and is broken',
    'a: 1\n--- : : x\na: 2\nb: on\n',
    ['2:5-6 syntax_error', '4:4-6 yaml_1_1_boolean'],
  ],
];

describe('after a syntax error reading goes on', () => {
  test.each(RECOVERIES)('%s', (_, text, found) => {
    expect(findingsOf(text)).toEqual(found);
  });

  test('other documents are checked for what is missing all the same', () => {
    const { documents, report } = readYaml({ name: 'f', text: 'a: : 1\n---\nb: true\nc:\n' });
    for (const document of documents) document.map()?.required('must');
    expect(placesAndCodes(report.findings())).toEqual(['1:4-5 syntax_error', '3:1-2 missing_key']);
  });

  test('what a syntax error hides is not reported as missing', () => {
    const { documents, report } = readYaml({ name: 'f', text: 'must: : 1\nb: true\n' });
    documents[0]?.map()?.required('must');
    expect(placesAndCodes(report.findings())).toEqual(['1:7-8 syntax_error']);
  });
});

test('both places of a duplicate key are named', () => {
  const { report } = readYaml({ name: 'f', text: 'a: 1\nb: 1\na: 2\n' });
  expect(report.findings()).toMatchObject([
    {
      message: 'the key `a` stands twice, first at 1:1',
      position: { file: 'f', line: 3, column: 1 },
      related: [{ position: { file: 'f', line: 1, column: 1 } }],
    },
  ]);
});
