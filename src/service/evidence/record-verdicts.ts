import type { Claim } from '../../core/model/claim';
import type { Decision, EligibleVerdict, Verdict } from '../../core/model/decision';
import type { Capture } from './capture';
import { kept } from './kept';
import { Recent } from './recent';
import { recordClaim } from './record-claim';
import type { Hiding, RecordReason } from './record-reason';
import type {
  RecordedBlocked,
  RecordedClaim,
  RecordedDecision,
  RecordedEligible,
} from './recorded-decision';

/** How verdicts are written. */
export interface VerdictParts {
  /** Which reasons `recordReason` hides. */
  readonly hiding: Hiding;
  readonly findClaims: FindClaims;
  readonly capture: Capture;
  readonly recordReason: RecordReason;
}

/** Finds what eligible verdicts rest on; the claims of each are asked for afterwards. */
export type FindClaims = (
  eligible: readonly EligibleVerdict[],
) => (verdict: EligibleVerdict) => readonly Claim[];

type Decided = Pick<Decision, 'eligible' | 'verdicts'>;

type Verdicts = Pick<RecordedDecision, 'eligible' | 'blocked' | 'claims'>;

/**
 * What is said of all candidates, with the claims that it rests on, each once. A list of verdicts that is frozen is one
 * that the engine gives again and again, so what is said of it is frozen too, and shared by records.
 */
export function recordVerdicts(decided: Decided, parts: VerdictParts): Verdicts {
  const { eligible, verdicts } = decided;
  const isShared = Object.isFrozen(verdicts) && Object.isFrozen(eligible);
  if (!isShared || verdicts.length > MAX_LIST) return makeVerdicts(decided, parts);
  return kept(KEPT[parts.hiding]?.lists, eligible, parts.capture, () => {
    const made = makeVerdicts(decided, parts);
    for (const list of Object.values(made)) Object.freeze(list);
    return made;
  });
}

function makeVerdicts({ eligible, verdicts }: Decided, parts: VerdictParts): Verdicts {
  const { findClaims, capture } = parts;
  const places = new Map<Claim, number>();
  const claims: RecordedClaim[] = [];
  const placeOf = (claim: Claim): number => {
    const known = places.get(claim);
    if (known !== undefined) return known;
    places.set(claim, claims.length);
    claims.push(
      kept(KEPT[parts.hiding]?.claims, claim, capture, () => recordClaim(claim, capture, 'claims')),
    );
    return claims.length - 1;
  };
  const claimsOf = findClaims(eligible);
  const recorded = eligible.map((verdict): RecordedEligible => {
    const { unmet, ...names } = kept(KEPT[parts.hiding]?.eligible, verdict, capture, () =>
      namesOf(verdict, parts),
    );
    const reliedOn = claimsOf(verdict).map(placeOf);
    return { ...names, reliedOn, ...(unmet === undefined ? {} : { unmet }) };
  });
  return { eligible: recorded, blocked: recordBlocked(verdicts, parts), claims };
}

/** Lists kept in each of two generations, and the verdicts of one that is kept: some 10 MB in all. */
const MAX_LISTS = 128;
const MAX_LIST = 128;

/** What was said of parts of decisions, by the parts: the engine gives the same ones again and again. */
interface Kept {
  readonly lists: Recent<readonly Verdict[], Verdicts>;
  readonly claims: WeakMap<Claim, RecordedClaim>;
  readonly eligible: WeakMap<Verdict, Omit<RecordedEligible, 'reliedOn'>>;
  readonly blocked: WeakMap<Verdict, RecordedBlocked>;
}

/** Those of records that hide no reason, and those of records that hide failures. */
const KEPT: Readonly<Partial<Record<Hiding, Kept>>> = { none: nothing(), failures: nothing() };

function nothing(): Kept {
  return {
    lists: new Recent(MAX_LISTS),
    claims: new WeakMap(),
    eligible: new WeakMap(),
    blocked: new WeakMap(),
  };
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
  parts: VerdictParts,
): readonly RecordedBlocked[] {
  const { capture, recordReason } = parts;
  return verdicts.flatMap((verdict) => {
    if (verdict.eligible) return [];
    return kept(KEPT[parts.hiding]?.blocked, verdict, capture, () => ({
      ref: capture.text('blocked.ref', verdict.ref),
      target: capture.text('blocked.target', verdict.target),
      provider: capture.text('blocked.provider', verdict.provider),
      reasons: verdict.reasons.map(recordReason),
    }));
  });
}
