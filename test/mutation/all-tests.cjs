const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const TESTS = join(__dirname, '..');

/** In this order: the tests that are nearest to what is mutated and the quickest come first, properties last. */
const FOLDERS = [
  'core/requirements',
  'core/policy',
  'core/engine',
  'golden',
  'service',
  'service/policy-tests',
  'laws',
];

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(TESTS, folder))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`),
);

const isWanted = (name) =>
  wantedTests === undefined || wantedTests.includes(name.replaceAll('.', '\\.'));

// Names of tests begin with their file's, so that no two are the same.
for (const file of files.filter(isWanted)) {
  describe(file, () => {
    require(join(TESTS, file));
  });
}
