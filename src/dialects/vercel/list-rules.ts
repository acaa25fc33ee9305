import type { ValueReader } from '../yaml/reader';

/** UTF-16 units in a slug of a provider or a model; far longer than any that is in use, and all are kept in memory. */
export const MAX_SLUG_CHARS = 200;

/** Everything off is what Vercel documents an empty list of what is on as: every request is blocked. */
export function noteIfEmpty({ report, label, name }: ValueReader, left: readonly unknown[]): void {
  // Where a name is wrong, the list only seems to be empty.
  if (left.length > 0 || report.hasErrors) return;
  report.notice(
    'list_allows_nothing',
    label,
    `${name} leaves nothing on: every request is blocked`,
    {
      help: 'nothing, if that is meant; else name what is on',
    },
  );
}
