import { appendFileSync } from 'node:fs';

import type { Spread } from '../../../laws/support/runs';

/** Adds what a drill met to the file that `TEST_REPORT` names, for those who want the figures; otherwise nothing. */
export function report(drill: string, spread: Spread): void {
  const file = process.env['TEST_REPORT'];
  if (file !== undefined) appendFileSync(file, `${drill}: ${spread.toString()}\n`);
}
