import { abridge } from '../evidence/abridge';
import { recordJson } from '../evidence/record-json';
import { ABRIDGEMENTS, type RecordedDecision } from '../evidence/recorded-decision';
import { isTooLarge } from '../trail/trail-records';

/**
 * The JSON of a record as a trail takes it: whole, or abridged where it is too large and can be judged again. Undefined:
 * no trail takes it.
 */
export function fittingJson(record: RecordedDecision): string | undefined {
  const whole = recordJson(record);
  if (!isTooLarge(whole)) return whole;
  if (!record.replayable) return undefined;
  for (const abridged of ABRIDGEMENTS) {
    const json = recordJson(abridge(record, abridged));
    if (!isTooLarge(json)) return json;
  }
  return undefined;
}
