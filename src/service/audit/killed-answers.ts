import type { AnswerCount } from '../../ports/answer-counter';
import { isCount, isObject } from '../json-values';
import type { Line } from '../trail/line';
import type { TrailEntry } from '../trail/read-trail';

/**
 * How many decisions of the process before neither have a record nor are in any count. `entries` are the lines of the
 * trail behind `before.sequence`. A line that cannot be read counts for none, so that nothing is missed.
 */
export async function countKilledAnswers(
  before: AnswerCount,
  entries: AsyncIterable<TrailEntry>,
): Promise<number> {
  let found = before.accounted;
  for await (const entry of entries) {
    if ('line' in entry) found += decisionsIn(entry.line);
  }
  return Math.max(before.made - found, 0);
}

function decisionsIn({ kind, content }: Line): number {
  if (kind === 'gap') {
    const { counts } = content;
    const each = isObject(counts) ? Object.values(counts) : [];
    return each.reduce<number>((sum, count) => sum + countOf(count), 0);
  }
  if (kind !== 'record') return 0;
  if (typeof content['decisionId'] === 'string') return 1;
  const { folded } = content;
  return isObject(folded) ? countOf(folded['count']) : 0;
}

function countOf(value: unknown): number {
  return isCount(value) ? value : 0;
}
