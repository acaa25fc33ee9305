import { TrailError } from '../../ports/trail-error';
import type { MadeRecord, Trail, TrailPosition } from '../../ports/trail';
import type { Entry } from './open-segment';
import { promiseToKeep } from './promise-to-keep';
import { expectRemovable, isDueUnder, removeSegments } from './remove-segments';
import { restoreSegment } from './restore-segment';
import { releaseFile, type Hand } from './segment-hand';
import { commitEntries, isOld, sealNow } from './segment-writer';
import { createSerial } from './serial';
import { gapEntry, noteEntry, recordEntry } from './trail-records';

/** Most entries that wait for the disk at once; what comes then is refused, and is not recorded. */
export const MAX_WAITING = 20_000;

/**
 * UTF-16 units of the records among them. They share one write, and a client chooses how long its records are: without
 * this bound it could make a segment too large to be read again, or fill the memory while the disk hangs.
 */
export const MAX_WAITING_UNITS = 64 * 1024 * 1024;

interface Waiting {
  readonly entry: Entry;
  readonly resolve: (position: TrailPosition) => void;
  readonly reject: (error: unknown) => void;
}

/** The trail in one hand, for many callers. All entries that wait at a time share one write and one sync. */
export function createTrail(hand: Hand, unlock: () => Promise<void>): Trail {
  const serial = createSerial();
  let waiting: Waiting[] = [];
  let units = 0;
  let closing: Promise<void> | undefined;

  const enqueue = (entry: Entry, added: number): Promise<TrailPosition> => {
    if (closing !== undefined) throw new TrailError('the trail is closed');
    if (waiting.length >= MAX_WAITING || units + added > MAX_WAITING_UNITS) {
      throw new TrailError('the disk does not keep up with the trail');
    }
    units += added;
    return new Promise((resolve, reject) => {
      waiting.push({ entry, resolve, reject });
      if (waiting.length === 1) void serial(flush);
    });
  };

  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    units = 0;
    try {
      const positions = await commitEntries(
        hand,
        batch.map(({ entry }) => entry),
      );
      positions.forEach((position, index) => batch[index]?.resolve(position));
      hand.onCommitted?.();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  const close = async (): Promise<void> => {
    try {
      await sealNow(hand);
    } finally {
      await releaseFile(hand);
      await unlock();
    }
  };

  const tick = async (): Promise<void> => {
    await restoreSegment(hand);
    if (isOld(hand)) await sealNow(hand);
    const isDue = isDueUnder(hand.end.retention, hand.clock.nowMs());
    if (hand.end.retention !== undefined) await removeSegments(hand, { reason: 'time', isDue });
  };

  const unlessClosed = <T>(task: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) throw new TrailError('the trail is closed');
    return serial(task);
  };

  // Every failure is a rejection, also one that is found at once.
  return {
    append: async (record) => enqueue(recordEntry(record), unitsOf(record)),
    gap: async (counts) => enqueue(gapEntry(counts, hand.clock.nowMs()), 0),
    note: async (note) => enqueue(noteEntry(note, hand.clock.nowMs()), 0),
    head: () => hand.last,
    retention: () => hand.end.retention,
    promise: async (retention) => unlessClosed(() => promiseToKeep(hand, retention)),
    tick: async () => unlessClosed(tick),
    remove: async (through, reason) => unlessClosed(() => removeThrough(hand, through, reason)),
    close: () => (closing ??= serial(close)),
  };
}

function unitsOf(record: string | MadeRecord): number {
  return typeof record === 'string' ? record.length : record.made.length;
}

async function removeThrough(hand: Hand, through: number, reason: string): Promise<void> {
  await expectRemovable(hand, through);
  await removeSegments(hand, { reason, isDue: ({ segment }) => segment <= through });
}
