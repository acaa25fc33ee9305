import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { SourceReading, SourceWatch } from '../../../src/ports/policy-source';
import { createFileReader } from '../../../src/sources/files/file-reader';
import { createFileSource } from '../../../src/sources/files/file-source';
import { until } from '../../contract/support/until';

const source = () => createFileSource(createFileReader());
let directory = '';
const watches: SourceWatch[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-source-'));
  writeFileSync(join(directory, 'a.yaml'), 'one');
  writeFileSync(join(directory, 'b.yaml'), 'two');
});

afterEach(() => {
  for (const watch of watches.splice(0)) watch.close();
  rmSync(directory, { recursive: true });
});

const at = (name: string): string => join(directory, name);

/** Reads everything in the directory. */
async function readAll({ reader }: SourceReading): Promise<readonly string[]> {
  const expansion = await reader.expand(directory);
  if ('failure' in expansion) return [];
  const read = await Promise.all(expansion.paths.map((path) => reader.read(path)));
  return read.map((each) => ('file' in each ? each.file.text : each.failure));
}

describe('a reading', () => {
  it('is whole where nothing changed meanwhile', async () => {
    const reading = source().open();
    expect(await readAll(reading)).toEqual(['one', 'two']);
    expect(await reading.isWhole()).toBe(true);
  });

  it('is not whole where a file changed without a trace but its text, as within one tick of the clock', async () => {
    const files = createFileReader();
    let readings = 0;
    const reading = createFileSource({
      ...files,
      read: (path) => {
        readings += 1;
        const half = { file: { name: path, text: 'half' } };
        return readings === 1 ? Promise.resolve(half) : files.read(path);
      },
    }).open();
    expect(await readAll(reading)).toContain('half');
    expect(await reading.isWhole()).toBe(false);
  });

  it('gives a file that is read twice once', async () => {
    const reading = source().open();
    const first = await reading.reader.read(at('a.yaml'));
    writeFileSync(at('a.yaml'), 'changed');
    expect(await reading.reader.read(at('a.yaml'))).toEqual(first);
    expect(await reading.isWhole()).toBe(false);
  });

  it.each<[string, () => void]>([
    [
      'written to',
      () => {
        appendFileSync(at('a.yaml'), '!');
      },
    ],
    [
      'replaced by one of the same size and time',
      () => {
        writeFileSync(at('new'), 'eno');
        utimesSync(at('new'), 0, 0);
        renameSync(at('new'), at('a.yaml'));
      },
    ],
    [
      'removed',
      () => {
        unlinkSync(at('a.yaml'));
      },
    ],
    [
      'joined by another',
      () => {
        writeFileSync(at('c.yaml'), '');
      },
    ],
  ])('is not whole where a file was %s', async (_, change) => {
    utimesSync(at('a.yaml'), 0, 0);
    const reading = source().open();
    await readAll(reading);
    change();
    expect(await reading.isWhole()).toBe(false);
  });

  it('is whole where a file is missing and stays so', async () => {
    const reading = source().open();
    expect(await reading.reader.read(at('none'))).toHaveProperty('failure');
    expect(await reading.isWhole()).toBe(true);
  });
});

/** Reads everything, and counts what a watch says afterwards. */
async function watchAll(): Promise<{ changed: number; unchanged: number }> {
  const made = source();
  const reading = made.open();
  await readAll(reading);
  await reading.isWhole();
  const heard = { changed: 0, unchanged: 0 };
  watches.push(
    made.watch({
      onChange: async () => {
        const again = made.open();
        await readAll(again);
        if (await again.isWhole()) heard.changed += 1;
      },
      onUnchanged: () => {
        heard.unchanged += 1;
      },
    }),
  );
  return heard;
}

describe('a watch', () => {
  it.each<[string, () => void]>([
    [
      'written in place',
      () => {
        writeFileSync(at('a.yaml'), 'eno');
      },
    ],
    [
      'renamed over, with its time kept',
      () => {
        writeFileSync(at('new'), 'eno');
        utimesSync(at('new'), 0, 0);
        renameSync(at('new'), at('a.yaml'));
      },
    ],
    [
      'moved away and written anew, as editors do',
      () => {
        renameSync(at('a.yaml'), at('a.yaml~'));
        writeFileSync(at('a.yaml'), 'eno');
      },
    ],
    [
      'removed',
      () => {
        unlinkSync(at('a.yaml'));
      },
    ],
    [
      'joined by another',
      () => {
        writeFileSync(at('c.yaml'), '');
      },
    ],
  ])('tells of a file that was %s, once', async (_, change) => {
    const heard = await watchAll();
    change();
    await until(() => heard.changed > 0);
    const { unchanged } = heard;
    await until(() => heard.unchanged > unchanged);
    expect(heard.changed).toBe(1);
  });

  it('tells of a link that was swapped, as a mounted ConfigMap does', async () => {
    for (const name of ['..one', '..two']) {
      mkdirSync(at(name));
      writeFileSync(join(at(name), 'c.yaml'), name);
    }
    symlinkSync('..one', at('..data'));
    symlinkSync('..data/c.yaml', at('c.yaml'));
    const heard = await watchAll();
    symlinkSync('..two', at('..data.new'));
    renameSync(at('..data.new'), at('..data'));
    await until(() => heard.changed > 0);
  });

  it('tells that nothing changed where a file was only touched', async () => {
    const heard = await watchAll();
    utimesSync(at('a.yaml'), 0, 0);
    await until(() => heard.unchanged > 0);
    expect(heard.changed).toBe(0);
  });

  it('goes on where the whole directory went away and came back', async () => {
    const heard = await watchAll();
    rmSync(directory, { recursive: true });
    await until(() => heard.changed === 1);
    mkdirSync(directory);
    writeFileSync(at('a.yaml'), 'back');
    await until(() => heard.changed === 2);
  });

  it('tells nothing after it was closed', async () => {
    const heard = await watchAll();
    await until(() => heard.unchanged > 0);
    watches[0]?.close();
    const before = { ...heard };
    writeFileSync(at('a.yaml'), 'eno');
    // Another watch that has seen the change shows that this one would have.
    const other = await watchAll();
    writeFileSync(at('a.yaml'), 'noe');
    await until(() => other.changed > 0);
    expect(heard).toEqual(before);
  });
});
