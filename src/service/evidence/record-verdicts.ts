import type { Claim } from '../../core/model/claim';
import type { Decision, EligibleVerdict, Verdict } from '../../core/model/decision';
import type { Capture } from './capture';
import { recordClaim } from './record-claim';
import type { RecordReason } from './record-reason';
import type {
  RecordedBlocked,
  RecordedClaim,
  RecordedDecision,
  RecordedEligible,
} from './recorded-decision';

/** How verdicts are written. */
export interface VerdictParts {
  readonly findClaims: FindClaims;
  readonly capture: Capture;
  readonly recordReason: RecordReason;
}

/** Finds what eligible verdicts rest on, by ref. */
export type FindClaims = (
  eligible: readonly EligibleVerdict[],
) => ReadonlyMap<string, readonly Claim[]>;

type Verdicts = Pick<RecordedDecision, 'eligible' | 'blocked' | 'claims'>;

/** What is said of all candidates, with the claims that it rests on, each once. */
export function recordVerdicts(
  { eligible, verdicts }: Pick<Decision, 'eligible' | 'verdicts'>,
  parts: VerdictParts,
): Verdicts {
  const { findClaims, capture, recordReason } = parts;
  const places = new Map<Claim, number>();
  const claims: RecordedClaim[] = [];
  const placeOf = (claim: Claim): number => {
    const known = places.get(claim);
    if (known !== undefined) return known;
    places.set(claim, claims.length);
    claims.push(recordClaim(claim, capture, 'claims'));
    return claims.length - 1;
  };
  const found = eligible.length === 0 ? undefined : findClaims(eligible);
  const recorded = eligible.map((verdict): RecordedEligible => {
    const { ref, target, provider, sendModel, reasons } = verdict;
    const reliedOn = (found?.get(ref) ?? []).map(placeOf);
    const unmet = reasons.length === 0 ? {} : { unmet: reasons.map(recordReason) };
    return {
      ref: capture.text('eligible.ref', ref),
      target: capture.text('eligible.target', target),
      provider: capture.text('eligible.provider', provider),
      sendModel: capture.text('eligible.sendModel', sendModel),
      reliedOn,
      ...unmet,
    };
  });
  return { eligible: recorded, blocked: recordBlocked(verdicts, parts), claims };
}

function recordBlocked(
  verdicts: readonly Verdict[],
  { capture, recordReason }: VerdictParts,
): readonly RecordedBlocked[] {
  return verdicts.flatMap((verdict) => {
    if (verdict.eligible) return [];
    const { ref, reasons } = verdict;
    return {
      ref: capture.text('blocked.ref', ref),
      target: capture.text('blocked.target', verdict.target),
      provider: capture.text('blocked.provider', verdict.provider),
      reasons: reasons.map(recordReason),
    };
  });
}
