import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createDirectoryFiles } from '../../src/audit/files/directory-files';
import { open, verify } from '../service/trail/support';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-trail-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('the files of a trail', () => {
  it('hold a trail that goes on where it was', async () => {
    const files = createDirectoryFiles(directory);
    for (const numbers of [[1, 2, 3, 4, 5], [6]]) {
      const trail = await open(files);
      await Promise.all(numbers.map((n) => trail.append('record', JSON.stringify({ n }))));
      await trail.close();
    }
    expect(await verify(files)).toMatchObject({ sealed: { sequence: 6 } });
    expect(await verify(files)).not.toHaveProperty('finding');
  });

  it('are readable by nobody else', async () => {
    await createDirectoryFiles(directory).append('a', 'x');
    expect(statSync(join(directory, 'a')).mode & 0o007).toBe(0);
  });

  it('add, cut and create, over what a crash left of a file that was to be whole', async () => {
    const files = createDirectoryFiles(directory);
    await files.append('a', 'one');
    await files.append('a', 'two');
    await files.truncate('a', 4);
    writeFileSync(join(directory, 'b.tmp'), 'half');
    await files.create('b', 'whole');
    expect(await files.list()).toEqual(['a', 'b']);
    expect(readFileSync(join(directory, 'a'), 'utf8')).toBe('onet');
    expect(Buffer.from(await files.read('b')).toString()).toBe('whole');
  });

  it('reject where the directory is missing', async () => {
    const files = createDirectoryFiles(join(directory, 'missing'));
    await expect(files.append('a', 'x')).rejects.toThrow('ENOENT');
    await expect(files.list()).rejects.toThrow('ENOENT');
  });
});
