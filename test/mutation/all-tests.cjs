const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const TESTS = join(__dirname, '..');

/** The tests of the core, each folder after what is quicker or nearer to what is mutated. */
const FOLDERS = ['core/model', 'core/requirements', 'core/policy', 'core/engine', 'golden'];

/** Generated cases on which the two evaluators are compared; so many that most mutants that they can find are found. */
const GENERATED = 500;

/** How blocks are worded stands in the core, and is tested beside the dialect whose words they are. */
const WORDING = 'wording.test.ts';

const dialects = readdirSync(join(TESTS, 'dialects')).map((name) => `dialects/${name}/${WORDING}`);

const files = [
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(TESTS, folder))
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name}`),
  ),
  ...dialects.filter((file) => existsSync(join(TESTS, file))),
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
