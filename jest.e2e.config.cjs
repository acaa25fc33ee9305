const base = require('./jest.config.cjs');

// The tests that need more than Node (see scripts/install-test-tools.sh) and the built dist/. They start servers and
// share two cores with them, so one file runs at a time.
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 300_000,
  maxWorkers: 1,
};
