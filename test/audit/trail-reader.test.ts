import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createTrailReader } from '../../src/audit/files/trail-files';

describe('a reader of a directory that somebody else filled', () => {
  let directory = '';

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ambit-trail-'));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('reads a file, and not more than is wanted', async () => {
    writeFileSync(join(directory, 'a'), 'text');
    const reader = createTrailReader(directory);
    expect(Buffer.from(await reader.read('a', 4)).toString()).toBe('text');
    await expect(reader.read('a', 3)).rejects.toThrow('more than 3 bytes');
  });

  it('neither waits for a pipe nor reads a device that never ends', async () => {
    execFileSync('mkfifo', [join(directory, 'pipe')]);
    symlinkSync('/dev/zero', join(directory, 'device'));
    const reader = createTrailReader(directory);
    for (const name of ['pipe', 'device']) {
      await expect(reader.read(name, 1000)).rejects.toThrow('is no file');
      await expect(reader.readFrom(name, 0, 1000)).rejects.toThrow('is no file');
    }
  });
});
