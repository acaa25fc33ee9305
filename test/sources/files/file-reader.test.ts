import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { Readable } from 'node:stream';

import { createFileReader } from '../../../src/sources/files/file-reader';
import { MAX_DIRECTORY_FILES, MAX_FILE_BYTES } from '../../../src/sources/files/limits';
import { makeDirectory } from './support/temporary';
import type { TemporaryDirectory } from './support/temporary';

const reader = createFileReader();

let directory: TemporaryDirectory;

beforeEach(() => {
  directory = makeDirectory();
});

afterEach(() => {
  directory.remove();
});

function write(name: string, content: string | Buffer = 'x: 1\n'): string {
  writeFileSync(directory.at(name), content);
  return directory.at(name);
}

/** The names that a path stands for, beneath the test's directory. */
async function names(path = directory.path): Promise<unknown> {
  const expansion = await reader.expand(path);
  return 'paths' in expansion
    ? expansion.paths.map((each) => relative(directory.path, each))
    : expansion;
}

describe('a directory', () => {
  it('stands for its policy files by name, whatever else is in it', async () => {
    for (const name of ['b.yaml', 'A.YML', 'c.json', 'a.yaml']) write(name);
    for (const name of ['notes.txt', 'yaml', 'x.yaml.bak', '.hidden.yaml', '..data.yaml'])
      write(name);
    mkdirSync(directory.at('deeper'));
    mkdirSync(directory.at('folder.yaml'));
    write('deeper/d.yaml');
    expect(await names()).toEqual(['A.YML', 'a.yaml', 'b.yaml', 'c.json']);
  });

  it('stands for links, too, be they dangling: reading tells of those', async () => {
    mkdirSync(directory.at('..v1'));
    write('..v1/policy.yaml');
    symlinkSync('..v1/policy.yaml', directory.at('policy.yaml'));
    symlinkSync('nowhere', directory.at('gone.yaml'));
    symlinkSync('..v1', directory.at('linked.yaml'));
    expect(await names()).toEqual(['gone.yaml', 'policy.yaml']);
    expect(await reader.read(directory.at('gone.yaml'))).toEqual({
      failure: 'there is no such file',
    });
  });

  it('may be empty, and may be reached by a link', async () => {
    mkdirSync(directory.at('empty'));
    symlinkSync('empty', directory.at('link'));
    expect(await reader.expand(directory.at('link'))).toEqual({ kind: 'directory', paths: [] });
  });

  it('holds so many policy files at most', async () => {
    for (let index = 0; index < MAX_DIRECTORY_FILES; index += 1) write(`${String(index)}.yaml`, '');
    expect(await names()).toHaveLength(MAX_DIRECTORY_FILES);
    write('one-more.yaml');
    expect(await names()).toEqual({ failure: 'it holds more than 2048 policy files' });
  });

  it('is no file to read', async () => {
    expect(await reader.read(directory.path)).toEqual({ failure: 'it is a directory' });
  });
});

describe('a path of a file', () => {
  it('stands for itself, whatever its name', async () => {
    expect(await reader.expand(write('.notes'))).toEqual({
      kind: 'file',
      paths: [directory.at('.notes')],
    });
  });

  it.each([
    ['none.yaml', 'there is no such file'],
    ['file/x.yaml', 'a part of the path is not a directory'],
    ['circle', 'its links lead in a circle'],
    ['a\0b', 'the system answers ERR_INVALID_ARG_VALUE'],
  ])('that leads nowhere says so: %j', async (name, failure) => {
    write('file');
    symlinkSync('circle', directory.at('circle'));
    expect(await reader.expand(directory.at(name))).toEqual({ failure });
    expect(await reader.read(directory.at(name))).toEqual({ failure });
  });

  it('has one identity, however it is written', async () => {
    write('a.yaml');
    mkdirSync(directory.at('d'));
    symlinkSync('../a.yaml', directory.at('d/link.yaml'));
    const paths = ['a.yaml', 'd/../a.yaml', './a.yaml', 'd/link.yaml'].map(
      (path) => `${directory.path}/${path}`,
    );
    const identities = await Promise.all(paths.map((path) => reader.identityOf(path)));
    expect(new Set(identities)).toEqual(new Set([directory.at('a.yaml')]));
    expect(await reader.identityOf(`${directory.path}/d/../none`)).toBe(directory.at('none'));
    expect(await reader.identityOf('-')).toBe('-');
  });
});

describe('the text of a file', () => {
  it.each([
    ['empty', ''],
    ['with a byte order mark', '\uFEFFx: 1\n'],
    ['of all planes', 'ü ✓ 𝔸\0\r\n'],
  ])('is what it holds, unchanged: %s', async (_, text) => {
    const path = write('a.yaml', text);
    expect(await reader.read(path)).toEqual({ file: { name: path, text } });
  });

  it.each([
    ['Latin-1', Buffer.from('ü', 'latin1')],
    ['UTF-16', Buffer.from('\uFEFFx', 'utf16le')],
    ['a surrogate', Buffer.of(0xed, 0xa0, 0x80)],
    ['cut within a letter', Buffer.from('✓').subarray(0, 2)],
  ])('is none where it is no UTF-8: %s', async (_, bytes) => {
    expect(await reader.read(write('a.yaml', bytes))).toEqual({ failure: 'it is not UTF-8 text' });
  });

  it('has so many bytes at most', async () => {
    const path = write('a.yaml', Buffer.alloc(MAX_FILE_BYTES, 'x'));
    expect(await reader.read(path)).toMatchObject({ file: { name: path } });
    truncateSync(path, MAX_FILE_BYTES + 1);
    expect(await reader.read(path)).toEqual({ failure: 'it is larger than 8388608 bytes' });
  });

  it('is not waited for where nobody writes into a pipe', async () => {
    execFileSync('mkfifo', [directory.at('pipe.yaml')]);
    expect(await reader.read(directory.at('pipe.yaml'))).toEqual({
      failure: 'it is not a regular file',
    });
    expect(await reader.read('/dev/null')).toEqual({ failure: 'it is not a regular file' });
  });
});

describe('the standard input', () => {
  const read = (...chunks: readonly (string | Buffer)[]) =>
    createFileReader(Readable.from(chunks)).read('-');

  it('is one file by the name of stdin, read once', async () => {
    const piped = createFileReader(Readable.from(['x: ', Buffer.from('1\n')]));
    expect(await piped.expand('-')).toEqual({ kind: 'file', paths: ['-'] });
    const [first, second] = await Promise.all([piped.read('-'), piped.read('-')]);
    expect(first).toEqual({ file: { name: 'stdin', text: 'x: 1\n' } });
    expect(second).toBe(first);
    expect(await piped.read('-')).toBe(first);
  });

  it('may split a letter between two chunks', async () => {
    const bytes = Buffer.from('✓');
    expect(await read(bytes.subarray(0, 1), bytes.subarray(1))).toMatchObject({
      file: { text: '✓' },
    });
  });

  it.each<[string, readonly (string | Buffer)[], string]>([
    ['too long', [Buffer.alloc(MAX_FILE_BYTES), 'x'], 'it is larger than 8388608 bytes'],
    ['no UTF-8', [Buffer.of(0xff)], 'it is not UTF-8 text'],
  ])('is refused where it is %s', async (_, chunks, failure) => {
    expect(await read(...chunks)).toEqual({ failure });
  });

  it('that fails is a failure', async () => {
    const broken = new Readable({
      read() {
        this.destroy(Object.assign(new Error('x'), { code: 'EIO' }));
      },
    });
    expect(await createFileReader(broken).read('-')).toEqual({ failure: 'the system answers EIO' });
  });
});

describe('an included path', () => {
  it.each([
    ['d/bundle.yaml', 'p.yaml', 'd/p.yaml'],
    ['d/bundle.yaml', './deeper/../p.yaml', 'd/p.yaml'],
    ['d/bundle.yaml', '..p.yaml', 'd/..p.yaml'],
    ['bundle.yaml', 'd/p.yaml', 'd/p.yaml'],
    ['bundle.yaml', '/etc/x/../p.yaml', '/etc/p.yaml'],
  ])('of `%s`, `%s`, is `%s`', (from, included, path) => {
    expect(reader.resolve(from, included)).toEqual({ path });
  });

  it.each(['../p.yaml', 'deeper/../../p.yaml', '..', 'x/../..'])(
    'does not leave the directory of the file that names it: `%s`',
    (included) => {
      expect(reader.resolve('d/bundle.yaml', included)).toEqual({
        failure:
          'it lies outside the directory of the file that includes it; give its absolute path',
      });
    },
  );

  it.each(['', 'a\0b'])('is none: %j', (included) => {
    expect(reader.resolve('d/bundle.yaml', included)).toEqual({ failure: 'it is no path' });
  });
});
