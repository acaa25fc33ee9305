import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../scripts/run-jest.cjs');

/** Each test starts Jest anew, which takes its time on a busy machine. */
jest.setTimeout(120_000);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-run-jest-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs Jest on these files alone; the numbers that it prints, and why it counts something as failed. */
function runOn(files: Readonly<Record<string, string>>): { counts: string; failures: string[] } {
  for (const [name, text] of Object.entries({
    'jest.config.cjs': 'module.exports = {}',
    ...files,
  })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const args = [
    SCRIPT,
    join(folder, 'results/all.json'),
    '--config',
    join(folder, 'jest.config.cjs'),
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const failures = stderr.split('\n').filter((line) => line.startsWith('failed: '));
  return { counts: stdout.trim(), failures };
}

const PASSES = "test('passes', () => undefined);";

test('what passes is counted', () => {
  const files = { 'a.test.js': PASSES, 'b.test.js': `${PASSES} test('too', () => undefined);` };
  expect(runOn(files)).toEqual({ counts: '3 0', failures: [] });
});

test.each([
  ['a test that fails', "test('fails', () => { throw new Error('x'); });", 'failed tests'],
  ['a file that does not load', "require('./missing');", 'files that failed to load or to end'],
  ['a file without a test', '', 'files that failed to load or to end'],
  ['a skipped test', "test.skip('skipped', () => undefined); " + PASSES, 'skipped tests'],
  ['a test that is still to do', "test.todo('later'); " + PASSES, 'tests that are still to do'],
])('%s counts as failed', (_what, text, why) => {
  const { counts, failures } = runOn({ 'a.test.js': PASSES, 'b.test.js': text });
  expect(counts).toMatch(/^[12] 1$/);
  expect(failures).toEqual([`failed: 1 ${why}`]);
});

test('a run that finds no test counts as failed', () => {
  const { counts, failures } = runOn({});
  expect(counts).toBe('0 1');
  // Jest may end before it has written that it found none.
  expect(failures).toEqual([expect.stringMatching(/^failed: 1 run without (?:a test|results)$/)]);
});

test('a run that fails for what is no test counts as failed', () => {
  const files = {
    'jest.config.cjs': "module.exports = { globalTeardown: './end.cjs' }",
    'end.cjs': "module.exports = () => { throw new Error('x'); };",
    'a.test.js': PASSES,
  };
  const { counts, failures } = runOn(files);
  expect(counts).toMatch(/ 1$/);
  expect(failures).toHaveLength(1);
});
