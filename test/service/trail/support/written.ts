import { trailCrypto } from '../../../../src/platform/trail-keys';
import { readTrail, type TrailEntry } from '../../../../src/service/trail/read-trail';
import { memoryDisk, type MemoryDisk } from './memory-disk';
import { open } from './trails';

const LIMITS = { maxLines: 500, maxBytes: 100_000_000, maxAgeMs: 3_600_000 };

/** Records that wait for the disk together; a trail refuses more than it can hold. */
const AT_ONCE = 1000;

/** A disk with a closed trail of these records. */
export async function diskOf(records: readonly unknown[]): Promise<MemoryDisk> {
  const disk = memoryDisk();
  const trail = await open(disk.files, { limits: LIMITS });
  for (let at = 0; at < records.length; at += AT_ONCE) {
    const some = records.slice(at, at + AT_ONCE);
    await Promise.all(some.map((record) => trail.append(JSON.stringify(record))));
  }
  await trail.close();
  return disk;
}

/** What can be read of a disk. */
export function entriesOn(disk: MemoryDisk): AsyncIterable<TrailEntry> {
  return readTrail({ reader: disk.files, crypto: trailCrypto });
}
