import pino from 'pino';
import type { DestinationStream, Logger, LoggerOptions } from 'pino';

import type { LogLevel, RecordedDecisions } from '../ports/service-config';

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
  const paths = REDACTED_KEYS.flatMap((key) => [key, `*.${key}`]);
  return pino({ ...OPTIONS, level, redact: { paths, censor: '[redacted]' } }, destination);
}

/**
 * A log of the same form for records whose fields are fixed by the code that writes them: redacting would cost
 * more than the decision that they tell of. Each says which decisions are recorded, so that whoever reads it knows
 * whether another one can be missing; where that is all of them, the level of the service's log leaves none out.
 */
export function createRecordLogger(
  { logLevel, recordedDecisions: recorded }: RecordedBy,
  destination: DestinationStream,
): Logger {
  const level = recorded === 'all' ? 'info' : logLevel;
  return pino({ ...OPTIONS, base: { ...OPTIONS.base, recorded }, level }, destination);
}

/** What of the configuration says which decisions are recorded. */
interface RecordedBy {
  readonly logLevel: LogLevel;
  readonly recordedDecisions: RecordedDecisions;
}

const OPTIONS = {
  base: { service: 'ambit' },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
} satisfies LoggerOptions;

/** The text of something that was thrown, without its stack; told by shape, because errors cross realms. */
export function textOfError(error: unknown): string {
  const told = typeof error === 'object' && error !== null && 'message' in error;
  return String(told ? error.message : error);
}
