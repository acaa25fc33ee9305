/** Loopback only, so that nothing beyond the machine can ask unless somebody says so. */
export const DEFAULT_LISTEN = '127.0.0.1:9595';

/** Where probes and metrics are unless somebody says otherwise. */
export const DEFAULT_DIAGNOSTICS = '127.0.0.1:9596';

/** Milliseconds that calls in flight have to end before they are cut: no orchestrator waits less than twice that. */
export const DEFAULT_DRAIN_MS = 10_000;
