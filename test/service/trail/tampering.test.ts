import { sha256 } from '../../../src/platform/trail-keys';
import { sealName, segmentName } from '../../../src/service/trail/names';
import { writeLine } from '../../../src/service/trail/line';
import { writeSeal } from '../../../src/service/trail/seal';
import { createDisk, diskWith, SIGNER, STRANGER, verify } from './support';
import type { Disk } from './support';

const LINES = 10;

/** The same files on a disk of their own. */
function copyOf(disk: Disk): Disk {
  const copy = createDisk();
  for (const [name, bytes] of disk.written) copy.written.set(name, Buffer.from(bytes));
  return copy;
}

function linesOf(disk: Disk, name: string): string[] {
  return (disk.written.get(name) ?? Buffer.alloc(0)).toString().split(/(?<=\n)/u);
}

function withLines(disk: Disk, name: string, lines: readonly string[]): Disk {
  const copy = copyOf(disk);
  copy.written.set(name, Buffer.from(lines.join('')));
  return copy;
}

let disk: Disk;
let files: readonly string[];

beforeAll(async () => {
  disk = await diskWith(LINES);
  files = await disk.list();
});

describe('a trail that nobody touched', () => {
  it('is proven to its last line, by three seals', async () => {
    const proof = await verify(disk);
    expect(files).toEqual([1, 5, 9].flatMap((first) => [segmentName(first), sealName(first)]));
    expect(proof).toMatchObject({
      segments: 3,
      sealed: { sequence: 10 },
      chained: { sequence: 10 },
    });
    expect(proof).not.toHaveProperty('finding');
    expect(await verify(disk, proof.chained)).toEqual(proof);
  });
});

describe('tampering', () => {
  it('is found for every bit of every byte, in the file and line where it is', async () => {
    let flips = 0;
    for (const name of files) {
      const bytes = disk.written.get(name) ?? Buffer.alloc(0);
      for (let index = 0; index < bytes.length; index += 1) {
        const copy = copyOf(disk);
        const changed = Buffer.from(bytes);
        changed[index] = (changed[index] ?? 0) ^ (1 << (index % 8));
        copy.written.set(name, changed);
        const { finding } = await verify(copy);
        const line = bytes.subarray(0, index).filter((byte) => byte === 0x0a).length + 1;
        const expected = name.endsWith('.jsonl') ? { file: name, line } : { file: name };
        expect({ name, index, finding }).toMatchObject({ name, index, finding: expected });
        flips += 1;
      }
    }
    expect(flips).toBeGreaterThan(2000);
  });

  it('is found for every line that is removed, doubled or swapped with the next one', async () => {
    for (const name of files.filter((each) => each.endsWith('.jsonl'))) {
      const lines = linesOf(disk, name);
      for (const [index, line] of lines.entries()) {
        const removed = withLines(disk, name, lines.toSpliced(index, 1));
        const isLast = index === lines.length - 1;
        // Without its last line, a segment holds together, and is not what was sealed.
        const place = isLast
          ? { code: 'bad_seal' }
          : { code: 'sequence', file: name, line: index + 1 };
        expect((await verify(removed)).finding).toMatchObject(place);
        const doubled = withLines(disk, name, lines.toSpliced(index, 0, line));
        expect((await verify(doubled)).finding).toMatchObject({
          code: 'sequence',
          line: index + 2,
        });
        if (isLast) continue;
        const swapped = withLines(
          disk,
          name,
          lines.toSpliced(index, 2, lines[index + 1] ?? '', line),
        );
        expect((await verify(swapped)).finding).toMatchObject({
          code: 'sequence',
          line: index + 1,
        });
      }
    }
  });

  it('is found for every cut of every file', async () => {
    for (const name of files) {
      const bytes = disk.written.get(name) ?? Buffer.alloc(0);
      for (let size = 0; size < bytes.length; size += 1) {
        const copy = copyOf(disk);
        copy.written.set(name, bytes.subarray(0, size));
        expect({ name, size, ...(await verify(copy)) }).toHaveProperty('finding');
      }
    }
  });

  it('is found for every file that is missing, save the last ones, which only the head shows', async () => {
    const { chained } = await verify(disk);
    const codes: Record<string, string | undefined> = {};
    for (const name of files) {
      const copy = copyOf(disk);
      copy.written.delete(name);
      codes[name] = (await verify(copy)).finding?.code;
    }
    expect(codes).toEqual({
      [segmentName(1)]: 'missing_start',
      [sealName(1)]: 'missing_seal',
      [segmentName(5)]: 'missing_segment',
      [sealName(5)]: 'missing_seal',
      [segmentName(9)]: undefined,
      [sealName(9)]: undefined,
    });
    const cut = copyOf(disk);
    cut.written.delete(segmentName(9));
    cut.written.delete(sealName(9));
    const proof = await verify(cut, chained);
    expect(proof).toMatchObject({ sealed: { sequence: 8 }, finding: { code: 'cut_tail' } });
    expect((await verify(cut)).sealed).toMatchObject({ sequence: 8 });
  });

  it('is found for a part of another trail, and for one that was written anew with another key', async () => {
    const other = await diskWith(LINES + 1);
    for (const name of files) {
      const spliced = copyOf(disk);
      spliced.written.set(name, other.written.get(name) ?? Buffer.alloc(0));
      const isSame = disk.written.get(name)?.equals(other.written.get(name) ?? Buffer.alloc(0));
      if (isSame !== true) expect(await verify(spliced)).toHaveProperty('finding');
    }
    const forged = createDisk();
    const line = writeLine(
      { sequence: 0, hash: '0'.repeat(64) },
      { kind: 'record', body: '{}' },
      sha256,
    );
    const at = '2026-01-30T00:00:00.000Z';
    const sealed = { first: 1, hashes: [line.head.hash], previous: '' };
    forged.written.set(segmentName(1), Buffer.from(line.text));
    forged.written.set(
      sealName(1),
      Buffer.from(writeSeal(sealed, { signer: STRANGER, sha256, at })),
    );
    expect((await verify(forged)).finding).toMatchObject({
      code: 'bad_seal',
      message: 'its key is none of those given',
    });
    forged.written.set(sealName(1), Buffer.from(writeSeal(sealed, { signer: SIGNER, sha256, at })));
    expect(await verify(forged)).not.toHaveProperty('finding');
    const { chained } = await verify(disk);
    expect((await verify(forged, { ...chained, sequence: 1 })).finding).toMatchObject({
      code: 'other_head',
    });
  });
});
