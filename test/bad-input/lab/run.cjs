// The child process in which bad input is read; see lab.ts.
const { requireTypeScript } = require('../../support/run-typescript.cjs');

requireTypeScript(
  ['src', 'test/bad-input/lab', 'test/bad-input/support', 'test/contract/support', 'test/support'],
  'test/bad-input/lab/main',
);
