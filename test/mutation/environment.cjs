const { TestEnvironment } = require('jest-environment-node');

/**
 * Ends at the first test that fails, which is all that a mutant takes, and tells the test file which tests are wanted,
 * so that it loads no others. Jest can do neither by itself where Stryker calls it.
 */
module.exports = class MutationEnvironment extends TestEnvironment {
  #failed = false;

  handleTestEvent(event, state) {
    // The pattern is the names of tests, escaped and strung together.
    if (event.name === 'setup') {
      this.global.wantedTests = state.testNamePattern?.source.replaceAll('\\', '');
    }
    if (event.name === 'test_start' && this.#failed) event.test.mode = 'skip';
    if (event.name === 'test_done') this.#failed ||= event.test.errors.length > 0;
  }
};
