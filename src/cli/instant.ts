import type { ParsedArguments } from './parsed-arguments';
import type { CommandContext } from './command-context';
import { UsageError } from './usage-error';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** The instant of `--now`, else the clock's. Milliseconds since the epoch. */
export function instantOf(parsed: ParsedArguments, context: CommandContext): number {
  const text = parsed.value('now');
  return text === undefined ? context.dependencies.clock.nowMs() : parseInstant(text, 'now');
}

/** Reads an option's date (00:00 UTC of that day) or RFC 3339 instant. A day that does not exist is refused. */
export function parseInstant(text: string, option: string): number {
  const isDate = DATE.test(text);
  const instantMs = isDate || INSTANT.test(text) ? Date.parse(text) : NaN;
  const dayMs = Date.parse(text.slice(0, 10));
  const dayExists =
    !Number.isNaN(dayMs) && new Date(dayMs).toISOString().startsWith(text.slice(0, 10));
  if (Number.isNaN(instantMs) || !dayExists) {
    throw new UsageError(
      `\`${text}\` is no instant of \`--${option}\``,
      'write a date, `2026-01-31`, or an instant with an offset, `2026-01-31T12:00:00Z`',
    );
  }
  return instantMs;
}
