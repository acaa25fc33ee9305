import type { SinkRecord } from '../../ports/record-sink';
import type { RecordSource } from '../../ports/record-source';
import type { FeedLimits } from './feed-limits';

/**
 * The next records behind a position, as many as a batch may have; empty where the trail ends. Throws where the trail
 * lacks what it should have: what is missing is never passed over in silence.
 */
export async function readBatch(
  source: RecordSource,
  position: number,
  limits: FeedLimits,
): Promise<readonly SinkRecord[]> {
  const { head } = source;
  if (head < position) throw new Error(behindTheEnd(head, position));
  const records = await source.readFrom(position + 1, limits.maxRecords);
  if (records.length === 0 && head > position) throw new Error(missing(position + 1, head));
  for (const [index, { sequence }] of records.entries()) {
    const expected = position + 1 + index;
    if (sequence !== expected) throw new Error(missing(expected, sequence - 1));
  }
  return cut(records, limits);
}

function behindTheEnd(head: number, position: number): string {
  return `the trail ends with record ${String(head)}, and the sink is said to have record ${String(position)}: its cursor is that of another trail, or the trail was cut; set the cursor to where the sink is to go on`;
}

function missing(first: number, last: number): string {
  if (last < first) return `the trail gives another record where number ${String(first)} should be`;
  return `the trail no longer has the records ${String(first)} to ${String(last)}; to go on without them, set the cursor of the sink to ${String(last)}`;
}

/** The first record is always taken, or one that is too large would stop the feed for ever. */
function cut(
  records: readonly SinkRecord[],
  { maxRecords, maxChars }: FeedLimits,
): readonly SinkRecord[] {
  let chars = 0;
  const end = records.findIndex(({ json }, index) => {
    chars += json.length;
    return index === maxRecords || (index > 0 && chars > maxChars);
  });
  return end === -1 ? records : records.slice(0, end);
}
