import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createLogOutput } from '../../src/platform/log-output';

let directory = '';
let fd = 0;

const file = (): string => join(directory, 'log');

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-log-'));
  fd = openSync(file(), 'w');
});

afterEach(() => {
  closeSync(fd);
  rmSync(directory, { recursive: true });
});

describe('what was written to a log', () => {
  it.each([
    ['while nothing is under way', 10],
    ['while a batch is under way', 9_000],
    ['while several batches are', 100_000],
  ])('is there once it is flushed: %s', async (_, bytes) => {
    const output = createLogOutput(fd);
    const lines = [`${'x'.repeat(bytes)}\n`, 'last but one\n', `${'y'.repeat(5_000)}\n`, 'last\n'];
    for (const line of lines) output.write(line);
    await output.flush();
    expect(readFileSync(file(), 'utf8')).toBe(lines.join(''));
    expect(output.lostLines()).toBe(0);
  });

  it('keeps nobody waiting that cannot be written', async () => {
    const output = createLogOutput(openSync('/dev/full', 'w'));
    output.write(`${'x'.repeat(9_000)}\n`);
    output.write('last\n');
    await output.flush();
    expect(output.isFailing()).toBe(true);
  });
});
