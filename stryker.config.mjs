import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RESULTS = '.test-results/mutation';

/** Mutation testing of the core: `npm run test:mutation`. docs/mutation-testing.md says what it shows. */
export default {
  mutate: ['src/core/{requirements,policy,engine,model}/**/*.ts'],
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    configFile: 'test/mutation/jest.config.cjs',
    // What each test covers says which of them a mutant needs; which files import it does not.
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  // What no test of the core reads is not copied.
  ignorePatterns: [
    'deploy',
    'dist',
    'docs',
    'test/.tools',
    'test/e2e',
    'test/fixtures',
    '.test-results',
  ],
  // Outside of the tree, where no other tool comes upon the copy.
  tempDirName: join(tmpdir(), `ambit-mutation-${String(process.pid)}`),
  cleanTempDir: 'always',
  incrementalFile: `${RESULTS}/incremental.json`,
  concurrency: 1,
  // Each run leaves something behind in the process, which soon spends its time on that.
  maxTestRunnerReuse: 10,
  // A busy machine is no endless loop; endless loops are found by their count.
  timeoutMS: 30_000,
  allowConsoleColors: false,
  reporters: ['clear-text', 'progress-append-only', 'json', 'html'],
  jsonReporter: { fileName: `${RESULTS}/mutation.json` },
  htmlReporter: { fileName: `${RESULTS}/mutation.html` },
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  thresholds: { high: 98, low: 95, break: 95 },
};
