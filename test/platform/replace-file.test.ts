import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { replaceFile } from '../../src/platform/replace-file';

describe('replacing a file', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ambit-replace-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('makes it, or takes the place of what it holds, as UTF-8', () => {
    const path = join(directory, 'one');
    expect(replaceFile(path, 'old '.repeat(1000))).toBeUndefined();
    expect(replaceFile(path, 'néw')).toBeUndefined();
    expect(readFileSync(path)).toEqual(Buffer.from('néw'));
    expect(readdirSync(directory)).toEqual(['one']);
  });

  it('keeps a link, and replaces what it points to', () => {
    writeFileSync(join(directory, 'real'), 'old');
    symlinkSync('real', join(directory, 'link'));
    expect(replaceFile(join(directory, 'link'), 'new')).toBeUndefined();
    expect(readFileSync(join(directory, 'real'), 'utf8')).toBe('new');
    expect(readdirSync(directory).sort()).toEqual(['link', 'real']);
  });

  it('leaves whoever has the old file open with the old text', () => {
    const path = join(directory, 'one');
    writeFileSync(path, 'old');
    const open = openSync(path, 'r');
    expect(replaceFile(path, 'new')).toBeUndefined();
    expect(readFileSync(open, 'utf8')).toBe('old');
    closeSync(open);
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('never takes the place of what is no file', () => {
    mkdirSync(join(directory, 'folder'));
    expect(replaceFile(join(directory, 'folder'), 'x')).toBe('what stands there is no file');
    expect(replaceFile('/dev/null', 'x')).toBe('what stands there is no file');
    expect(readdirSync(directory)).toEqual(['folder']);
  });

  it('says why it could not, and leaves nothing behind', () => {
    writeFileSync(join(directory, 'file'), 'x');
    expect(replaceFile(join(directory, 'no', 'one'), 'x')).toBe('there is no such directory');
    expect(replaceFile(join(directory, 'file', 'one'), 'x')).toBe(
      'a part of the path is not a directory',
    );
    expect(readdirSync(directory)).toEqual(['file']);
  });
});
