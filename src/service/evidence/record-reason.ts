import type { Reason } from '../../core/model/reason';
import { isLine } from './capture';
import { recordPlace } from './record-claim';
import type { RecordedReason } from './recorded-decision';

const KEPT = new WeakMap<Reason, RecordedReason>();

/** A reason as records have it: kept, because the engine gives the same reasons again and again. */
export function recordReason(reason: Reason): RecordedReason {
  const known = KEPT.get(reason);
  if (known !== undefined) return known;
  const { code, layer, state, position, claimPosition } = reason;
  const made: RecordedReason = {
    code,
    layer,
    ...texts(reason, ['policy', 'requirement', 'claim']),
    state,
    ...texts(reason, ['expected', 'observed']),
    ...(position === undefined ? {} : { source: recordPlace(position) }),
    ...(claimPosition === undefined ? {} : { claimSource: recordPlace(claimPosition) }),
  };
  KEPT.set(reason, made);
  return made;
}

type TextKey = 'policy' | 'requirement' | 'claim' | 'expected' | 'observed';

/** Those that say something. One that may hold what a client wrote, in a form that no record has, is left out. */
function texts(reason: Reason, keys: readonly TextKey[]): Partial<Record<TextKey, string>> {
  const found = keys.filter((key) => reason[key] !== '' && isLine(reason[key]));
  return Object.fromEntries(found.map((key) => [key, reason[key]]));
}
