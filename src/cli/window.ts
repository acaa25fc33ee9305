import type { Window } from '../service/window';
import { parseInstant } from './instant';
import type { ParsedArguments } from './parsed-arguments';
import { UsageError } from './usage-error';

/** The time from `--from` until `--to`. */
export function windowOf(parsed: ParsedArguments): Window {
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
