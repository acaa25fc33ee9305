// Runs Jest and counts what it showed: `node scripts/run-jest.cjs RESULTS.json JEST_ARGUMENTS...` prints
// `PASSED FAILED` on stdout, and everything else on stderr. Whatever should have run and did not counts as failed.
const { spawnSync } = require('node:child_process');
const { mkdirSync, readFileSync, rmSync } = require('node:fs');
const { dirname } = require('node:path');

/** Minutes after which a run is taken to hang, such as one that keeps a handle open. */
const LIMIT_MINUTES = 25;

/** Runs Jest; tells how it ended, in words only where it did not end by itself. */
function runJest(file, args) {
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const command = [require.resolve('jest/bin/jest'), '--ci', '--json', '--outputFile', file];
  const { status, signal } = spawnSync(process.execPath, [...command, ...args], {
    stdio: ['ignore', 2, 2],
    timeout: LIMIT_MINUTES * 60_000,
  });
  if (status !== null) return { exitCode: status };
  return { exitCode: 1, how: `${signal}, at the latest after ${LIMIT_MINUTES} minutes` };
}

/** What Jest's --json wrote; undefined if it wrote nothing that can be read. */
function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Numbers with what they are of; empty if everything ran and passed. */
function failuresOf(results, { exitCode, how }) {
  const failures = [
    [how === undefined ? 0 : 1, `run that was ended by ${how}`],
    [results === undefined ? 1 : 0, 'run without results'],
    [results?.numFailedTests, 'failed tests'],
    [results?.numRuntimeErrorTestSuites, 'files that failed to load or to end'],
    [results?.numPendingTests, 'skipped tests'],
    [results?.numPendingTestSuites, 'skipped files'],
    [results?.numTodoTests, 'tests that are still to do'],
    [results?.numTotalTests === 0 ? 1 : 0, 'run without a test'],
  ].filter(([number]) => number > 0);
  // Jest can fail for what it does not count, such as an error outside of all tests.
  const silent = failures.length === 0 && exitCode !== 0;
  return silent ? [[1, `run that ended with ${exitCode} and names no failed test`]] : failures;
}

const [file, ...args] = process.argv.slice(2);
const end = runJest(file, args);
const results = readResults(file);
const failures = failuresOf(results, end);
for (const [number, what] of failures) process.stderr.write(`failed: ${number} ${what}\n`);
const failed = failures.reduce((sum, [number]) => sum + number, 0);
process.stdout.write(`${results?.numPassedTests ?? 0} ${failed}\n`);
