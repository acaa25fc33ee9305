import { textOf } from '../tidy/support/project-files';

/** `- file: line → mutants`, as survivors.cjs prints and reads it. */
const EXPLAINED = /^- `([^`]+\.ts)`: (`+) ?(.+?) ?\2 → `/;

const ROWS = textOf('docs/mutation-testing.md')
  .split('\n')
  .flatMap((line) => {
    const [, file, , code] = EXPLAINED.exec(line) ?? [];
    return file === undefined || code === undefined ? [] : [[file, code] as const];
  });

/** Code on one line. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

describe('docs/mutation-testing.md', () => {
  it('explains survivors', () => {
    expect(ROWS.length).toBeGreaterThan(20);
  });

  it.each(ROWS)('speaks of what still stands in %s: %s', (file, code) => {
    const begin = code.endsWith('…') ? code.slice(0, -1) : code;
    expect(flat(textOf(`src/core/${file}`))).toContain(begin);
  });
});
