const { TestEnvironment } = require('jest-environment-node');

/** Where Node keeps what sends the requests of its `fetch`, which one of the libraries looks up. */
const DISPATCHER = Symbol.for('undici.globalDispatcher.1');

/** Node's environment, in which a library finds what it finds in any Node process. */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    // Node makes it at the first request.
    await fetch('data:,');
    this.global[DISPATCHER] = globalThis[DISPATCHER];
  }
};
