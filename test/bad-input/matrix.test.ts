import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { readExpected, titleOf, WRITES } from './support/expected';
import type { ExpectedCase } from './support/expected';
import { HARMLESS } from './support/harmless';
import { IMPOSSIBLE } from './support/impossible';
import { CATEGORIES, SURFACES } from './support/matrix';
import type { Category, Surface } from './support/matrix';

const ROWS = Object.keys(CATEGORIES) as Category[];
const COLUMNS = Object.keys(SURFACES) as Surface[];

const MATRIX_FILE = join(__dirname, 'matrix.md');

/**
 * What a line of an expectation leads to: the code of a finding or block, the status of a call, the fate of a
 * connection. Lines that only explain lead to nothing.
 */
const ANSWER =
  /^(?:\S+:)?\d+:\d+ (?<finding>\w+): |^OUTCOME_BLOCK (?<block>\w+)|^DENIED (?<denial>\w+)|^(?<status>[A-Z][A-Z_]+(?: [A-Z_0-9]+)?)|^(?<word>error|accepted)/u;

/** The first line of a case that is neither refused nor blocked. */
const PASSED = /^(?:accepted|OK|OUTCOME_ALLOW|OUTCOME_WARN|LISTED|EXPLAINED|STATE|OTHER|IGNORED)/u;

const EXPECTED = new Map(COLUMNS.map((surface) => [surface, readExpected(surface)]));

function casesOf(category: Category, surface: Surface): readonly ExpectedCase[] {
  return (EXPECTED.get(surface) ?? []).filter((each) => each.category === category);
}

function reasonAgainst(category: Category, surface: Surface): string | undefined {
  return IMPOSSIBLE.find((cell) => cell.category === category && cell.surfaces.includes(surface))
    ?.reason;
}

/** The answers of a cell: how many cases, and all that they lead to. */
function cell(category: Category, surface: Surface): string {
  const cases = casesOf(category, surface);
  if (cases.length === 0) return reasonAgainst(category, surface) === undefined ? '' : 'impossible';
  const answers = new Set(cases.flatMap(({ lines }) => lines.flatMap(answerOf)));
  return `${String(cases.length)}: ${[...answers].sort().join(', ')}`;
}

function answerOf(line: string): readonly string[] {
  const groups = Object.values(ANSWER.exec(line)?.groups ?? {}) as readonly (string | undefined)[];
  return groups.filter((group) => group !== undefined);
}

/** The whole matrix as one table. */
function render(): string {
  const header = `| | ${COLUMNS.join(' | ')} |\n|${' --- |'.repeat(COLUMNS.length + 1)}`;
  const rows = ROWS.map(
    (row) => `| ${row} | ${COLUMNS.map((each) => cell(row, each)).join(' | ')} |`,
  );
  const meanings = [...Object.entries(CATEGORIES), ...Object.entries(SURFACES)];
  return [
    '# Bad input: what can be wrong, where, and what it leads to',
    'Each cell has the number of its cases and their answers; `expected/` has every case with the exact words and places.',
    [header, ...rows].join('\n'),
    '## What the rows and columns are',
    meanings.map(([name, meaning]) => `- **${name}**: ${meaning}`).join('\n'),
    '## What is let through, and why that is harmless',
    Object.entries(HARMLESS)
      .flatMap(([surface, cases]) =>
        Object.entries(cases).map(([title, reason]) => `- ${surface}, ${title}: ${reason}`),
      )
      .join('\n'),
    '## Impossible cells',
    IMPOSSIBLE.map(
      ({ category, surfaces, reason }) => `- ${category}, ${surfaces.join(', ')}: ${reason}`,
    ).join('\n'),
    '',
  ].join('\n\n');
}

const CELLS = ROWS.flatMap((category) => COLUMNS.map((surface) => ({ category, surface })));

describe('the matrix of bad input', () => {
  test.each(CELLS)('$category x $surface has a case, or a reason why there is none', (each) => {
    const { category, surface } = each;
    const isImpossible = reasonAgainst(category, surface) !== undefined;
    expect(casesOf(category, surface).length > 0).toBe(!isImpossible);
  });

  test.each(COLUMNS)('%s: every case says what it leads to, and belongs to a row', (surface) => {
    const cases = EXPECTED.get(surface) ?? [];
    expect(cases.filter(({ lines }) => lines.join('').trim() === '')).toEqual([]);
    expect(cases.filter(({ category }) => !ROWS.includes(category))).toEqual([]);
  });

  test.each(COLUMNS)('%s: what is let through is known to be harmless', (surface) => {
    const passed = (EXPECTED.get(surface) ?? []).filter(({ lines }) => PASSED.test(lines[0] ?? ''));
    expect(passed.map(titleOf).sort()).toEqual(Object.keys(HARMLESS[surface] ?? {}).sort());
  });

  test('the table is that of the cases', () => {
    if (WRITES) writeFileSync(MATRIX_FILE, render());
    expect(existsSync(MATRIX_FILE) ? readFileSync(MATRIX_FILE, 'utf8') : '').toBe(render());
  });
});
