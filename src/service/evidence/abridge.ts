import type { Abridgement, RecordedDecision, RecordedReason } from './recorded-decision';

/** A record without what may be left out. Only for one that can be judged again, which gives it back. */
export function abridge(record: RecordedDecision, abridged: Abridgement): RecordedDecision {
  const reduce = (reasons: readonly RecordedReason[]): readonly RecordedReason[] =>
    abridged === 'reasons' ? [] : reasons.map(bareReason);
  const { shadow } = record;
  return {
    ...record,
    eligible: record.eligible.map(({ unmet, ...rest }) => ({
      ...rest,
      reliedOn: [],
      ...(unmet === undefined ? {} : { unmet: reduce(unmet) }),
    })),
    blocked: record.blocked.map(({ reasons, ...rest }) => ({ ...rest, reasons: reduce(reasons) })),
    claims: [],
    ...(shadow === undefined
      ? {}
      : { shadow: shadow.map(({ reasons, ...rest }) => ({ ...rest, reasons: reduce(reasons) })) }),
    abridged,
  };
}

/** Which rule it is of, and what was found. */
function bareReason({
  code,
  layer,
  state,
  policy,
  requirement,
  claim,
}: RecordedReason): RecordedReason {
  return {
    code,
    layer,
    ...(policy === undefined ? {} : { policy }),
    ...(requirement === undefined ? {} : { requirement }),
    ...(claim === undefined ? {} : { claim }),
    state,
  };
}
