import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeDirectory } from '../../src/platform/make-directory';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-make-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('makes all that is missing, for its owner alone, and leaves what is there', async () => {
  const path = join(folder, 'a', 'b');
  await makeDirectory(path);
  await makeDirectory(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700);
});

it('takes a link to a directory for one', async () => {
  symlinkSync(folder, join(folder, 'link'));
  await makeDirectory(join(folder, 'link', 'a'));
  expect(statSync(join(folder, 'a')).isDirectory()).toBe(true);
});

it('says in words why it cannot', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  symlinkSync(join(folder, 'gone'), join(folder, 'link'));
  const named = 'cannot be made: something else has this name';
  await expect(makeDirectory(file)).rejects.toThrow(`\`${file}\` ${named}`);
  await expect(makeDirectory(join(folder, 'link'))).rejects.toThrow(named);
  await expect(makeDirectory(join(folder, 'link', 'a'))).rejects.toThrow(named);
  await expect(makeDirectory(join(file, 'a'))).rejects.toThrow(
    'cannot be made: a part of the path is not a directory',
  );
});

it('comes to an end where the directory above refuses every name', async () => {
  await expect(makeDirectory('/proc/ambit')).rejects.toThrow(/^`\/proc\/ambit` cannot be made: /u);
});
