import type { AnswerCount, LeftCount } from '../../ports/answer-counter';
import type { AuditMode } from '../../ports/service-config';
import type { Trail } from '../../ports/trail';
import { isCount, isObject } from '../json-values';
import type { Line } from '../trail/line';
import { readTrail, type TrailEntry, type TrailSource } from '../trail/read-trail';

/** The key of the note that says how evidence is kept from its line on. */
const MODE = 'mode';

/** What is known of the process before. */
interface KilledBefore {
  readonly before: LeftCount;
  /** The number of the trail's last line; 0: it has none. */
  readonly head: number;
  /** The lines of the trail from this number on. */
  readonly entriesFrom: (sequence: number) => AsyncIterable<TrailEntry>;
}

/**
 * How many decisions of the process before neither have a record nor are in any count; null: nobody knows. A count that
 * is lost, or cannot be, says nothing, so that it takes the trail to say that there was nothing to count: it is new, or
 * every answer of the process before waited for its record.
 */
async function countKilledAnswers(known: KilledBefore): Promise<number | null> {
  const { before, head, entriesFrom } = known;
  if (typeof before !== 'string' && before.sequence <= head) {
    return uncounted(before, entriesFrom(before.sequence + 1));
  }
  if (before === 'missing' && head === 0) return 0;
  return (await lastMode(entriesFrom(1))) === 'strict' ? 0 : null;
}

/** States what was lost by a kill, which is the result, before anything else is recorded. */
export async function stateKilled(
  trail: Trail,
  before: LeftCount,
  source: TrailSource,
): Promise<number | null> {
  const killed = await countKilledAnswers({
    ...{ before, head: trail.head()?.sequence ?? 0 },
    entriesFrom: (fromSequence) => readTrail({ ...source, fromSequence }),
  });
  if (killed !== 0) await trail.gap({ killed });
  return killed;
}

/** Notes how evidence is kept from now on: whoever loses the count reads there whether it was of any use. */
export async function noteMode(trail: Trail, mode: AuditMode): Promise<void> {
  await trail.note({ [MODE]: mode });
}

/** A line that cannot be read counts for none, so that nothing is missed. */
async function uncounted(before: AnswerCount, entries: AsyncIterable<TrailEntry>): Promise<number> {
  let found = before.accounted;
  for await (const entry of entries) {
    if ('line' in entry) found += decisionsIn(entry.line);
  }
  return Math.max(before.made - found, 0);
}

/** How evidence was kept last; undefined: the trail does not say so, or does not any more. */
async function lastMode(entries: AsyncIterable<TrailEntry>): Promise<unknown> {
  let mode: unknown;
  for await (const entry of entries) {
    if (!('line' in entry)) mode = undefined;
    else if (entry.line.kind === 'note' && MODE in entry.line.content) {
      mode = entry.line.content[MODE];
    }
  }
  return mode;
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
