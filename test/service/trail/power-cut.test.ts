import fc from 'fast-check';

import { runs, Spread } from '../../laws/support/runs';
import type { Trail } from '../../../src/ports/trail';
import { memoryDisk, SystemError, type MemoryDisk } from './support/memory-disk';
import { findingsOf, open, recordOf, recordsOn, verify } from './support/trails';

/** What happens to a trail: appends at one time, something that fails, a power cut, a quiet end. */
const STEP = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      count: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      at: fc.constantFrom(
        'append',
        'sync',
        'syncDirectory',
        'rename',
        'open',
        'truncate',
        'remove',
      ),
      after: fc.nat({ max: 2 }),
      torn: fc.nat({ max: 300 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('cut' as const),
      during: fc.nat({ max: 8 }),
      keeps: fc.nat({ max: 400 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
);
type Step = typeof STEP extends fc.Arbitrary<infer T> ? T : never;

/** A trail under which the disk can be changed for what a power cut leaves. */
interface Drill {
  disk: MemoryDisk;
  trail: Trail;
  readonly acknowledged: string[];
  readonly refused: Set<string>;
  next: number;
}

async function begin(isHonest: boolean): Promise<Drill> {
  const disk = memoryDisk();
  disk.isHonest = isHonest;
  return { disk, trail: await open(disk.files), acknowledged: [], refused: new Set(), next: 1 };
}

/** Appends at once, and waits for all; what the disk acknowledges is remembered. */
async function append(drill: Drill, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, () => drill.next++);
  await Promise.all(
    numbers.map(async (number) => {
      try {
        await drill.trail.append(recordOf(number));
        drill.acknowledged.push(recordOf(number));
      } catch {
        drill.refused.add(recordOf(number));
      }
    }),
  );
}

/** The power goes at one of the operations of some appends: nothing that comes later reaches the disk. */
async function cutPower(drill: Drill, during: number, keeps: number): Promise<void> {
  const { disk } = drill;
  let left = during;
  let after: MemoryDisk | undefined;
  disk.onOperation = () => {
    left -= 1;
    if (left < 0) after ??= disk.powerCut((unsynced) => Math.min(unsynced, keeps));
    if (after !== undefined) throw new SystemError('EIO');
  };
  await append(drill, 3);
  drill.disk = after ?? disk.powerCut((unsynced) => Math.min(unsynced, keeps));
  drill.disk.isHonest = disk.isHonest;
  drill.trail = await open(drill.disk.files);
}

async function take(drill: Drill, step: Step): Promise<void> {
  switch (step.do) {
    case 'append':
      return append(drill, step.count);
    case 'fail': {
      let left = step.after;
      drill.disk.tornBytes = step.torn;
      drill.disk.onOperation = (operation) => {
        if (operation === step.at && --left < 0) throw new SystemError('ENOSPC');
      };
      await append(drill, 2);
      drill.disk.onOperation = () => undefined;
      return;
    }
    case 'cut':
      return cutPower(drill, step.during, step.keeps);
    case 'close':
      await drill.trail.close();
      drill.trail = await open(drill.disk.files);
  }
}

/** Undefined: all that was acknowledged is there, in order and once, and the trail is in order. */
async function complaintOf({
  disk,
  trail,
  acknowledged,
  refused,
}: Drill): Promise<string | undefined> {
  const kept = recordsOn(disk);
  const missing = acknowledged.filter((record) => !kept.includes(record));
  if (missing.length > 0) return `missing: ${missing.join(' ')}`;
  if (new Set(kept).size !== kept.length) return 'a record stands twice';
  const order = kept.filter((record) => acknowledged.includes(record));
  if (order.join() !== acknowledged.join()) return 'the order is another one';
  const strange = kept.filter((record) => !acknowledged.includes(record) && !refused.has(record));
  if (strange.length > 0) return `nobody appended ${strange.join(' ')}`;
  const findings = await findingsOf(disk, trail.head());
  return findings.length === 0 ? undefined : findings.join(' ');
}

describe('a trail under random operations, failures and power cuts', () => {
  it('has all that it acknowledged, and verifies', async () => {
    const spread = new Spread();
    const steps = fc.array(STEP, { minLength: 3, maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const drill = await begin(true);
        for (const step of taken) {
          await take(drill, step);
          spread.add(step.do);
        }
        if (drill.refused.size > 0) spread.add('refused');
        await drill.trail.close();
        expect(await complaintOf(drill)).toBeUndefined();
        const unacknowledged = recordsOn(drill.disk).some((record) => drill.refused.has(record));
        if (unacknowledged) spread.add('survived unacknowledged');
        expect((await verify(drill.disk)).unsealed).toBe(0);
      }),
      { numRuns: runs(600) },
    );
    spread.expectAtLeast(200, 'append', 'fail', 'cut', 'close', 'refused');
    spread.expectAtLeast(10, 'survived unacknowledged');
  });

  it('loses records on a disk that only says that it syncs: the drill can fail', async () => {
    const drill = await begin(false);
    await append(drill, 4);
    expect(drill.acknowledged).toHaveLength(4);
    drill.disk = drill.disk.powerCut();
    drill.trail = await open(drill.disk.files);
    expect(await complaintOf(drill)).toContain('missing:');
  });
});
