import pino from 'pino';
import type { DestinationStream, Logger } from 'pino';

import type { LogLevel } from '../ports/server-runner';

/**
 * Keys whose values never reach a log, at the top and one level down. Nothing writes them on purpose; this is the
 * second lock.
 */
const REDACTED_KEYS = [
  'authorization',
  'api_key',
  'api_keys',
  'token',
  'secret',
  'password',
  'body',
];

/** Creates the service's log: one JSON line a record. Times are RFC 3339, UTC. */
export function createLogger(level: LogLevel, destination: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { service: 'ambit' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED_KEYS.flatMap((key) => [key, `*.${key}`]), censor: '[redacted]' },
    },
    destination,
  );
}

/** The text of something that was thrown, without its stack unless it is an error that says more. */
export function textOfError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
