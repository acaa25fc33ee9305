import fc from 'fast-check';

import { trailCrypto } from '../../../src/platform/trail-keys';
import type { SinkRecord } from '../../../src/ports/record-sink';
import type { Trail } from '../../../src/ports/trail';
import type { TrailReader } from '../../../src/ports/trail-files';
import { createAppendSignal } from '../../../src/service/sinks/append-signal';
import { createTrailSource } from '../../../src/service/sinks/trail-source';
import { readTrail } from '../../../src/service/trail/read-trail';
import { runs, Spread } from '../../laws/support/runs';
import { memoryDisk, SystemError, type MemoryDisk } from '../trail/support/memory-disk';
import { appendAll, diskWith, KEY, newSigner, open, recordOf } from '../trail/support/trails';

const ROTATED = newSigner();

/** Every line that can be read, as the trail's own reader has it. */
async function linesOn(disk: MemoryDisk): Promise<readonly SinkRecord[]> {
  const records: SinkRecord[] = [];
  const { files } = memoryDisk(disk.snapshot());
  for await (const entry of readTrail({ reader: files, crypto: trailCrypto })) {
    if ('problem' in entry) continue;
    const { sequence, previous: prev, kind, content, hash } = entry.line;
    const json = JSON.stringify({ seq: sequence, prev, kind, [kind]: content, hash });
    records.push({ sequence, id: `t:${String(sequence)}`, json });
  }
  return records;
}

/** A reader that takes its time, and counts the bytes that it gives. */
function countingReader(files: TrailReader): TrailReader & { readonly counts: { bytes: number } } {
  const counts = { bytes: 0 };
  const later = () => new Promise((resolve) => setImmediate(resolve));
  return {
    counts,
    list: async () => later().then(() => files.list()),
    read: (name, maxBytes) => files.read(name, maxBytes),
    size: (name) => files.size(name),
    readFrom: async (name, offset, maxBytes) => {
      await later();
      const bytes = await files.readFrom(name, offset, maxBytes);
      counts.bytes += bytes.length;
      return bytes;
    },
  };
}

type Step =
  | { readonly kind: 'records'; readonly count: number; readonly chars: number }
  | { readonly kind: 'gap' | 'rotation' | 'tick' }
  | { readonly kind: 'failure'; readonly tornBytes: number }
  | { readonly kind: 'removal'; readonly through: number }
  | {
      readonly kind: 'read';
      readonly reader: number;
      readonly max: number;
      readonly waits: boolean;
    }
  | { readonly kind: 'jump'; readonly reader: number; readonly share: number };

const READERS = 3;

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('records' as const),
      count: fc.integer({ min: 1, max: 5 }),
      chars: fc.constantFrom(0, 10, 20, 30, 300_000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('gap', 'rotation', 'tick') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('failure' as const),
      tornBytes: fc.integer({ min: 0, max: 400 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('removal' as const),
      through: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      reader: fc.nat({ max: READERS - 1 }),
      max: fc.integer({ min: 1, max: 6 }),
      waits: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('jump' as const),
      reader: fc.nat({ max: READERS - 1 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
);

/** Eight lines a segment: with long ones, a segment has more than is read at once. */
const LIMITS = { maxLines: 8, maxBytes: 100_000_000, maxAgeMs: 60_000 };

/** A trail with readers that each go their own way, while all that can happen to a trail happens. */
class Scene {
  private readonly disk = memoryDisk();
  private readonly signal = createAppendSignal();
  private readonly next: number[] = Array.from({ length: READERS }, () => 1);
  private readonly source;
  private readonly spread: Spread;
  private readonly read: SinkRecord[] = [];
  /** Everything that ever was in the trail, by its number; what is certain never changes. */
  private readonly written = new Map<number, SinkRecord>();
  private trail: Trail | undefined;
  private current = KEY;
  private hasRung = false;

  constructor(spread: Spread) {
    this.spread = spread;
    this.source = createTrailSource({
      trail: { head: () => this.trail?.head() },
      reader: countingReader(this.disk.files),
      id: 't',
      appended: this.signal,
    });
    this.signal.onAppended(() => (this.hasRung = true));
  }

  async run(steps: readonly Step[]): Promise<void> {
    this.trail = await this.opened();
    const reading: Promise<void>[] = [];
    for (const each of steps) {
      if (each.kind !== 'read') await this.change(each);
      else if (each.waits) await this.readSome(each);
      else reading.push(this.readSome(each));
    }
    await Promise.all(reading);
    expect(this.hasRung || this.source.head < 2).toBe(true);
    await this.note();
    for (const record of this.read) expect(record).toEqual(this.written.get(record.sequence));
    for (const first of this.next) await this.readToTheEnd(first);
    await this.trail.close();
  }

  private opened(previous = this.current): Promise<Trail> {
    const { current, signal } = this;
    return open(this.disk.files, { current, previous, limits: LIMITS, onCommitted: signal.ring });
  }

  private async note(): Promise<readonly SinkRecord[]> {
    const lines = await linesOn(this.disk);
    const certain = lines.filter(({ sequence }) => sequence <= this.source.head);
    for (const line of certain) this.written.set(line.sequence, line);
    return certain;
  }

  private async change(each: Exclude<Step, { readonly kind: 'read' }>): Promise<void> {
    const { trail } = this;
    if (trail === undefined) return;
    this.spread.add(each.kind);
    switch (each.kind) {
      case 'records':
        await Promise.all(
          Array.from({ length: each.count }, () =>
            trail.append(JSON.stringify({ text: 'ü'.repeat(each.chars / 2) })),
          ),
        );
        break;
      case 'gap':
        await trail.gap({ not_written: 2 });
        break;
      case 'tick':
        await trail.tick();
        break;
      case 'failure':
        await this.failOnce(trail, each.tornBytes);
        break;
      case 'rotation':
        await this.rotate(trail);
        break;
      case 'removal':
        await this.note();
        await trail.remove(each.through, 'a test').catch(() => {
          this.spread.add('not removed');
        });
        break;
      case 'jump':
        this.next[each.reader] = 1 + Math.floor(each.share * this.source.head);
        break;
    }
  }

  private async failOnce(trail: Trail, tornBytes: number): Promise<void> {
    this.disk.tornBytes = tornBytes;
    this.disk.onOperation = (operation) => {
      if (operation === 'append') throw new SystemError('ENOSPC');
    };
    await trail.append(recordOf(0)).catch(() => undefined);
    this.disk.onOperation = () => undefined;
  }

  /** Once only: a key that was replaced does not come back. */
  private async rotate(trail: Trail): Promise<void> {
    if (this.current === ROTATED) return;
    await trail.close();
    this.current = ROTATED;
    this.trail = await this.opened(KEY);
  }

  private async readSome({ reader, max }: { readonly reader: number; readonly max: number }) {
    const first = this.next[reader] ?? 1;
    const records = await this.source.readFrom(first, max).catch(() => undefined);
    if (records === undefined) {
      this.spread.add('refused');
      return;
    }
    expect(records.length).toBeLessThanOrEqual(max);
    const numbers = records.map(({ sequence }) => sequence);
    const [start = first] = numbers;
    expect(numbers).toEqual(records.map((_, index) => start + index));
    this.spread.add(records.length === 0 ? 'nothing' : start > first ? 'behind a hole' : 'lines');
    this.read.push(...records);
    this.next[reader] = Math.max(first, (numbers.at(-1) ?? 0) + 1);
  }

  private async readToTheEnd(first: number): Promise<void> {
    const records: SinkRecord[] = [];
    for (let next = first; ;) {
      const some = await this.source.readFrom(next, 4);
      if (some.length === 0) break;
      records.push(...some);
      next = (some.at(-1)?.sequence ?? 0) + 1;
    }
    const certain = await this.note();
    expect(records).toEqual(certain.filter(({ sequence }) => sequence >= first));
  }
}

describe('the lines of a trail, for sinks', () => {
  it('are those that its own reader has, whatever happens to it meanwhile', async () => {
    const spread = new Spread();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        await new Scene(spread).run(steps);
      }),
      { numRuns: runs(120) },
    );
    spread.expectAtLeast(60, 'records', 'gap', 'rotation', 'tick', 'failure', 'removal', 'jump');
    spread.expectAtLeast(30, 'not removed', 'behind a hole');
    spread.expectAtLeast(150, 'lines', 'nothing');
  });
});

const sourceOn = (disk: MemoryDisk, head: number, reader = countingReader(disk.files)) =>
  createTrailSource({
    trail: { head: () => ({ sequence: head, hash: '' }) },
    ...{ reader, id: 't', appended: createAppendSignal() },
  });

describe('reading a trail from where one was', () => {
  it('reads no segment from its beginning again', async () => {
    const disk = memoryDisk();
    const limits = { maxLines: 100, maxBytes: 100_000_000, maxAgeMs: 60_000 };
    const trail = await open(disk.files, { limits });
    const long = JSON.stringify({ text: 'x'.repeat(250_000) });
    await Promise.all(Array.from({ length: 40 }, () => trail.append(long)));
    const reader = countingReader(disk.files);
    const source = sourceOn(disk, 40, reader);
    const numbers: number[] = [];
    for (let next = 1; next <= 40; next = numbers.length + 1) {
      const records = await source.readFrom(next, 500);
      // What is held is bounded by bytes, too.
      expect(records.length).toBeLessThanOrEqual(4);
      numbers.push(...records.map(({ sequence }) => sequence));
    }
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    // Each chunk has 1.05 MB, of which 1 MB or 0.75 MB are new.
    expect(reader.counts.bytes).toBeLessThan(16_000_000);
  });

  it('gives what is certain, and nothing behind it', async () => {
    const disk = await diskWith(7);
    const source = sourceOn(disk, 5);
    expect((await source.readFrom(2, 100)).map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect((await source.readFrom(4, 100)).map(({ sequence }) => sequence)).toEqual([4, 5]);
    expect(await source.readFrom(6, 100)).toEqual([]);
  });

  it.each([
    ['malformed', 'x\n'.repeat(40)],
    ['too long', `{"seq":1,${'x'.repeat(1_100_000)}`],
  ])('rejects what is no line, and says where it stands: %s', async (_what, text) => {
    const disk = memoryDisk({ '000000000001.jsonl': new TextEncoder().encode(text) });
    await expect(sourceOn(disk, 1).readFrom(1, 10)).rejects.toThrow(
      '`000000000001.jsonl` has at byte 0 what is no line of a trail',
    );
  });

  it('rejects a line that is no UTF-8', async () => {
    const text = new TextEncoder().encode('{"seq":1,"prev":"........................"}\n');
    text[20] = 0xff;
    const disk = memoryDisk({ '000000000001.jsonl': text });
    await expect(sourceOn(disk, 1).readFrom(1, 10)).rejects.toThrow('what is no line of a trail');
  });

  it('gives nothing where there is nothing', async () => {
    expect(await sourceOn(memoryDisk(), 3).readFrom(1, 10)).toEqual([]);
  });
});

describe('the writer of a trail', () => {
  it('calls once for each commit, after the lines are certain', async () => {
    const heads: (number | undefined)[] = [];
    const onCommitted = (): void => void heads.push(trail.head()?.sequence);
    const trail = await open(memoryDisk().files, { onCommitted });
    await appendAll(trail, 2);
    await Promise.all([trail.append(recordOf(3)), trail.append(recordOf(4))]);
    await trail.close();
    expect(heads).toEqual([1, 2, 4]);
  });
});
