const { join } = require('node:path');

const root = join(__dirname, '../../..');

// The tests that build images and boot machines: they need root on Debian, and scripts/test-long-deploy.sh before them.
module.exports = {
  ...require(join(root, 'jest.config.cjs')),
  rootDir: root,
  testMatch: ['<rootDir>/test/long/deploy/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 600_000,
  maxWorkers: 1,
};
