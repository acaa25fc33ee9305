import { cli } from './support/cli';
import { FILES } from './support/files';
import type { MemoryFiles } from './support/memory-reader';
import { parseXml, type XmlElement } from './support/xml';

/** A document with one case, whose name stands in quotes as JSON writes it. */
function testsOf(name: string, eligible = 'good/chat-large'): string {
  return `apiVersion: ambit/v1
kind: PolicyTest
metadata: { name: chat }
spec:
  now: 2026-07-01
  cases:
    - name: ${JSON.stringify(name)}
      request: { candidates: [good/chat-large] }
      eligible: [${JSON.stringify(eligible)}]
`;
}

async function junit(files: MemoryFiles, ...options: readonly string[]): Promise<XmlElement> {
  const argv = ['test', '--format', 'junit', ...options, ...Object.keys(files)];
  const { stdout, stderr } = await cli(argv, { files });
  expect(stderr).toBe('');
  return parseXml(stdout);
}

const shape = ({ name, attributes, children }: XmlElement): unknown => [
  name,
  attributes,
  ...children.map(shape),
];

describe('--format junit', () => {
  it('has a suite for each document and a test for each case, with its place', async () => {
    const files = { ...FILES, 'a.yaml': testsOf('one'), 'b.yaml': testsOf('two') };
    const counts = { tests: '1', failures: '0', errors: '0', skipped: '0' };
    const caseOf = (name: string, file: string) => [
      'testcase',
      { name, classname: 'chat', file, line: '7' },
    ];
    expect(shape(await junit(files))).toEqual([
      'testsuites',
      { name: 'ambit test', ...counts, tests: '2' },
      ['testsuite', { name: 'chat', file: 'a.yaml', ...counts }, caseOf('one', 'a.yaml')],
      ['testsuite', { name: 'chat', file: 'b.yaml', ...counts }, caseOf('two', 'b.yaml')],
    ]);
  });

  it('has what a case did not find, in one line and in full', async () => {
    const root = await junit({ ...FILES, 'a.yaml': testsOf('one', 'other') });
    expect(root.attributes).toMatchObject({ tests: '1', failures: '1' });
    const failure = root.children[0]?.children[0]?.children[0];
    expect(failure?.name).toBe('failure');
    expect(failure?.attributes['message']).toContain('`other` is no candidate of the request');
    expect(failure?.text).toContain('--> a.yaml:9:18');
  });

  it.each([
    ['marks of XML', '<a href="x">&amp; \'y\' ]]>'],
    ['letters of all planes', 'é 漢 𝒳'],
  ])('is XML whatever names hold: %s', async (_, name) => {
    const root = await junit({ ...FILES, 'a.yaml': testsOf(name) });
    expect(root.children[0]?.children[0]?.attributes['name']).toBe(name);
  });

  it('spells out what XML cannot hold, and what a terminal acts on', async () => {
    const root = await junit({ ...FILES, 'a\u0001\u001b\uFFFE.yaml': testsOf('one') });
    expect(root.children[0]?.attributes['file']).toBe('a\\u{1}\\u{1b}\uFFFD.yaml');
  });

  it('has a suite for the coverage that is demanded', async () => {
    const files = { ...FILES, 'a.yaml': testsOf('one') };
    const met = await junit(files, '--threshold', '50');
    expect(shape(met.children[1] ?? met)).toEqual([
      'testsuite',
      { name: 'coverage', tests: '1', failures: '0', errors: '0', skipped: '0' },
      ['testcase', { name: 'at least 50 %', classname: 'coverage' }],
    ]);
    const missed = await junit(files, '--threshold', '100');
    expect(missed.attributes['failures']).toBe('1');
    expect(missed.children[1]?.children[0]?.children[0]?.attributes['message']).toBe(
      'the coverage is 50 %, and 100 % are demanded',
    );
  });

  it('has a suite for the mutants, those that survive as failures at their rule', async () => {
    const root = await junit({ ...FILES, 'a.yaml': testsOf('one') }, '--mutate');
    const mutants = root.children[1];
    expect(mutants?.attributes).toEqual({
      name: 'mutants',
      tests: '4',
      failures: '2',
      errors: '0',
      skipped: '0',
    });
    const failed = mutants?.children.filter(({ children }) => children.length > 0) ?? [];
    expect(failed.map(({ attributes }) => attributes)).toEqual([
      expect.objectContaining({
        name: 'base: max_retention_days dropped',
        file: 'policy.yaml',
        line: '7',
      }),
      expect.objectContaining({ name: 'base: max_retention_days loosened: 30 days' }),
    ]);
  });
});

describe('the reader of these tests', () => {
  it.each([
    '<a/>',
    '<?xml version="1.0" encoding="UTF-8"?><a>',
    '<?xml version="1.0" encoding="UTF-8"?><a></b>',
    '<?xml version="1.0" encoding="UTF-8"?><a b="&"/>',
    '<?xml version="1.0" encoding="UTF-8"?><a b="1" b="2"/>',
    '<?xml version="1.0" encoding="UTF-8"?><a b="<"/>',
    '<?xml version="1.0" encoding="UTF-8"?><a>\u0001</a>',
    '<?xml version="1.0" encoding="UTF-8"?><a/><b/>',
  ])('refuses %j', (text) => {
    expect(() => parseXml(text)).toThrow();
  });
});
