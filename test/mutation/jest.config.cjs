const { join } = require('node:path');

const root = join(__dirname, '../..');

// Properties run a share of their counts here, for each survivor meets them all.
process.env.TEST_RUNS ??= '0.3';

// The tests that mutants of src/core meet, all in one file so that a mutant costs one start of modules and no more.
module.exports = {
  ...require(join(root, 'jest.config.cjs')),
  rootDir: root,
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['<rootDir>/test/mutation/all-tests.cjs'],
  testPathIgnorePatterns: ['/node_modules/'],
  testEnvironment: join(__dirname, 'environment.cjs'),
};
