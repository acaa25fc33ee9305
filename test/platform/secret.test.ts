import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readSecret } from '../../src/platform/secret';

const MAX_BYTES = 1024 * 1024;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-secret-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const read = (file: string) => readSecret({ file }, {});

describe('a file of a secret', () => {
  it('is read whole, through a link too, up to what one can hold', async () => {
    const file = join(folder, 'secret');
    const link = join(folder, 'link');
    const whole = Buffer.alloc(MAX_BYTES, 'x');
    writeFileSync(file, whole);
    symlinkSync(file, link);
    for (const path of [file, link]) {
      const reading = await read(path);
      expect('bytes' in reading && reading.bytes.equals(whole)).toBe(true);
    }
  });

  it('that is longer is refused before it fills the memory', async () => {
    const file = join(folder, 'secret');
    writeFileSync(file, '');
    for (const bytes of [MAX_BYTES + 1, 2 ** 40]) {
      truncateSync(file, bytes);
      expect(await read(file)).toEqual({ problem: `\`${file}\` is longer than 1048576 bytes` });
    }
  });

  it('that is a pipe is refused and not waited for', async () => {
    const file = join(folder, 'pipe');
    execFileSync('mkfifo', [file]);
    expect(await read(file)).toEqual({ problem: `\`${file}\` is no file` });
  });

  it.each(['/dev/zero', '/dev/null'])('that is the device %s is refused', async (file) => {
    expect(await read(file)).toEqual({ problem: `\`${file}\` is no file` });
  });

  it('that is missing or a directory is named with what the system says', async () => {
    const missing = join(folder, 'missing');
    expect(await read(missing)).toEqual({
      problem: `\`${missing}\` cannot be read: there is no such file`,
    });
    expect(await read(folder)).toEqual({
      problem: `\`${folder}\` cannot be read: it is a directory`,
    });
  });
});
