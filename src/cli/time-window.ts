import { parseInstant } from './instant';
import type { ParsedArguments } from './parsed-arguments';
import { UsageError } from './usage-error';

/** From an instant on, and before another one. Milliseconds since the epoch; what is absent is open. */
interface TimeWindow {
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** What `--from` and `--to` say. Throws `UsageError` where nothing can lie between them. */
export function windowOf(parsed: ParsedArguments): TimeWindow {
  const [from, to] = [parsed.value('from'), parsed.value('to')];
  const fromMs = from === undefined ? undefined : parseInstant(from, 'from');
  const toMs = to === undefined ? undefined : parseInstant(to, 'to');
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) {
    throw new UsageError(
      '`--from` is not before `--to`, so that nothing lies between them',
      'name the earlier instant with `--from`',
    );
  }
  return {
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
  };
}
