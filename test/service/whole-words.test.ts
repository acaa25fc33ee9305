import type { Finding } from '../../src/core/model/finding';
import { markWholeWords } from '../../src/service/whole-words';

/** The marked text of the second line, for a finding whose mark is `length` long. */
function marked(line: string, column: number, length: number): string {
  const finding: Finding = {
    severity: 'error',
    code: 'unknown_target',
    message: '',
    position: { file: 'f', line: 2, column },
    endColumn: column + length,
  };
  const [wide] = markWholeWords([finding], [{ name: 'f', text: `first\n${line}\r\nlast'"` }]);
  return line.slice(column - 1, (wide?.endColumn ?? 0) - 1);
}

describe('the mark of a word in quotes', () => {
  it.each([
    ["a: 'word'", 4, 4, "'word'"],
    ['a: "word" # "x"', 4, 4, '"word"'],
    ["['it''s', 'b']", 2, 4, "'it''s'"],
    ['["a\\"b", "c"]', 2, 3, '"a\\"b"'],
    ["['a','b']", 2, 1, "'a'"],
  ])('%s ends after the closing quote', (line, column, length, expected) => {
    expect(marked(line, column, length)).toBe(expected);
  });

  it.each([
    ['a: word', 4, 4, 'word'],
    ["a: 'wo", 4, 2, "'w"],
    ['a: it"s"', 4, 2, 'it'],
    ["a: 'b' and more", 4, 10, "'b' and mo"],
  ])('%s keeps its mark', (line, column, length, expected) => {
    expect(marked(line, column, length)).toBe(expected);
  });

  it('leaves findings about whole files, and of files without a text', () => {
    const finding: Finding = {
      severity: 'error',
      code: 'unknown_target',
      message: '',
      position: { file: 'f', line: 0, column: 0 },
      endColumn: 0,
    };
    expect(markWholeWords([finding], [{ name: 'f', text: "'a'" }])).toEqual([finding]);
    const elsewhere = { ...finding, position: { file: 'g', line: 1, column: 1 }, endColumn: 2 };
    expect(markWholeWords([elsewhere], [{ name: 'f', text: "'a'" }])).toEqual([elsewhere]);
  });
});
