import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';

import { createFileReader } from '../../../src/sources/files/file-reader';
import { createRecordingReader, isUnchanged } from '../../../src/sources/files/recording-reader';
import type { ReadingRecord, RecordingReader } from '../../../src/sources/files/recording-reader';
import { digestOf } from '../../../src/platform/digest';
import { createMemoryReader } from '../../cli/support/memory-reader';
import { makeDirectory } from './support/temporary';
import type { TemporaryDirectory } from './support/temporary';

const reader = createFileReader();

let directory: TemporaryDirectory;
let recording: RecordingReader;

beforeEach(() => {
  directory = makeDirectory();
  write('a.yaml', 'one');
  write('b.yaml', 'two');
  recording = createRecordingReader(reader);
});

afterEach(() => {
  directory.remove();
});

function write(name: string, text: string): void {
  writeFileSync(directory.at(name), text);
}

/** Reads the directory as loading does. */
async function readAll(): Promise<ReadingRecord> {
  const expansion = await recording.reader.expand(directory.path);
  if ('failure' in expansion) throw new Error(expansion.failure);
  for (const path of expansion.paths) await recording.reader.read(path);
  return recording.record();
}

describe('a record', () => {
  it('has every expansion, and the digest or the failure of every file', async () => {
    await recording.reader.read(directory.at('none.yaml'));
    const { expansions, contents } = await readAll();
    expect([...expansions.keys()]).toEqual([directory.path]);
    expect([...contents]).toEqual([
      [directory.at('none.yaml'), 'there is no such file'],
      [directory.at('a.yaml'), digestOf('one')],
      [directory.at('b.yaml'), digestOf('two')],
    ]);
  });

  it('leaves everything else to the reader inside', async () => {
    expect(recording.reader.resolve('d/x', 'y')).toEqual({ path: 'd/y' });
    expect(await recording.reader.identityOf(directory.at('a.yaml'))).toBe(directory.at('a.yaml'));
  });

  it('reads each path of one reading once, even where two ask at the same time', async () => {
    let reads = 0;
    const inner = createMemoryReader({ a: 'x' });
    const counting = createRecordingReader({
      ...inner,
      read: (path) => {
        reads += 1;
        return inner.read(path);
      },
    });
    const [first, second] = await Promise.all([
      counting.reader.read('a'),
      counting.reader.read('a'),
    ]);
    expect(first).toBe(second);
    expect(reads).toBe(1);
  });
});

describe('a later reading', () => {
  it.each<[string, boolean, () => void]>([
    ['nothing', true, () => undefined],
    [
      'a file written again as it was',
      true,
      () => {
        write('a.yaml', 'one');
      },
    ],
    [
      'a file that is none of its own',
      true,
      () => {
        write('notes.txt', 'x');
      },
    ],
    [
      'a text',
      false,
      () => {
        write('a.yaml', 'eno');
      },
    ],
    [
      'a byte order mark',
      false,
      () => {
        write('a.yaml', '\uFEFFone');
      },
    ],
    [
      'a file more',
      false,
      () => {
        write('c.yaml', '');
      },
    ],
    [
      'a file less',
      false,
      () => {
        rmSync(directory.at('b.yaml'));
      },
    ],
    [
      'a file of another name',
      false,
      () => {
        renameSync(directory.at('b.yaml'), directory.at('c.yaml'));
      },
    ],
    [
      'two files that have changed places',
      false,
      () => {
        write('a.yaml', 'two');
        write('b.yaml', 'one');
      },
    ],
    [
      'a link to another file',
      false,
      () => {
        rmSync(directory.at('a.yaml'));
        symlinkSync('b.yaml', directory.at('a.yaml'));
      },
    ],
  ])('compares what is there: %s', async (_, unchanged, change) => {
    const record = await readAll();
    change();
    expect(await isUnchanged(reader, record)).toBe(unchanged);
  });

  it('notices that a file has come, and that another has another fault', async () => {
    await recording.reader.read(directory.at('late'));
    const record = recording.record();
    expect(await isUnchanged(reader, record)).toBe(true);
    symlinkSync('late', directory.at('late'));
    expect(await isUnchanged(reader, record)).toBe(false);
    rmSync(directory.at('late'));
    write('late', 'x');
    expect(await isUnchanged(reader, record)).toBe(false);
  });
});

describe('what was read', () => {
  it('is no longer untouched where it was written as it was: something may have been between', async () => {
    await readAll();
    expect(await recording.isUntouched()).toBe(true);
    write('a.yaml', readFileSync(directory.at('a.yaml'), 'utf8'));
    expect(await recording.isUntouched()).toBe(false);
  });

  it('is marked before it is read, so that a change while it is read shows', async () => {
    const late = createRecordingReader({
      ...reader,
      read: (path) => {
        write('a.yaml', 'changed');
        return reader.read(path);
      },
    });
    await late.reader.read(directory.at('a.yaml'));
    expect(await late.isUntouched()).toBe(false);
  });
});
