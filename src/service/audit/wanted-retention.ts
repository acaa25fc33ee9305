import type { RecordSettings } from '../../core/model/policy';
import type { PolicySet } from '../../core/model/policy-set';
import type { Retention } from '../../ports/trail';

const MS_PER_DAY = 86_400_000;

/** Where records must not be removed and nobody says when they may be: a century. */
const FOR_GOOD_DAYS = 36_500;

/** Days for which records are kept, and whether nobody may shorten that. */
export type RetentionSettings = Pick<RecordSettings, 'retentionDays' | 'immutable'>;

/**
 * How long records are to be kept: the longest time that the configuration or any policy states, for all of them stand
 * in one trail. Undefined: nobody states one, so nothing is ever removed.
 */
export function wantedRetention(
  configured: RetentionSettings,
  set: PolicySet | undefined,
): Retention | undefined {
  const documents = set?.documents ?? [];
  const policies = documents.flatMap(({ document }) => document.policies);
  const stated = [configured, ...policies.flatMap(({ records }) => records ?? [])];
  const days = stated.flatMap(({ retentionDays }) => retentionDays ?? []);
  const immutable = stated.some((each) => each.immutable === true);
  if (days.length === 0 && !immutable) return undefined;
  const keepDays = days.length === 0 ? FOR_GOOD_DAYS : Math.max(...days);
  return { keepMs: keepDays * MS_PER_DAY, immutable };
}

/** What of a wish can be promised: an immutable promise that holds is only ever made longer. */
export function mergedWith(held: Retention | undefined, wanted: Retention): Retention {
  if (held?.immutable !== true) return wanted;
  return { keepMs: Math.max(held.keepMs, wanted.keepMs), immutable: true };
}
