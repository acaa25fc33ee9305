import { linesFile, sealFile, temporaryFile } from '../../../src/service/trail/file-names';
import { TrailDamage } from '../../../src/service/trail/trail-error';
import { memoryDisk, type MemoryDisk } from './support/memory-disk';
import {
  appendAll,
  diskWith,
  findingsOf,
  open,
  recordOf,
  recordsOn,
  textOn,
  verify,
  withFile,
} from './support/trails';

/** One sealed segment of three lines, and two lines behind it, with no writer any more. */
async function abandoned(): Promise<MemoryDisk> {
  const disk = memoryDisk();
  await appendAll(await open(disk.files), 5);
  return memoryDisk(disk.snapshot());
}

describe('opening after a crash', () => {
  it('seals what was not sealed, and goes on', async () => {
    const disk = await abandoned();
    const trail = await open(disk.files);
    expect(trail.head()?.sequence).toBe(5);
    expect(await verify(disk)).toMatchObject({ proven: { sequence: 5 }, unsealed: 0 });
    expect((await trail.append(recordOf(6))).sequence).toBe(6);
    expect(await findingsOf(disk, trail.head())).toEqual([]);
  });

  it('cuts a torn line wherever it is torn, and notes how many bytes went', async () => {
    const whole = await abandoned();
    const file = linesFile(2);
    const bytes = whole.snapshot()[file] ?? new Uint8Array();
    const firstEnd = bytes.indexOf(0x0a) + 1;
    for (let size = firstEnd + 1; size < bytes.length - 1; size += 1) {
      const disk = withFile(whole, file, bytes.slice(0, size));
      const trail = await open(disk.files);
      await trail.append(recordOf(9));
      expect(recordsOn(disk)).toEqual([1, 2, 3, 4, 9].map(recordOf));
      expect(textOn(disk, linesFile(3))).toContain(`"cutBytes":${String(size - firstEnd)}`);
      expect(await findingsOf(disk, trail.head())).toEqual([]);
    }
  });

  it('keeps a whole line that only lacks its end', async () => {
    const whole = await abandoned();
    const disk = withFile(whole, linesFile(2), textOn(whole, linesFile(2)).trimEnd());
    const trail = await open(disk.files);
    expect(trail.head()?.sequence).toBe(5);
    expect(recordsOn(disk)).toEqual([1, 2, 3, 4, 5].map(recordOf));
    expect(await findingsOf(disk, trail.head())).toEqual([]);
  });

  it('takes away a segment of which nothing is whole, and files that never were', async () => {
    const whole = await diskWith(3);
    for (const content of ['', '{"seq":4,"pr']) {
      let disk = withFile(whole, linesFile(2), content);
      disk = withFile(disk, temporaryFile(sealFile(1)), 'half');
      const trail = await open(disk.files);
      expect(disk.snapshot()).not.toHaveProperty([temporaryFile(sealFile(1))]);
      expect((await trail.append(recordOf(4))).sequence).toBe(content === '' ? 4 : 5);
      expect(await findingsOf(disk, trail.head())).toEqual([]);
    }
  });

  it('leaves alone what is not the trail’s', async () => {
    const disk = withFile(await diskWith(3), 'notes.txt', 'mine');
    await (await open(disk.files)).close();
    expect(textOn(disk, 'notes.txt')).toBe('mine');
  });
});

describe('opening refuses', () => {
  const END = /\{"seq":5.*$/s;
  const CASES: readonly (readonly [
    what: string,
    file: string,
    act: (text: string) => string | undefined,
    place: string,
  ])[] = [
    [
      'a changed line behind the seal',
      linesFile(2),
      (text) => text.replace('d-4', 'd-8'),
      'wrong_hash 1',
    ],
    [
      'a changed line before the seal',
      linesFile(1),
      (text) => text.replace('d-2', 'd-8'),
      'wrong_hash 2',
    ],
    [
      'a removed line',
      linesFile(2),
      (text) => text.slice(text.indexOf('\n') + 1),
      'wrong_sequence 1',
    ],
    [
      'a missing line before the seal',
      linesFile(1),
      (text) => text.replace(/\{"seq":3.*\n/, ''),
      'missing_lines 3',
    ],
    [
      'a whole last line with another end',
      linesFile(2),
      (text) => `${text.trimEnd()}x`,
      'incomplete_line 2',
    ],
    [
      'a whole last line that is changed and has no end',
      linesFile(2),
      (text) => text.trimEnd().replace('d-5', 'd-8'),
      'incomplete_line 2',
    ],
    [
      'an end that is the beginning of no line',
      linesFile(2),
      (text) => text.replace(END, 'zz'),
      'incomplete_line 2',
    ],
    [
      'an end that is the beginning of another line',
      linesFile(2),
      (text) => text.replace(END, '{"seq":6,"prev"'),
      'incomplete_line 2',
    ],
    [
      'a changed seal',
      sealFile(1),
      (text) => text.replace('"first":1', '"first":2'),
      'wrong_seal_signature 0',
    ],
    ['a missing seal', sealFile(1), () => undefined, 'missing_seal 0'],
    ['missing lines', linesFile(1), () => undefined, 'missing_segment 0'],
  ];

  it.each(CASES)('%s, and names the place', async (_, file, act, place) => {
    const whole = await abandoned();
    const disk = withFile(whole, file, act(textOn(whole, file)));
    const before = disk.snapshot();
    const error = await open(disk.files).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const [code, line] = place.split(' ');
    expect(error).toBeInstanceOf(TrailDamage);
    expect(error).toMatchObject({ finding: { code, file, line: Number(line) } });
    expect(disk.snapshot()).toEqual(before);
    // Whoever mends the trail can open it.
    await expect(disk.files.lock()).resolves.toBeDefined();
  });

  it('a sealed segment of another size, long before the end', async () => {
    const whole = await diskWith(9);
    const disk = withFile(whole, linesFile(1), textOn(whole, linesFile(1)).slice(1));
    await expect(open(disk.files)).rejects.toThrow('seal_mismatch');
  });

  it('a second writer', async () => {
    const disk = await diskWith(1);
    await open(disk.files);
    await expect(open(disk.files)).rejects.toThrow('locked');
  });
});
