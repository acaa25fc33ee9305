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

function count(...numbers: readonly number[]): string {
  return `${numbers.map((each) => String(each).padStart(16, '0')).join(' ')}\n`;
}

describe('the counter of a trail', () => {
  it('has what the process before wrote last, however it ended', () => {
    const first = openCounterFile(directory);
    expect(first.before).toBe('missing');
    first.write({ made: 12, accounted: 10, sequence: 9 });
    first.write({ made: 13, accounted: 10, sequence: 9 });
    const second = openCounterFile(directory);
    expect(second.before).toEqual({ made: 13, accounted: 10, sequence: 9 });
    first.close();
    second.close();
  });

  it.each([
    ['letters', 'x'.repeat(51)],
    ['zeros, as a power cut leaves them', '\0'.repeat(51)],
    ['a part of one', count(3, 2, 1).slice(0, -1)],
    ['more accounted for than made', count(1, 2, 1)],
    ['more decisions than a number holds', count(9_007_199_254_740_992, 0, 1)],
    ['a line that no trail reaches', count(1, 0, 9_007_199_254_740_992)],
  ])('does not take for a count, and says so: %s', (_, text) => {
    writeFileSync(join(directory, 'answers'), text);
    const counter = openCounterFile(directory);
    expect(counter.before).toBe('malformed');
    counter.write({ made: 1, accounted: 0, sequence: 0 });
    counter.close();
    const again = openCounterFile(directory);
    expect(again.before).toEqual({ made: 1, accounted: 0, sequence: 0 });
    again.close();
  });

  it('takes an empty file for none: a process was killed before its first count', () => {
    writeFileSync(join(directory, 'answers'), '');
    const counter = openCounterFile(directory);
    expect(counter.before).toBe('missing');
    counter.close();
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
