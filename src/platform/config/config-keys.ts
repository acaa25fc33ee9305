import { BLOCK_STATUSES } from '../../core/model/policy';
import type { ValueReader } from '../../dialects/yaml/reader';
import { PREFERENCE_FORMATS, PREFERENCE_WORDS } from '../../ports/client-preferences';
import { LOG_LEVELS, RECORDED_DECISIONS } from '../../ports/service-config';
import { SERVICE_LIMITS } from '../../ports/service-limits';
import type { LimitName } from '../../ports/service-limits';
import { readAddress } from './addresses';
import { readCallers } from './callers';
import { readAllowed } from './client-preferences';
import { AUDIT_KEYS } from './audit';
import type { ConfigDraft, ReadKey } from './draft';
import { readListeners, readOneOrMore } from './listeners';
import { readRoots } from './roots';
import { TRACING_KEYS } from './tracing';

const MS_PER_SECOND = 1000;

/** Seconds of a day: an age of policies, or a shutdown, beyond it is a slip. */
const MAX_SECONDS = 86_400;

/** Keys that stand alone or in a group, by their path under `spec`. */
export const CONFIG_KEYS: ReadonlyMap<string, ReadKey> = new Map<string, ReadKey>([
  ['policies', into('roots', (value, { resolve }) => readRoots(value, resolve))],
  ['listeners', into('listeners', (value, { resolve }) => readListeners(value, resolve))],
  ['http', into('httpListeners', (value, { resolve }) => readOneOrMore(value, resolve))],
  ['callers', into('callers', readCallers)],
  ...limitKeys(),
  [
    'client_preferences.headers',
    into('preferenceHeaders', (value) => readAllowed(value, PREFERENCE_WORDS)),
  ],
  [
    'client_preferences.formats',
    into('preferenceFormats', (value) => readAllowed(value, PREFERENCE_FORMATS)),
  ],
  ['staleness.max_seconds', into('maxStalenessMs', (value) => readSeconds(value, { min: 1 }))],
  ['shutdown.drain_seconds', into('drainTimeoutMs', (value) => readSeconds(value, { min: 0 }))],
  ['log.level', into('logLevel', (value) => value.choice(LOG_LEVELS)?.value)],
  ['log.decisions', into('recordedDecisions', (value) => value.choice(RECORDED_DECISIONS)?.value)],
  ['diagnostics.address', into('diagnosticsAddress', (value) => readAddress(value)?.value)],
  ['diagnostics.enabled', into('diagnosticsEnabled', (value) => value.boolean()?.value)],
  ...AUDIT_KEYS,
  ['keeptrusts.status', into('keeptrustsStatus', readStatus)],
  ...TRACING_KEYS,
]);

/** The variable that states a key: its path in capitals, joined by underscores. */
export function variableOf(path: string): string {
  return `AMBIT_${path.toUpperCase().replaceAll('.', '_')}`;
}

/** Reads a value into a field of the draft; what is wrong was reported and changes nothing. */
function into<K extends keyof ConfigDraft>(
  field: K,
  read: (value: ValueReader, draft: ConfigDraft) => ConfigDraft[K] | undefined,
): ReadKey {
  return (value, draft) => {
    const made = read(value, draft);
    if (made !== undefined) draft[field] = made;
  };
}

function limitKeys(): readonly (readonly [string, ReadKey])[] {
  return Object.entries(SERVICE_LIMITS).map(([name, { min, max }]) => [
    `limits.${name}`,
    (value, draft) => {
      const read = value.integer({ min, max });
      if (read !== undefined) draft.limits[name as LimitName] = read.value;
    },
  ]);
}

function readSeconds(value: ValueReader, { min }: { readonly min: number }): number | undefined {
  const seconds = value.number({ min, max: MAX_SECONDS });
  return seconds === undefined ? undefined : seconds.value * MS_PER_SECOND;
}

function readStatus(value: ValueReader): (typeof BLOCK_STATUSES)[number] | undefined {
  const status = value.integer();
  if (status === undefined) return undefined;
  const found = BLOCK_STATUSES.find((each) => each === status.value);
  if (found !== undefined) return found;
  const allowed = BLOCK_STATUSES.join(', ');
  value.fail('unknown_value', `${value.name} is ${String(status.value)}, which no block can have`, {
    help: `write one of ${allowed}`,
  });
  return undefined;
}
