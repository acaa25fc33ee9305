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

/** Finds what eligible verdicts rest on; the claims of each are asked for afterwards. */
export type FindClaims = (
  eligible: readonly EligibleVerdict[],
) => (verdict: EligibleVerdict) => readonly Claim[];

type Verdicts = Pick<RecordedDecision, 'eligible' | 'blocked' | 'claims'>;

/** What is said of all candidates, with the claims that it rests on, each once. */
export function recordVerdicts(
  { eligible, verdicts }: Pick<Decision, 'eligible' | 'verdicts'>,
  parts: VerdictParts,
): Verdicts {
  const { findClaims, capture } = parts;
  const places = new Map<Claim, number>();
  const claims: RecordedClaim[] = [];
  const placeOf = (claim: Claim): number => {
    const known = places.get(claim);
    if (known !== undefined) return known;
    places.set(claim, claims.length);
    claims.push(kept(CLAIMS, claim, capture, () => recordClaim(claim, capture, 'claims')));
    return claims.length - 1;
  };
  const claimsOf = findClaims(eligible);
  const recorded = eligible.map((verdict): RecordedEligible => {
    const { unmet, ...names } = kept(ELIGIBLE, verdict, capture, () => namesOf(verdict, parts));
    const reliedOn = claimsOf(verdict).map(placeOf);
    return { ...names, reliedOn, ...(unmet === undefined ? {} : { unmet }) };
  });
  return { eligible: recorded, blocked: recordBlocked(verdicts, parts), claims };
}

/** Kept where nothing of the record is withheld: the engine gives the same verdicts again and again. */
const CLAIMS = new WeakMap<Claim, RecordedClaim>();
const ELIGIBLE = new WeakMap<Verdict, Omit<RecordedEligible, 'reliedOn'>>();
const BLOCKED = new WeakMap<Verdict, RecordedBlocked>();

function kept<K extends object, V>(
  known: WeakMap<K, V>,
  key: K,
  { withheld }: Capture,
  make: () => V,
): V {
  const found = withheld.length === 0 ? known.get(key) : undefined;
  if (found !== undefined) return found;
  const made = make();
  if (withheld.length === 0) known.set(key, made);
  return made;
}

function namesOf(
  { ref, target, provider, sendModel, reasons }: EligibleVerdict,
  { capture, recordReason }: VerdictParts,
): Omit<RecordedEligible, 'reliedOn'> {
  return {
    ref: capture.text('eligible.ref', ref),
    target: capture.text('eligible.target', target),
    provider: capture.text('eligible.provider', provider),
    sendModel: capture.text('eligible.sendModel', sendModel),
    ...(reasons.length === 0 ? {} : { unmet: reasons.map(recordReason) }),
  };
}

function recordBlocked(
  verdicts: readonly Verdict[],
  { capture, recordReason }: VerdictParts,
): readonly RecordedBlocked[] {
  return verdicts.flatMap((verdict) => {
    if (verdict.eligible) return [];
    return kept(BLOCKED, verdict, capture, () => ({
      ref: capture.text('blocked.ref', verdict.ref),
      target: capture.text('blocked.target', verdict.target),
      provider: capture.text('blocked.provider', verdict.provider),
      reasons: verdict.reasons.map(recordReason),
    }));
  });
}
