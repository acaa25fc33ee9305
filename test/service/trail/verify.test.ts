import { linesFile, sealFile } from '../../../src/service/trail/file-names';
import type { TrailFinding } from '../../../src/service/trail/trail-codes';
import { memoryDisk, type MemoryDisk } from './support/memory-disk';
import {
  appendAll,
  diskWith,
  findingsOf,
  newSigner,
  NEXT_KEY,
  open,
  textOn,
  verify,
  withFile,
} from './support/trails';

const LAST = { segments: 4, lines: 11 };

/** Three sealed segments of three lines, and one of two lines without its seal. */
async function smallTrail(): Promise<MemoryDisk> {
  const disk = memoryDisk();
  const trail = await open(disk.files);
  await appendAll(trail, LAST.lines);
  return disk;
}

async function firstFinding(disk: MemoryDisk): Promise<TrailFinding | undefined> {
  return (await verify(disk)).findings.kept[0];
}

describe('a trail that nobody changed', () => {
  it('is proven up to its last seal, and chained up to its last line', async () => {
    const disk = await smallTrail();
    const report = await verify(disk);
    expect(report.findings.kept).toEqual([]);
    expect(report).toMatchObject({
      segments: 4,
      removed: 0,
      lines: 11,
      unsealed: 2,
      head: 'not_given',
    });
    expect([report.proven?.sequence, report.last?.sequence]).toEqual([9, 11]);
  });

  it('is proven whole once it is closed', async () => {
    const report = await verify(await diskWith(11));
    expect([report.findings.count, report.proven?.sequence, report.unsealed]).toEqual([0, 11, 0]);
  });

  it('proves nothing where nothing is signed', async () => {
    expect((await verify(memoryDisk())).proven).toBeUndefined();
  });
});

describe('one changed byte', () => {
  /** Another bit from byte to byte. */
  const changedAt = (bytes: Uint8Array, at: number): Uint8Array => {
    const changed = bytes.slice();
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
    return changed;
  };

  it('in any line is found in that line', async () => {
    const disk = await smallTrail();
    const missed: string[] = [];
    let tried = 0;
    for (let segment = 1; segment <= LAST.segments; segment += 1) {
      const file = linesFile(segment);
      const bytes = disk.snapshot()[file] ?? new Uint8Array();
      for (let at = 0; at < bytes.length; at += 1) {
        const line = bytes.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
        const found = await firstFinding(withFile(disk, file, changedAt(bytes, at)));
        const expected = { file, line, sequence: 3 * (segment - 1) + line };
        if (JSON.stringify({ ...found, code: undefined }) !== JSON.stringify(expected)) {
          missed.push(`${file} ${String(at)}: ${JSON.stringify(found)}`);
        }
        tried += 1;
      }
    }
    expect(missed).toEqual([]);
    expect(tried).toBeGreaterThan(2000);
  });

  it('in any seal is found in that seal', async () => {
    const disk = await smallTrail();
    const missed: string[] = [];
    for (let segment = 1; segment < LAST.segments; segment += 1) {
      const file = sealFile(segment);
      const bytes = disk.snapshot()[file] ?? new Uint8Array();
      expect(bytes.length).toBeGreaterThan(500);
      for (let at = 0; at < bytes.length; at += 1) {
        const found = await firstFinding(withFile(disk, file, changedAt(bytes, at)));
        if (found?.file !== file) missed.push(`${file} ${String(at)}: ${JSON.stringify(found)}`);
      }
    }
    expect(missed).toEqual([]);
  });
});

describe('lines', () => {
  /** Every segment with lines, by number. */
  async function everySegment(
    act: (lines: readonly string[], segment: number, disk: MemoryDisk) => Promise<void>,
  ): Promise<void> {
    const disk = await smallTrail();
    for (let segment = 1; segment <= LAST.segments; segment += 1) {
      const lines = textOn(disk, linesFile(segment)).split('\n').slice(0, -1);
      expect(lines.length).toBeGreaterThan(1);
      await act(lines, segment, disk);
    }
  }

  it('that are removed are missed where they stood', async () => {
    await everySegment(async (lines, segment, disk) => {
      for (let at = 0; at < lines.length; at += 1) {
        const left = lines.filter((_, index) => index !== at);
        const file = linesFile(segment);
        const found = await firstFinding(
          withFile(disk, file, left.map((line) => `${line}\n`).join('')),
        );
        const isLastOfAll = segment === LAST.segments && at === lines.length - 1;
        const expected = { file, line: at + 1, sequence: 3 * (segment - 1) + at + 1 };
        const code = at === lines.length - 1 ? 'missing_lines' : 'wrong_sequence';
        // Behind the last seal only the head can tell; the next test is about it.
        expect(found).toEqual(isLastOfAll ? undefined : { code, ...expected });
      }
    });
  });

  it('that are cut off behind the last seal are missed by the head', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files);
    const head = (await appendAll(trail, LAST.lines)).at(-1);
    const file = linesFile(4);
    const [first = ''] = textOn(disk, file).split('\n');
    expect(await findingsOf(withFile(disk, file, `${first}\n`), head)).toEqual([
      'head_missing 000000000004.jsonl:2 11',
    ]);
    expect(await findingsOf(withFile(disk, file, undefined), head)).toEqual([
      'head_missing 000000000004.jsonl:1 10',
    ]);
    expect(await findingsOf(disk, head)).toEqual([]);
    expect((await verify(disk, head)).head).toBe('found');
  });

  it('that are swapped are found at the first of them', async () => {
    await everySegment(async (lines, segment, disk) => {
      for (let one = 0; one < lines.length; one += 1) {
        for (let other = one + 1; other < lines.length; other += 1) {
          const swapped = lines.map((line, index) =>
            index === one ? lines[other] : index === other ? lines[one] : line,
          );
          const file = linesFile(segment);
          const found = await firstFinding(withFile(disk, file, `${swapped.join('\n')}\n`));
          const sequence = 3 * (segment - 1) + one + 1;
          expect(found).toEqual({ code: 'wrong_sequence', file, line: one + 1, sequence });
        }
      }
    });
  });

  it('that are cut anywhere are missed there', async () => {
    const disk = await smallTrail();
    let tried = 0;
    for (let segment = 1; segment <= LAST.segments; segment += 1) {
      const file = linesFile(segment);
      const bytes = disk.snapshot()[file] ?? new Uint8Array();
      for (let size = 0; size < bytes.length; size += 1) {
        const found = await firstFinding(withFile(disk, file, bytes.slice(0, size)));
        const line = bytes.subarray(0, size).filter((byte) => byte === 0x0a).length + 1;
        const isAtEnd = size === 0 || bytes[size - 1] === 0x0a;
        const code = isAtEnd ? 'missing_lines' : 'incomplete_line';
        const expected = { code, file, line, sequence: 3 * (segment - 1) + line };
        expect(found).toEqual(isAtEnd && segment === LAST.segments ? undefined : expected);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(2000);
  });

  it('of another trail of the same key are found where they stand', async () => {
    const other = memoryDisk();
    const trail = await open(other.files);
    await appendAll(trail, LAST.lines, 500);
    await everySegment(async (lines, segment, disk) => {
      const file = linesFile(segment);
      const foreign = textOn(other, file).split('\n');
      for (let at = 0; at < lines.length; at += 1) {
        const spliced = lines.map((line, index) => (index === at ? foreign[at] : line));
        const found = await firstFinding(withFile(disk, file, `${spliced.join('\n')}\n`));
        // The very first line hangs on the key only, so that there the second one shows it.
        const line = segment === 1 && at === 0 ? 2 : at + 1;
        const sequence = 3 * (segment - 1) + line;
        expect(found).toEqual({ code: 'wrong_link', file, line, sequence });
      }
    });
  });

  it('that are added behind a seal are found, however well they are chained', async () => {
    const disk = await smallTrail();
    // The next trail begins as this one does, and its first segment has one line more.
    const longer = memoryDisk();
    const trail = await open(longer.files, {
      limits: { maxLines: 4, maxBytes: 1e6, maxAgeMs: 1e6 },
    });
    await appendAll(trail, 4);
    expect(textOn(longer, linesFile(1)).startsWith(textOn(disk, linesFile(1)))).toBe(true);
    const changed = withFile(disk, linesFile(1), textOn(longer, linesFile(1)));
    expect(await findingsOf(changed)).toEqual(['seal_mismatch 000000000001.jsonl:4 4']);
  });
});

describe('segments', () => {
  it('that are gone are missed, with their seals or without', async () => {
    const disk = await diskWith(9);
    const [lines, seal] = [linesFile(2), sealFile(2)];
    expect(await findingsOf(withFile(disk, lines, undefined))).toEqual([
      'missing_segment 000000000002.jsonl:0 4',
    ]);
    expect(await findingsOf(withFile(disk, seal, undefined))).toEqual([
      'missing_seal 000000000002.seal.json:0 4',
    ]);
    expect(await findingsOf(withFile(withFile(disk, lines, undefined), seal, undefined))).toEqual([
      'missing_segment 000000000002.jsonl:0 4',
    ]);
  });

  it('of another trail of the same key are found, with their seals', async () => {
    const [disk, other] = [await diskWith(9), memoryDisk()];
    const trail = await open(other.files);
    await appendAll(trail, 9, 500);
    await trail.close();
    let spliced = disk;
    for (const name of [linesFile(2), sealFile(2)]) {
      spliced = withFile(spliced, name, other.snapshot()[name]);
    }
    expect((await findingsOf(spliced))[0]).toBe('wrong_seal_link 000000000002.seal.json:0 4');
  });

  it('that stand at another place are found, with their seals', async () => {
    const disk = await diskWith(9);
    let moved = withFile(disk, linesFile(3), disk.snapshot()[linesFile(2)]);
    moved = withFile(moved, sealFile(3), disk.snapshot()[sealFile(2)]);
    expect((await findingsOf(moved))[0]).toBe('wrong_seal_link 000000000003.seal.json:0 7');
  });
});

describe('keys', () => {
  it('that are not given prove nothing', async () => {
    const report = await verify(await diskWith(4), undefined, [newSigner().publicKey]);
    expect(report.findings.kept[0]).toMatchObject({ code: 'unknown_key', file: sealFile(1) });
    expect(report.proven).toBeUndefined();
  });

  it('of someone else do not pass for those that are given', async () => {
    const forged = await diskWith(9, { current: NEXT_KEY });
    expect((await findingsOf(forged))[0]).toBe('unknown_key 000000000001.seal.json:0 1');
  });
});

describe('the head', () => {
  it('is found in a line, and told where it is another one', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files);
    const [, , , , fifth] = await appendAll(trail, 9);
    await trail.close();
    expect((await verify(disk, fifth)).head).toBe('found');
    const other = { sequence: 5, hash: '0'.repeat(64) };
    expect(await findingsOf(disk, other)).toEqual(['head_differs 000000000002.jsonl:2 5']);
    const beyond = { sequence: 10, hash: '0'.repeat(64) };
    expect(await findingsOf(disk, beyond)).toEqual(['head_missing 000000000004.jsonl:1 10']);
  });
});
