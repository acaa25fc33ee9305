import {
  MAX_DEPTH,
  MAX_DOCUMENTS,
  MAX_FILE_BYTES,
  MAX_FINDINGS,
  MAX_TEXT_CHARS,
  MAX_TOKENS,
  MAX_WORDS,
} from '../../../src/dialects/yaml/limits';
import { readYaml } from '../../../src/dialects/yaml/read-yaml';
import { placesAndCodes } from '../support/findings';

function codesOf(text: string): readonly string[] {
  return readYaml({ name: 'f', text })
    .report.findings()
    .map(({ code }) => code);
}

describe('depth', () => {
  const nested = (levels: number): string => `${'['.repeat(levels)}x${']'.repeat(levels)}`;

  test('the deepest allowed level is read, one more is not', () => {
    expect(codesOf(nested(MAX_DEPTH - 1))).toEqual([]);
    expect(codesOf(nested(MAX_DEPTH))).toEqual(['too_deep']);
  });

  test.each(['[', '{a: ', '- ', '? '])('a tower of `%s` is one finding', (opening) => {
    expect(codesOf(opening.repeat(20_000))).toEqual(['too_deep']);
  });
});

describe('size', () => {
  test('one byte too many is one finding', () => {
    expect(codesOf('#'.repeat(MAX_FILE_BYTES))).toEqual(['empty_file']);
    expect(codesOf('#'.repeat(MAX_FILE_BYTES + 1))).toEqual(['file_too_large']);
  });

  test('bytes are counted, not characters', () => {
    const chars = MAX_FILE_BYTES / 2;
    expect(codesOf(`#${'é'.repeat(chars)}`)).toEqual(['file_too_large']);
  });
});

describe('words', () => {
  test.each([
    ['brackets', '] '.repeat(MAX_WORDS + 1)],
    ['pairs', `{${':,'.repeat(MAX_WORDS / 2)}}`],
    ['items', `[${'a,'.repeat(MAX_WORDS / 2)}]`],
    ['line breaks', '\n'.repeat(MAX_TOKENS + 1)],
    ['documents', '---\na\n'.repeat(MAX_DOCUMENTS + 1)],
  ])('too many %s are one finding, however short they are', (_, text) => {
    expect(text.length).toBeLessThan(MAX_FILE_BYTES);
    expect(codesOf(text)).toEqual(['file_too_large']);
  });

  test('stray words are reported up to the findings shown', () => {
    expect(codesOf(']'.repeat(50_000))).toEqual(['syntax_error']);
  });
});

/**
 * Texts that take a blink where each word is looked at once, and hours where it is looked at once for every other
 * word: a test that hangs has found a list that is searched for each of its items, or a line that is read again.
 */
describe('large files', () => {
  const lines = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join('');

  function closed(text: string): readonly string[] {
    const { documents, report } = readYaml({ name: 'f', text });
    for (const document of documents) document.map()?.close();
    return report.findings().map(({ code }) => code);
  }

  test('100,000 unknown keys', () => {
    const found = closed(lines(100_000, (index) => `key${String(index)}: 1\n`));
    expect(found).toHaveLength(MAX_FINDINGS + 1);
    expect(new Set(found)).toEqual(new Set(['unknown_key', 'too_many_findings']));
  });

  test('100,000 times the same key', () => {
    const found = closed(lines(100_000, () => 'key: 1\n'));
    expect(found).toHaveLength(MAX_FINDINGS + 1);
    expect(found).toContain('duplicate_key');
  });

  test('100,000 tabs', () => {
    expect(closed(`a:\n${lines(100_000, () => '\tb: 1\n')}`)).toContain('tab_indentation');
  });

  test('5 MB on one line', () => {
    const item = `"${'x'.repeat(40)}",`;
    const text = `{"a":[${item.repeat(5_000_000 / item.length)}0,"b"],"c":1}`;
    const { documents, report } = readYaml({ name: 'f', text });
    documents[0]?.map()?.texts('a');
    const [first] = report.findings();
    expect(first).toMatchObject({ code: 'duplicate_item', position: { line: 1, column: 50 } });
  });

  test('a text of 2 MB of spaces, quotes and escapes', () => {
    expect(
      closed(`a: "${' '.repeat(500_000)}${'\\"'.repeat(500_000)}${'\\\\'.repeat(250_000)}"\n`),
    ).toEqual(['unknown_key']);
  });
});

describe('findings', () => {
  const wrong = (count: number): string => 'x: 1\n---\n'.repeat(count);

  function read(count: number): ReturnType<typeof readYaml> {
    const file = readYaml({ name: 'f', text: wrong(count) });
    for (const document of file.documents) document.map()?.close();
    return file;
  }

  test('up to the cap all are shown', () => {
    expect(read(MAX_FINDINGS).report.findings()).toHaveLength(MAX_FINDINGS);
  });

  test('beyond it the last one counts those left out', () => {
    const findings = read(MAX_FINDINGS + 7).report.findings();
    expect(findings).toHaveLength(MAX_FINDINGS + 1);
    expect(findings.at(-1)).toMatchObject({
      severity: 'error',
      code: 'too_many_findings',
      message: '7 more findings in this file are left out',
    });
  });

  test('notices never push errors out', () => {
    const { report } = readYaml({ name: 'f', text: 'a: 1\n'.concat('\n'.repeat(300)) });
    for (let line = 1; line <= MAX_FINDINGS + 1; line += 1) {
      const at = { position: { file: 'f', line, column: 1 }, endColumn: 2 };
      report.notice('unknown_key', at, 'a notice');
    }
    expect(report.hasErrors).toBe(false);
    const at = { position: { file: 'f', line: 250, column: 1 }, endColumn: 2 };
    report.error('wrong_type', at, 'an error');
    expect(report.hasErrors).toBe(true);
    expect(placesAndCodes(report.findings()).slice(-2)).toEqual([
      '250:1-2 wrong_type',
      '250:1-2 too_many_findings',
    ]);
  });
});

test('a text that is too long is an error', () => {
  const read = (chars: number): readonly string[] => {
    const { documents, report } = readYaml({ name: 'f', text: `a: ${'x'.repeat(chars)}` });
    documents[0]?.map()?.text('a');
    return report.findings().map(({ code }) => code);
  };
  expect(read(MAX_TEXT_CHARS)).toEqual([]);
  expect(read(MAX_TEXT_CHARS + 1)).toEqual(['invalid_text']);
});
