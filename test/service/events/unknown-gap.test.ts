import { trailCrypto } from '../../../src/platform/trail-keys';
import type { GapCounts } from '../../../src/ports/trail';
import { createEventReader } from '../../../src/service/events/trail-events';
import { summarize } from '../../../src/service/report/summarize';
import { withdrawnIn } from '../../../src/service/report/withdrawn-in';
import { readTrail, type TrailEntry } from '../../../src/service/trail/read-trail';
import { memoryDisk } from '../trail/support/memory-disk';
import { open } from '../trail/support/trails';

async function entriesOf(counts: GapCounts): Promise<TrailEntry[]> {
  const disk = memoryDisk();
  const trail = await open(disk.files);
  await trail.gap(counts);
  await trail.close();
  const entries: TrailEntry[] = [];
  for await (const entry of readTrail({ reader: disk.files, crypto: trailCrypto })) {
    entries.push(entry);
  }
  return entries;
}

describe('a gap of which nobody knows the size', () => {
  it('is an event that states no number as if it were all', async () => {
    const [entry] = await entriesOf({ killed: null, not_written: 2 });
    const events = entry === undefined ? [] : createEventReader()(entry);
    expect(events).toMatchObject([
      {
        metadata: { event_code: 'records_missing' },
        severity: 'High',
        message: 'records that are missing: 2 or more, nobody knows',
        unmapped: { counts: { killed: null, not_written: 2 } },
      },
    ]);
    expect(events).not.toMatchObject([{ count: expect.anything() as unknown }]);
  });

  it('is an event with a count where everything was counted', async () => {
    const [entry] = await entriesOf({ killed: 1, not_written: 2 });
    expect(entry && createEventReader()(entry)).toMatchObject([{ count: 3 }]);
  });

  it('is told apart in a report, beside what was counted', async () => {
    const [entry] = await entriesOf({ killed: null, not_written: 2 });
    async function* entries(): AsyncGenerator<TrailEntry> {
      if (entry !== undefined) yield await Promise.resolve(entry);
    }
    const withdrawn = await withdrawnIn(entries());
    const { gaps, unreadable } = await summarize({ entries: entries(), window: {}, withdrawn });
    expect(gaps).toMatchObject({
      ...{ count: 2, unknown: 1 },
      listed: [
        { key: 'not_written', counts: { count: 2, unknown: 0 } },
        { key: 'killed', counts: { count: 0, unknown: 1 } },
      ],
    });
    expect(Object.values(unreadable).filter((lines) => lines > 0)).toEqual([]);
  });
});
