import { appendFileSync } from 'node:fs';

import type { Spread } from '../../../laws/support/runs';

/** Adds a line to the file that `TEST_REPORT` names, for those who want the figures; otherwise nothing. */
function addLine(line: string): void {
  const file = process.env['TEST_REPORT'];
  if (file !== undefined) appendFileSync(file, `${line}\n`);
}

/** Reports what a drill met. */
export function report(drill: string, spread: Spread): void {
  addLine(`${drill}: ${spread.toString()}`);
}

/** Reports how something went. */
export function reportSeries(what: string, values: readonly number[]): void {
  addLine(`${what}: ${values.join(' ')}`);
}
