import { trailCrypto } from '../../../src/platform/trail-keys';
import { readSeal } from '../../../src/service/trail/seal';
import { writeTombstone } from '../../../src/service/trail/tombstone';
import { linesFile, sealFile, tombstoneFile } from '../../../src/service/trail/file-names';
import { memoryDisk, SystemError, type MemoryDisk } from './support/memory-disk';
import {
  appendAll,
  diskWith,
  findingsOf,
  KEY,
  newSigner,
  NEXT_KEY,
  open,
  recordOf,
  recordsOn,
  START_MS,
  textOn,
  verify,
  withFile,
} from './support/trails';

const THIRD_KEY = newSigner();
const DAY_MS = 86_400_000;

/** Four records by the first key, four by the second, four by the third. */
async function rotated(): Promise<MemoryDisk> {
  const disk = await diskWith(4);
  let trail = await open(disk.files, { current: NEXT_KEY, previous: KEY });
  await appendAll(trail, 4, 5);
  await trail.close();
  trail = await open(disk.files, { current: THIRD_KEY, previous: NEXT_KEY });
  await appendAll(trail, 4, 9);
  await trail.close();
  return disk;
}

describe('a change of keys', () => {
  it('is followed from the first key on', async () => {
    const report = await verify(await rotated());
    expect(report.findings.kept).toEqual([]);
    expect(report).toMatchObject({ lines: 14, proven: { sequence: 14 } });
  });

  it('is not followed backwards: the last key alone proves nothing of what it did not sign', async () => {
    const found = await findingsOf(await rotated(), undefined, [THIRD_KEY.publicKey]);
    expect(found[0]).toBe('unknown_key 000000000001.seal.json:0 1');
  });

  it('may be between keys that are all given', async () => {
    const all = [KEY, NEXT_KEY, THIRD_KEY].map(({ publicKey }) => publicKey);
    expect(await findingsOf(await rotated(), undefined, all)).toEqual([]);
  });

  it('needs the key that is in force', async () => {
    const disk = await diskWith(4);
    await expect(open(disk.files, { current: NEXT_KEY })).rejects.toThrow('previous key');
    const strange = open(disk.files, { current: NEXT_KEY, previous: THIRD_KEY });
    await expect(strange).rejects.toThrow('previous key');
    await (await open(disk.files)).close();
  });

  it('is for good', async () => {
    const disk = await rotated();
    await expect(open(disk.files)).rejects.toThrow('had been replaced');
    const back = open(disk.files, { current: KEY, previous: THIRD_KEY });
    await expect(back).rejects.toThrow('had been replaced');
    expect(await findingsOf(disk)).toEqual([]);
  });

  it('to a key that had been replaced is found, whoever signs it', async () => {
    const disk = await rotated();
    // The first key, which someone may have stolen by now, signs on where the third one should.
    const fork = await diskWith(4);
    const thief = await open(fork.files);
    await appendAll(thief, 4, 5);
    await thief.close();
    const forged = withFile(disk, sealFile(4), fork.snapshot()[sealFile(4)]);
    expect((await findingsOf(forged))[0]).toBe('retired_key 000000000004.seal.json:0 6');
  });

  it('happens once, however often the trail is opened with both keys', async () => {
    const disk = await rotated();
    for (let times = 0; times < 2; times += 1) {
      await (await open(disk.files, { current: THIRD_KEY, previous: NEXT_KEY })).close();
    }
    expect(await verify(disk)).toMatchObject({ lines: 14 });
  });

  it.each(['append', 'sync', 'rename', 'syncDirectory'] as const)(
    'that fails at %s can be done again',
    async (operation) => {
      const disk = await diskWith(4);
      disk.onOperation = (each) => {
        if (each === operation) throw new SystemError('EIO');
      };
      const opening = { current: NEXT_KEY, previous: KEY };
      await expect(open(disk.files, opening)).rejects.toThrow('EIO');
      disk.onOperation = () => undefined;
      const trail = await open(disk.files, opening);
      await trail.append(recordOf(5));
      await trail.close();
      expect(await findingsOf(disk, trail.head())).toEqual([]);
    },
  );

  it('that no key in force has signed is found', async () => {
    const disk = await diskWith(4);
    // Someone with a key of their own writes what the next key would.
    const foreign = memoryDisk();
    await (await open(foreign.files, { current: NEXT_KEY })).append(recordOf(1));
    const other = await open(memoryDisk(foreign.snapshot()).files, {
      current: THIRD_KEY,
      previous: NEXT_KEY,
    });
    await other.close();
    const forged = withFile(disk, sealFile(2), foreign.snapshot()[linesFile(1)]);
    expect(await findingsOf(forged)).toContain('malformed_seal 000000000002.seal.json:0 4');
  });
});

describe('retention', () => {
  /** A trail of three segments, sealed a day apart. */
  async function daily(immutable: boolean, keepMs = 2 * DAY_MS) {
    const disk = memoryDisk();
    const clock = { nowMs: START_MS };
    const opening = {
      limits: { maxLines: 100, maxBytes: 1e6, maxAgeMs: DAY_MS },
      nowMs: () => clock.nowMs,
    };
    const trail = await open(disk.files, { ...opening, retention: { keepMs, immutable } });
    for (let day = 0; day < 3; day += 1) {
      await appendAll(trail, 2, 2 * day + 1);
      clock.nowMs += DAY_MS;
      await trail.tick();
    }
    return { disk, clock, opening, trail };
  }

  it('removes whole segments when their time is over, and the chain goes on', async () => {
    const { disk, clock, trail } = await daily(true);
    const [middle] = [trail.head()];
    expect(await verify(disk)).toMatchObject({ removed: 1, segments: 3, proven: { sequence: 7 } });
    expect(recordsOn(disk)).toEqual([3, 4, 5, 6].map(recordOf));
    expect(textOn(disk, tombstoneFile(1))).toContain('"first":1,"last":3,');
    expect(textOn(disk, tombstoneFile(1))).toContain('"reason":"time"');
    clock.nowMs += 5 * DAY_MS;
    await trail.tick();
    await trail.append(recordOf(9));
    await trail.close();
    expect(await findingsOf(disk, trail.head())).toEqual([]);
    expect(await verify(disk, middle)).toMatchObject({ removed: 3, head: 'found' });
    const inside = { sequence: 2, hash: '0'.repeat(64) };
    expect((await verify(disk, inside)).head).toBe('removed');
    expect(recordsOn(disk)).toEqual([recordOf(9)]);
  });

  it('keeps everything where nothing is promised', async () => {
    const disk = await diskWith(7);
    const trail = await open(disk.files, { nowMs: () => START_MS + 5000 * DAY_MS });
    await trail.tick();
    expect(recordsOn(disk)).toHaveLength(7);
  });

  it('may be shortened, and segments removed by hand, unless it is immutable', async () => {
    const { disk, clock, opening, trail } = await daily(false, 100 * DAY_MS);
    await trail.remove(1, 'a court said so');
    expect(textOn(disk, tombstoneFile(1))).toContain('"reason":"a court said so"');
    await trail.close();
    const shorter = await open(disk.files, {
      ...opening,
      retention: { keepMs: 1, immutable: false },
    });
    clock.nowMs += 1;
    await shorter.tick();
    await shorter.close();
    expect(await verify(disk, shorter.head())).toMatchObject({ removed: 3 });
    expect(await findingsOf(disk)).toEqual([]);
  });

  it('that is immutable can only become longer', async () => {
    const { disk, clock, opening, trail } = await daily(true, 100 * DAY_MS);
    await expect(trail.remove(1, 'x')).rejects.toThrow('nobody may shorten');
    await expect(trail.remove(4, 'x')).rejects.toThrow('nobody may shorten');
    await trail.close();
    for (const retention of [
      { keepMs: 99 * DAY_MS, immutable: true },
      { keepMs: 100 * DAY_MS, immutable: false },
      { keepMs: 200 * DAY_MS, immutable: false },
    ]) {
      await expect(open(disk.files, { ...opening, retention })).rejects.toThrow(
        'nobody may shorten',
      );
    }
    const longer = { keepMs: 101 * DAY_MS, immutable: true };
    const again = await open(disk.files, { ...opening, retention: longer });
    await again.close();
    const silent = await open(disk.files, opening);
    clock.nowMs += 98 * DAY_MS;
    await silent.tick();
    expect(recordsOn(disk)).toHaveLength(6);
    clock.nowMs += 2 * DAY_MS;
    await silent.tick();
    await silent.close();
    expect(recordsOn(disk).length).toBeLessThan(6);
    expect(await findingsOf(disk)).toEqual([]);
  });

  it('refuses to remove what is not sealed', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files);
    await appendAll(trail, 4);
    await expect(trail.remove(2, 'x')).rejects.toThrow('segment 2 is not sealed');
    expect(recordsOn(disk)).toHaveLength(4);
  });

  it('is finished where a crash has ended it half-way', async () => {
    const { disk } = await daily(false, 100 * DAY_MS);
    const before = disk.snapshot();
    const copy = memoryDisk(before);
    const trail = await open(copy.files);
    await trail.remove(1, 'x');
    const half = withFile(copy, linesFile(1), before[linesFile(1)]);
    expect(await findingsOf(half)).toEqual([]);
    await open(half.files);
    expect(half.snapshot()).not.toHaveProperty([linesFile(1)]);
    expect(await findingsOf(half)).toEqual([]);
  });

  it('by anyone else is found: no tombstone, another one’s, a changed one, or one before its time', async () => {
    const { disk } = await daily(true);
    const [stone, seal] = [tombstoneFile(1), sealFile(1)];
    expect(await findingsOf(withFile(disk, stone, undefined))).toEqual([
      'missing_segment 000000000001.jsonl:0 1',
    ]);
    expect(await findingsOf(withFile(disk, seal, undefined))).toContain(
      'missing_seal 000000000001.seal.json:0 1',
    );
    const moved = withFile(
      withFile(disk, linesFile(2), undefined),
      tombstoneFile(2),
      textOn(disk, stone),
    );
    expect(await findingsOf(moved)).toEqual(['tombstone_mismatch 000000000002.tombstone.json:0 4']);
    const bytes = disk.snapshot()[stone] ?? new Uint8Array();
    expect(bytes.length).toBeGreaterThan(300);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      const [first] = await findingsOf(withFile(disk, stone, changed));
      expect(first).toMatch(
        /^(malformed|wrong)_tombstone(_signature)? 000000000001.tombstone.json:0 1$/,
      );
    }
  });

  it('signed by a key of somebody else is found, and nothing behind it is proven', async () => {
    const disk = await diskWith(9);
    const found = readSeal(disk.snapshot()[sealFile(2)] ?? new Uint8Array(), trailCrypto);
    if ('problem' in found) throw new Error(found.problem);
    const removal = { reason: 'time', atMs: START_MS };
    const stone = writeTombstone(found.seal, removal, newSigner(), trailCrypto);
    const forged = withFile(withFile(disk, linesFile(2), undefined), tombstoneFile(2), stone);
    const gone = { sequence: 5, hash: '0'.repeat(64) };
    const report = await verify(forged, gone);
    expect(report.findings.kept).toMatchObject([
      { code: 'tombstone_mismatch', file: tombstoneFile(2), sequence: 4 },
    ]);
    expect(report).toMatchObject({
      removed: 0,
      head: 'wrong',
      proven: { segment: 1, sequence: 3 },
    });
  });

  it('that the machine’s clock has hastened is found', async () => {
    const { disk } = await daily(true);
    // The same trail with the promise revoked would remove it at once; a tombstone of it does not fit here.
    const rash = await daily(false);
    await rash.trail.remove(2, 'x');
    const forged = withFile(
      withFile(disk, linesFile(2), undefined),
      tombstoneFile(2),
      textOn(rash.disk, tombstoneFile(2)),
    );
    expect(await findingsOf(forged)).toEqual([
      'tombstone_mismatch 000000000002.tombstone.json:0 4',
    ]);
  });

  it('keeps the changes of keys, and tombstones are by a key that was in force then or later', async () => {
    const disk = await rotated();
    const trail = await open(disk.files, { current: THIRD_KEY });
    await trail.remove(4, 'x');
    await trail.close();
    expect(await verify(disk)).toMatchObject({ removed: 4, proven: { sequence: 14 } });
    expect(await findingsOf(disk)).toEqual([]);
  });
});
