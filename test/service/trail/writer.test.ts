import type { TrailPosition } from '../../../src/ports/trail';
import { linesFile, sealFile } from '../../../src/service/trail/file-names';
import { MAX_WAITING, MAX_WAITING_UNITS } from '../../../src/service/trail/create-trail';
import { MAX_RECORD_BYTES } from '../../../src/service/trail/line';
import { memoryDisk, SystemError, type MemoryDisk, type Operation } from './support/memory-disk';
import {
  appendAll,
  diskWith,
  findingsOf,
  open,
  recordOf,
  recordsOn,
  START_MS,
  textOn,
  verify,
} from './support/trails';

const LARGE = { maxLines: 1000, maxBytes: 1e9, maxAgeMs: 60_000 };

/** Lets the operation fail from now on until it is told otherwise. */
function failing(disk: MemoryDisk, operation: Operation, code: string): void {
  disk.onOperation = (each) => {
    if (each === operation) throw new SystemError(code);
  };
}

function working(disk: MemoryDisk): void {
  disk.onOperation = () => undefined;
}

describe('appending', () => {
  it('gives each record the next number and the hash that stands in its line', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files);
    expect(trail.head()).toBeUndefined();
    const positions = await appendAll(trail, 2);
    const lines = textOn(disk, linesFile(1)).trimEnd().split('\n');
    const stated = lines.map((line) => JSON.parse(line) as { seq: number; hash: string });
    expect(positions).toEqual(stated.map(({ seq, hash }) => ({ sequence: seq, hash })));
    expect(trail.head()).toEqual(positions[1]);
    expect(recordsOn(disk)).toEqual([recordOf(1), recordOf(2)]);
  });

  it('shares one write and one sync among all that wait', async () => {
    const disk = memoryDisk();
    disk.isSlow = true;
    const trail = await open(disk.files, { limits: LARGE });
    const before = { ...disk.calls };
    const waves: Promise<TrailPosition>[] = [];
    for (let number = 1; number <= 200; number += 1) {
      waves.push(trail.append(recordOf(number)));
      if (number % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const sequences = (await Promise.all(waves)).map(({ sequence }) => sequence);
    expect(sequences).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    const syncs = disk.calls.sync - before.sync;
    expect(syncs).toBeGreaterThan(0);
    expect(syncs).toBeLessThanOrEqual(4);
    expect(disk.calls.append - before.append).toBe(syncs);
    expect(await findingsOf(disk, trail.head())).toEqual([]);
  });

  it('resolves only behind the sync', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files, { limits: LARGE });
    const seen: string[] = [];
    disk.onOperation = (operation) => void seen.push(operation);
    await trail.append(recordOf(1)).then(() => seen.push('resolved'));
    expect(seen).toEqual(['open', 'syncDirectory', 'append', 'sync', 'resolved']);
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a key that stands twice', '{"a":1,"a":2}'],
    ['blanks that need not be', '{"a": 1}'],
    ['a line end', '{"a":1}\n'],
    ['a number that no double holds', '{"a":1e999}'],
    ['too much', JSON.stringify({ a: 'x'.repeat(MAX_RECORD_BYTES) })],
  ])('refuses %s', async (_, text) => {
    const disk = memoryDisk();
    const trail = await open(disk.files);
    await expect(trail.append(text)).rejects.toThrow('a record');
    expect(disk.calls.append).toBe(0);
  });

  it('takes what JSON can say, and gives it back', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files);
    const odd = JSON.stringify({ 'ü\u2028\ud800': ['"\\', null, 1e-7, { hash: '}' }] });
    await trail.append(odd);
    await trail.append('{"__proto__":{"hash":"x"}}');
    expect(recordsOn(disk)[0]).toBe(odd);
    await trail.close();
    expect(await findingsOf(disk, trail.head())).toEqual([]);
  });

  it('refuses more than can wait, and goes on', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files, { limits: LARGE });
    const waiting = Array.from({ length: MAX_WAITING }, (_, number) =>
      trail.append(recordOf(number)),
    );
    await expect(trail.append(recordOf(0))).rejects.toThrow('does not keep up');
    await Promise.all(waiting);
    await trail.append(recordOf(1));
    expect(recordsOn(disk)).toHaveLength(MAX_WAITING + 1);
  });

  it('refuses what would be too large together, still states gaps, and goes on', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files, { limits: LARGE });
    const large = JSON.stringify({ a: 'x'.repeat(MAX_RECORD_BYTES - 8) });
    const fitting = MAX_WAITING_UNITS / large.length;
    const waiting = Array.from({ length: fitting }, () => trail.append(large));
    await expect(trail.append(recordOf(0))).rejects.toThrow('does not keep up');
    await Promise.all([...waiting, trail.gap({ audit_unavailable: 1 })]);
    await trail.append(recordOf(1));
    expect(trail.head()?.sequence).toBe(fitting + 2);
  });

  it('states a gap that only the caller knows of', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files);
    await trail.gap({ overload: 7 });
    expect(textOn(disk, linesFile(1))).toContain(
      '"kind":"gap","gap":{"at":"2026-07-01T00:00:00.000Z","counts":{"overload":7}}',
    );
  });

  it('is over once the trail is closed', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files);
    const last = trail.append(recordOf(1));
    await Promise.all([trail.close(), trail.close()]);
    expect((await last).sequence).toBe(1);
    await expect(trail.append(recordOf(2))).rejects.toThrow('closed');
    await expect(trail.tick()).rejects.toThrow('closed');
    await expect(trail.remove(1, 'x')).rejects.toThrow('closed');
    expect((await verify(disk)).proven).toMatchObject({ ...trail.head() });
  });
});

describe('segments', () => {
  it.each([
    ['lines', { ...LARGE, maxLines: 2 }],
    ['bytes', { ...LARGE, maxBytes: 400 }],
  ])('are sealed by %s', async (_, limits) => {
    const disk = memoryDisk();
    const trail = await open(disk.files, { limits });
    await appendAll(trail, 5);
    expect(Object.keys(disk.snapshot())).toEqual(
      expect.arrayContaining([sealFile(1), sealFile(2), linesFile(3)]),
    );
    expect(disk.snapshot()).not.toHaveProperty([sealFile(3)]);
    expect(await verify(disk)).toMatchObject({ unsealed: 1, proven: { sequence: 4 } });
  });

  it('are sealed by age, whether or not something is appended', async () => {
    const disk = memoryDisk();
    let nowMs = START_MS;
    const trail = await open(disk.files, { limits: LARGE, nowMs: () => nowMs });
    await trail.append(recordOf(1));
    nowMs += LARGE.maxAgeMs - 1;
    await trail.tick();
    expect(disk.snapshot()).not.toHaveProperty([sealFile(1)]);
    nowMs += 1;
    await trail.tick();
    expect(disk.snapshot()).toHaveProperty([sealFile(1)]);
    await trail.append(recordOf(2));
    nowMs += LARGE.maxAgeMs;
    await trail.append(recordOf(3));
    expect(await verify(disk)).toMatchObject({ segments: 3, proven: { sequence: 2 }, unsealed: 1 });
  });

  it('hang together over openings', async () => {
    const disk = await diskWith(4);
    const trail = await open(disk.files);
    await appendAll(trail, 4, 5);
    await trail.close();
    const report = await verify(disk, trail.head());
    expect(report).toMatchObject({ lines: 8, head: 'found', proven: { sequence: 8 } });
    expect(report.findings.kept).toEqual([]);
  });
});

describe('a failing disk', () => {
  const CASES = (['append', 'sync', 'syncDirectory', 'open'] as const).flatMap((operation) =>
    [0, 2, 3].map((before) => ({ operation, before })),
  );

  it.each(CASES)(
    'that fails at $operation behind $before records keeps no record that it refused',
    async ({ operation, before }) => {
      const disk = memoryDisk();
      const trail = await open(disk.files);
      await appendAll(trail, before);
      disk.tornBytes = 57;
      failing(disk, operation, 'EIO');
      const refused = [trail.append(recordOf(90)), trail.append(recordOf(91))];
      const outcomes = await Promise.allSettled(refused);
      const again = await Promise.allSettled([trail.append(recordOf(92))]);
      working(disk);
      await trail.append(recordOf(50));
      await trail.close();
      const isHit = outcomes.every(({ status }) => status === 'rejected');
      // What is open already need not be opened again, nor its name be made certain.
      expect(isHit).toBe(before !== 2 || operation === 'append' || operation === 'sync');
      const kept = recordsOn(disk);
      expect(kept.filter((record) => record === recordOf(50))).toHaveLength(1);
      for (const [index, { status }] of [...outcomes, ...again].entries()) {
        expect(kept.includes(recordOf(90 + index))).toBe(status === 'fulfilled');
      }
      expect(await findingsOf(disk, trail.head())).toEqual([]);
    },
  );

  it('is left behind: what follows a failed sync stands in a new segment', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files, { limits: LARGE });
    await trail.append(recordOf(1));
    failing(disk, 'sync', 'EIO');
    await expect(trail.append(recordOf(2))).rejects.toThrow('EIO');
    working(disk);
    await trail.append(recordOf(3));
    expect(textOn(disk, linesFile(1)).split('\n')).toHaveLength(2);
    expect(textOn(disk, linesFile(2))).toContain('d-3');
  });

  it('that cannot seal takes nothing until it can', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files);
    await appendAll(trail, 3);
    failing(disk, 'rename', 'ENOSPC');
    await expect(trail.append(recordOf(4))).rejects.toThrow('ENOSPC');
    await expect(trail.append(recordOf(5))).rejects.toThrow('ENOSPC');
    working(disk);
    await trail.append(recordOf(6));
    expect(recordsOn(disk)).toEqual([1, 2, 3, 6].map(recordOf));
    expect(await findingsOf(disk, trail.head())).toEqual([]);
  });

  it('that cannot seal at the end says so, and another opening seals', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files);
    await appendAll(trail, 2);
    failing(disk, 'rename', 'ENOSPC');
    await expect(trail.close()).rejects.toThrow('ENOSPC');
    working(disk);
    await (await open(disk.files)).close();
    expect(await verify(disk, trail.head())).toMatchObject({ proven: { sequence: 2 } });
  });

  it('that someone else writes to gets nothing more', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files, { limits: LARGE });
    await trail.append(recordOf(1));
    const intruder = await disk.files.openAppend(linesFile(1));
    await intruder.append(new TextEncoder().encode('{"seq":2}\n'));
    await expect(trail.append(recordOf(2))).rejects.toThrow('something else writes');
    await expect(trail.append(recordOf(3))).rejects.toThrow('something else writes');
    await expect(open(disk.files)).rejects.toThrow('locked');
    expect(textOn(disk, linesFile(1))).not.toContain('d-3');
  });
});
