import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openBundleFiles } from '../../src/audit/files/bundle-files';

let folder = '';

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'ambit-bundles-')), 'bundles');
});

afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true });
});

it('are whole whenever they are there, also where the same one is written many times at once', async () => {
  const files = await openBundleFiles(folder);
  const text = 'x'.repeat(300_000);
  await Promise.all(Array.from({ length: 8 }, () => files.write('a.json', text)));
  expect(readdirSync(folder)).toEqual(['a.json']);
  expect(await files.read('a.json')).toBe(text);
  expect(statSync(join(folder, 'a.json')).mode & 0o777).toBe(0o600);
});

it('take the place of a link, and never go where it leads', async () => {
  const files = await openBundleFiles(folder);
  const elsewhere = join(folder, '..', 'elsewhere');
  symlinkSync(elsewhere, join(folder, 'a.json'));
  symlinkSync(elsewhere, join(folder, 'a.json.tmp'));
  await files.write('a.json', 'text');
  expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('text');
  expect(readdirSync(join(folder, '..'))).toEqual(['bundles']);
});

it('leave nothing behind where they cannot be written', async () => {
  const files = await openBundleFiles(folder);
  await expect(files.write('no/such', 'text')).rejects.toThrow('ENOENT');
  expect(readdirSync(folder)).toEqual([]);
});
