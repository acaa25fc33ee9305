import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openCounterFile } from '../../src/audit/files/counter-file';

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-counter-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('the counter of a trail', () => {
  it('has what the process before wrote last, however it ended', () => {
    const first = openCounterFile(directory);
    expect(first.before).toBeUndefined();
    first.write({ made: 12, accounted: 10, sequence: 9 });
    first.write({ made: 13, accounted: 10, sequence: 9 });
    const second = openCounterFile(directory);
    expect(second.before).toEqual({ made: 13, accounted: 10, sequence: 9 });
    first.close();
    second.close();
  });

  it('takes nothing for a count that is none', () => {
    writeFileSync(join(directory, 'answers'), 'x'.repeat(51));
    const counter = openCounterFile(directory);
    expect(counter.before).toBeUndefined();
    counter.write({ made: 1, accounted: 0, sequence: 0 });
    counter.close();
    const again = openCounterFile(directory);
    expect(again.before).toEqual({ made: 1, accounted: 0, sequence: 0 });
    again.close();
  });

  it('is for its owner alone', () => {
    openCounterFile(directory).close();
    expect(statSync(join(directory, 'answers')).mode & 0o777).toBe(0o600);
  });

  it('follows no link, and writes nothing behind one', () => {
    writeFileSync(join(directory, 'other'), 'precious');
    symlinkSync('other', join(directory, 'answers'));
    expect(() => openCounterFile(directory)).toThrow('ELOOP');
    expect(readFileSync(join(directory, 'other'), 'utf8')).toBe('precious');
  });

  it.each([
    ['a directory', (path: string) => spawnSync('mkdir', [path]), 'EISDIR'],
    ['a pipe', (path: string) => spawnSync('mkfifo', [path]), 'is no file; move it away'],
  ])('is not %s', (_, make, message) => {
    make(join(directory, 'answers'));
    expect(() => openCounterFile(directory)).toThrow(message);
  });
});
