import { createLogger, createRecordLogger } from '../../src/platform/logging';
import { LOG_LEVELS } from '../../src/ports/service-config';
import type { LogLevel, RecordedDecisions } from '../../src/ports/service-config';

/** Makes logs of records. */
const recordsOf =
  (recordedDecisions: RecordedDecisions): typeof createLogger =>
  (logLevel, destination) =>
    createRecordLogger({ logLevel, recordedDecisions }, destination);

/** A log with the lines that it has written. */
function logAt(level: LogLevel, create = createLogger) {
  const lines: string[] = [];
  const log = create(level, { write: (line) => void lines.push(line) });
  return { log, lines };
}

describe('a record of the log', () => {
  it('is one JSON line with the level by name, the time in UTC, and who writes it', () => {
    const { log, lines } = logAt('info');
    log.info({ digest: 'd' }, 'two\nlines');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[^\n]*\n$/);
    const record = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    expect(record).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      service: 'ambit',
      digest: 'd',
      msg: 'two\nlines',
    });
  });

  it.each<[LogLevel, readonly string[]]>([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['info', ['info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']],
    ['silent', []],
  ])('is written from the level %s on', (level, written) => {
    for (const create of [createLogger, recordsOf('policies')]) {
      const { log, lines } = logAt(level, create);
      log.debug('x');
      log.info('x');
      log.warn('x');
      log.error('x');
      const levels = lines.map((line) => (JSON.parse(line) as { level: string }).level);
      expect(levels).toEqual(written);
    }
  });
});

describe('a record of a decision', () => {
  it.each(LOG_LEVELS)('is written at the level %s where all are wanted, and says so', (level) => {
    const { log, lines } = logAt(level, recordsOf('all'));
    log.info('decision');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { service: 'ambit', recorded: 'all', msg: 'decision' },
    ]);
  });
});

describe('what must never be in a log', () => {
  it.each(['authorization', 'api_key', 'api_keys', 'token', 'secret', 'password', 'body'])(
    'is taken out at the top and one level down: %s',
    (key) => {
      const { log, lines } = logAt('info');
      log.info({ [key]: 'sk-1', other: { [key]: ['sk-2'], kept: 'seen' } }, 'request');
      const [line = ''] = lines;
      expect(line).not.toContain('sk-');
      expect(JSON.parse(line)).toMatchObject({
        [key]: '[redacted]',
        other: { [key]: '[redacted]', kept: 'seen' },
      });
    },
  );
});
