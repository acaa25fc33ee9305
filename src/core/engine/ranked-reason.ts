import {
  LAYERS,
  REASON_CODES,
  type Layer,
  type Reason,
  type ReasonCode,
  type ReasonState,
} from '../model/reason';
import type { SourcePosition } from '../model/source-position';

/** A reason and its place in the order of L5: layer, then policy, then registry. Smaller is earlier. */
export interface RankedReason {
  readonly reason: Reason;
  readonly rank: number;
}

/** Room for 4,096 rules a policy and a million policies below each layer; all stays a safe integer. */
const RULES = 4096;
const POLICIES = 1_048_576;

/** The place of a rule in the order of reasons. */
export function rankOf(layer: Layer, policyOrder: number, ruleOrder: number): number {
  return (LAYERS.indexOf(layer) * POLICIES + policyOrder) * RULES + Math.min(ruleOrder, RULES - 1);
}

/** The step of a reason, without the rule inside the policy: it decides which policy leads a block (L8). */
export function stepOf(rank: number): number {
  return Math.floor(rank / RULES);
}

/** The layer of a step. */
export function layerOfStep(step: number): Layer {
  return LAYERS[Math.floor(step / POLICIES)] ?? 'requirements';
}

/** The order of the policy that a step belongs to; 0 where the layer has none. */
export function policyOfStep(step: number): number {
  return step % POLICIES;
}

/** What differs between reasons; the rest follows from the code. */
export interface ReasonParts {
  readonly code: ReasonCode;
  readonly state: ReasonState;
  readonly message: string;
  readonly policy?: string;
  readonly requirement?: string;
  readonly claim?: string;
  readonly expected?: string;
  readonly observed?: string;
  readonly position?: SourcePosition;
  readonly claimPosition?: SourcePosition;
}

/** Completes a reason. It is frozen, because it is kept and given out again and again. */
export function makeReason(parts: ReasonParts): Reason {
  return Object.freeze({
    policy: '',
    requirement: '',
    claim: '',
    expected: '',
    observed: '',
    ...parts,
    layer: REASON_CODES[parts.code],
  });
}

/** Reasons in order, each once: those of several targets that one candidate stands for are united. */
export function uniteReasons(reasons: readonly RankedReason[]): readonly RankedReason[] {
  if (reasons.length < 2) return reasons;
  const unique = new Map<string, RankedReason>();
  for (const ranked of reasons) {
    const key = identityKey(ranked.reason);
    if (!unique.has(key)) unique.set(key, ranked);
  }
  return [...unique.values()].sort((left, right) => left.rank - right.rank);
}

function identityKey({ code, policy, requirement, claim, expected, observed }: Reason): string {
  return [code, policy, requirement, claim, expected, observed].join('\u0000');
}
