import { pick, seededSource } from '../../generators/source';
import { runs, SEED, Spread } from '../../laws/support/runs';
import { openTrail } from '../../../src/service/trail/open-trail';
import { segmentName } from '../../../src/service/trail/names';
import { createDisk, diskWith, open, partsOn, verify } from './support';
import type { Disk } from './support';

const bodyOf = (number: number): string => JSON.stringify({ n: number });

/** The bodies that stand on a disk. */
function bodiesOn(disk: Disk): readonly number[] {
  return [...disk.written]
    .filter(([name]) => name.endsWith('.jsonl'))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, bytes]) => [...bytes.toString().matchAll(/"body":\{"n":(\d+)\}/gu)])
    .map(([, number]) => Number(number));
}

describe('writing a trail', () => {
  it('lets what waits share one write and one sync, in the order in which it came', async () => {
    const disk = createDisk();
    const trail = await open(disk, 1000);
    const heads = await Promise.all(
      Array.from({ length: 100 }, (_, number) => trail.append('record', bodyOf(number))),
    );
    expect(heads.map(({ sequence }) => sequence)).toEqual(heads.map((_, index) => index + 1));
    expect(disk.syncs).toBeLessThan(5);
    expect(trail.head()).toEqual(heads.at(-1));
    await trail.close();
    expect((await verify(disk)).sealed).toEqual(trail.head());
  });

  it('goes on where it was closed, under one chain', async () => {
    const disk = await diskWith(6);
    const trail = await open(disk);
    expect(trail.head().sequence).toBe(6);
    await trail.append('gap', bodyOf(7));
    await trail.close();
    expect(await verify(disk)).toMatchObject({ sealed: { sequence: 7 }, segments: 3 });
  });

  it('cuts away a line that was never answered for', async () => {
    const disk = createDisk();
    const trail = await open(disk);
    await trail.append('record', bodyOf(1));
    disk.failAfter = 30;
    await expect(trail.append('record', bodyOf(2))).rejects.toThrow('ENOSPC');
    await trail.append('record', bodyOf(3));
    await trail.close();
    expect(bodiesOn(disk)).toEqual([1, 3]);
    expect(await verify(disk)).not.toHaveProperty('finding');
  });

  it('goes on behind a line that reached the disk though its write failed', async () => {
    const disk = createDisk();
    const trail = await open(disk);
    disk.failAfter = 1_000_000;
    await expect(trail.append('record', bodyOf(1))).rejects.toThrow('ENOSPC');
    await trail.append('record', bodyOf(2));
    await trail.close();
    expect(bodiesOn(disk)).toEqual([1, 2]);
    expect(await verify(disk)).toMatchObject({ sealed: { sequence: 2 } });
  });

  it('is not opened where something else is wrong with it', async () => {
    const disk = await diskWith(2);
    const bytes = disk.written.get(segmentName(1)) ?? Buffer.alloc(0);
    bytes[10] = (bytes[10] ?? 0) ^ 1;
    expect(await openTrail(partsOn(disk))).toEqual({
      problem: expect.stringContaining('line 1') as string,
    });
  });
});

/** Appends under random failures and power cuts; tells what was answered for, and what is there in the end. */
async function drill(seed: number, hasSync: boolean) {
  const source = seededSource(seed);
  const disk = createDisk({ hasSync });
  const answered: number[] = [];
  const events: string[] = [];
  let trail = await open(disk.session());
  for (let number = 0; number < 30;) {
    const event = pick(source, ['write', 'write', 'write', 'fail', 'cut'] as const);
    events.push(event);
    if (event === 'fail') disk.failAfter = source.below(400);
    const batch = Array.from({ length: 1 + source.below(5) }, () => (number += 1));
    const results = await Promise.allSettled(
      batch.map((each) => trail.append('record', bodyOf(each))),
    );
    answered.push(...batch.filter((_, index) => results[index]?.status === 'fulfilled'));
    if (event !== 'cut') continue;
    void trail.append('record', bodyOf(999)).catch(() => undefined);
    await Promise.resolve();
    disk.cutPower(source.below(300));
    trail = await open(disk.session());
  }
  disk.cutPower(0);
  return { disk, answered, events };
}

describe('a power cut', () => {
  it('leaves everything that was answered for, once and in order, in a trail that verifies', async () => {
    const spread = new Spread();
    for (let run = 0; run < runs(200); run += 1) {
      const { disk, answered, events } = await drill(SEED + run, true);
      const there = bodiesOn(disk);
      expect(there.filter((each) => answered.includes(each))).toEqual(answered);
      expect(await verify(disk)).not.toHaveProperty('finding');
      for (const event of new Set(events)) spread.add(event);
      if (there.length > answered.length) spread.add('more than was answered for');
    }
    spread.expectAtLeast(10, 'write', 'fail', 'cut', 'more than was answered for');
  });

  it('loses what was answered for where nothing is synced, so that the drill can fail', async () => {
    let losses = 0;
    for (let run = 0; run < 20; run += 1) {
      const result = await drill(SEED + run, false).catch(() => undefined);
      if (result === undefined || bodiesOn(result.disk).length < result.answered.length)
        losses += 1;
    }
    expect(losses).toBe(20);
  });
});
