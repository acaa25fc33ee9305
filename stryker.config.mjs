/** Mutation testing of the core; docs/mutation-testing.md says what it shows. `npm run test:mutation`. */
export default {
  mutate: ['src/core/{requirements,policy,engine,model}/**/*.ts'],
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    configFile: 'test/mutation/jest.config.cjs',
    // Each test's coverage says which tests a mutant needs; the files that import it do not.
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  // What a mutant needs is copied, and nothing else.
  ignorePatterns: ['*', '!src', '!test', '!proto', '!schema', '!*.json', '!jest.config.cjs', 'test/.tools', 'test/e2e'],
  tempDirName: '.stryker-tmp',
  incremental: true,
  incrementalFile: '.stryker-tmp/incremental.json',
  cleanTempDir: 'always',
  concurrency: 1,
  // A busy machine is no endless loop; endless loops are found by their count.
  timeoutMS: 60_000,
  reporters: ['clear-text', 'progress-append-only', 'json', 'html'],
  jsonReporter: { fileName: '.test-results/mutation/mutation.json' },
  htmlReporter: { fileName: '.test-results/mutation/mutation.html' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 98, low: 95, break: 95 },
};
