import type { LogLevel } from '../../ports/server-runner';

/** Loopback only, so that nothing beyond the machine can ask unless somebody says so. */
export const DEFAULT_LISTEN = '127.0.0.1:9595';

/** Levels of the log, the most talkative first. */
export const LOG_LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];
