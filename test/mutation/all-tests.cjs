const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const TESTS = join(__dirname, '..');

/** The tests of the core, each folder after what is quicker or nearer to what is mutated. */
const FOLDERS = ['core/model', 'core/requirements', 'core/policy', 'core/engine', 'golden'];

/** Generated cases on which the two evaluators are compared; so many that most mutants that they can find are found. */
const GENERATED = 500;

/** How blocks are worded stands in the core, and is tested beside the dialects whose words they are. */
const dialects = readdirSync(join(TESTS, 'dialects')).map((name) => `dialects/${name}`);

/** The paths of a folder's tests whose names begin so. */
const testsIn = (folder, begin = '') =>
  readdirSync(join(TESTS, folder))
    .filter((name) => name.startsWith(begin) && name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`);

const files = [
  ...FOLDERS.flatMap((folder) => testsIn(folder)),
  ...dialects.flatMap((folder) => testsIn(folder, 'wording')),
];

const isWanted = (name) => wantedTests === undefined || wantedTests.includes(name);

// Names of tests begin with their file's, so that no two are the same.
for (const file of files.filter(isWanted)) {
  describe(file, () => {
    require(join(TESTS, file));
  });
}

// A mutant is one more planted bug: what finds those by comparing the two evaluators is tried on it too.
if (isWanted('planted-bugs')) {
  describe('planted-bugs', () => {
    const { compileBundle } = require('../../src/core/engine/compile');
    const { decide } = require('../../src/core/engine/decide');
    const { differences } = require('../planted-bugs/differences');
    const { generatedCases } = require('../planted-bugs/generated-cases');
    const { WRITTEN_CASES } = require('../planted-bugs/written-cases');

    test.each(WRITTEN_CASES)('$name', (each) => {
      expect([...differences({ compileBundle, decide }, [each])]).toEqual([]);
    });

    test('generated cases', () => {
      for (const each of generatedCases(GENERATED)) {
        expect([...differences({ compileBundle, decide }, [each])]).toEqual([]);
      }
    });
  });
}
