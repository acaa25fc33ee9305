import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { nearestName } from '../../src/dialects/yaml/nearest';
import {
  nameOf,
  runPolicyTests,
  selectCases,
} from '../../src/service/policy-tests/run-policy-tests';
import type { MemoryFiles } from '../cli/support/memory-reader';
import { loadFiles } from '../service/support/world';

/** Every file of this folder is a set of its own, and so is every folder. */
const SETS = readdirSync(__dirname).filter((name) => !name.endsWith('.ts'));

/** Cases over all sets; the laws have 14, and each of them has several sides. */
const MIN_CASES = 50;

function filesOf(set: string): MemoryFiles {
  const path = join(__dirname, set);
  const names = statSync(path).isDirectory()
    ? readdirSync(path).map((name) => join(set, name))
    : [set];
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(join(__dirname, name), 'utf8')]),
  );
}

/** What the product's own runner makes of a set. */
async function resultsOf(set: string) {
  const files = filesOf(set);
  const folder = set.endsWith('.yaml') ? undefined : [{ path: set }];
  const { bundle, tests, findings } = await loadFiles(files, folder);
  if (bundle === undefined) throw new Error(JSON.stringify(findings, null, 2));
  return runPolicyTests(bundle, selectCases(tests, {}), nearestName);
}

test.each(SETS)('%s', async (set) => {
  const results = await resultsOf(set);
  const failures = results.flatMap((result) =>
    result.findings.map(({ message }) => `${nameOf(result)}: ${message}`),
  );
  expect(failures).toEqual([]);
  expect(results.length).toBeGreaterThan(1);
});

test('the cases are many, and see every law and every outcome', async () => {
  const results = (await Promise.all(SETS.map(resultsOf))).flat();
  expect(results.length).toBeGreaterThanOrEqual(MIN_CASES);
  const laws = Array.from({ length: 14 }, (_, index) => `L${String(index + 1).padStart(2, '0')}`);
  expect([...new Set(results.map(({ test: { name } }) => name))]).toEqual(
    expect.arrayContaining(laws),
  );
  const outcomes = results.map(({ decision }) => decision.outcome);
  expect(outcomes.filter((each) => each === 'allow').length).toBeGreaterThan(20);
  expect(outcomes.filter((each) => each === 'block').length).toBeGreaterThan(20);
  expect(outcomes).toContain('warn');
});
