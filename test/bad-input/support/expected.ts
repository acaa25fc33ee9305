import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Case, Category, Surface } from './matrix';

/** With `TEST_WRITE=1` what is found becomes what is expected; read the difference before you keep it. */
export const WRITES = process.env['TEST_WRITE'] === '1';

/** A case and what it must lead to: findings of files, statuses of calls, one a line. */
export interface ExpectedCase {
  readonly category: Category;
  readonly name: string;
  readonly lines: readonly string[];
}

/** The heading of a case in the files of expectations. */
export function titleOf({ category, name }: Case): string {
  return `${category}: ${name}`;
}

function fileOf(surface: Surface): string {
  return join(__dirname, '..', 'expected', `${surface}.txt`);
}

/** All that is expected of a surface, in the order of its cases. */
export function readExpected(surface: Surface): readonly ExpectedCase[] {
  const file = fileOf(surface);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text
    .split(/^## /mu)
    .slice(1)
    .map((section) => {
      const [title = '', ...lines] = section.trimEnd().split('\n');
      const [category = '', name = ''] = title.split(/: (.*)/su);
      return { category: category as Category, name, lines };
    });
}

/** The lines that are expected of each case of a surface, by its title. */
export function expectationsOf(surface: Surface): ReadonlyMap<string, readonly string[]> {
  return new Map(readExpected(surface).map((each) => [titleOf(each), each.lines]));
}

/** Writes what was found, by title. */
export function writeExpected(
  surface: Surface,
  found: ReadonlyMap<string, readonly string[]>,
): void {
  const sections = [...found].map(([title, lines]) => `## ${title}\n${lines.join('\n')}\n`);
  writeFileSync(fileOf(surface), sections.join('\n'));
}

/** The first lines, and the number of the others. */
export function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= MAX_LINES) return lines;
  const left = lines.length - MAX_LINES;
  return [
    ...lines.slice(0, MAX_LINES),
    `and ${String(left)} more, the last: ${lines.at(-1) ?? ''}`,
  ];
}

/** Lines of one case that are spelt out; the others are counted. */
const MAX_LINES = 6;
