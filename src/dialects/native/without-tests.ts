import type { DocumentRange } from '../yaml/read-yaml';

/**
 * The text of a file without its tests, for the bundle's digest: what tests say decides nothing. Before other
 * documents their lines are kept as empty ones, because answers show the lines on which rules stand; at the end of
 * the file nothing of them is left. Ranges stand in file order.
 */
export function withoutTests(text: string, tests: readonly DocumentRange[]): string {
  const kept: string[] = [];
  let from = 0;
  for (const { start, end } of tests) {
    kept.push(text.slice(from, start), '\n'.repeat(linesIn(text, start, end)));
    from = end;
  }
  const rest = text.slice(from);
  // What follows the last test belongs to another document, or is nothing.
  return rest === '' ? withoutLastLines(kept) : [...kept, rest].join('');
}

function linesIn(text: string, start: number, end: number): number {
  return text.slice(start, end).split('\n').length - 1;
}

/** Without the empty lines of the tests at the end: of those, any number may stand one after the other. */
function withoutLastLines(kept: readonly string[]): string {
  const last = kept.findLastIndex((part) => !/^\n*$/u.test(part));
  return kept.slice(0, last + 1).join('');
}
