import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { Decision } from '../../../src/core/model/decision';
import type { DecisionRequest } from '../../../src/core/model/request';
import { NOW_MS } from '../../generators/alphabet';
import { decisionCase } from '../../generators/requests';
import type { Case } from '../../generators/requests';
import { difference } from '../../oracle/compare';
import { oracleDecide } from '../../oracle/decide';
import { check } from './runs';
import type { Make, Spread } from './runs';

/** Anything that can be decided. */
export const CASES: Make<Case> = decisionCase;

/** The served answer, from a bundle of its own. */
export function answer({ set, request }: Case, nowMs = NOW_MS): Decision {
  return decide(compileBundle(set, 'generated'), request, nowMs);
}

/** The served answer, which must be the naive evaluator's in all that the laws fix. */
export function agreedAnswer(one: Case, nowMs = NOW_MS): Decision {
  const decision = answer(one, nowMs);
  expect(difference(decision, oracleDecide(one.set, one.request, nowMs))).toBeUndefined();
  return decision;
}

/** Checks that both evaluators agree, and counts outcomes and codes. */
export function checkAgreement(cases: Make<Case>, count: number, spread: Spread): void {
  check(cases, count, (one) => {
    countOutcome(agreedAnswer(one), spread);
  });
}

/** Counts the outcome, the block's code and every reason code. */
export function countOutcome({ outcome, block, verdicts }: Decision, spread: Spread): void {
  spread.add(outcome);
  if (block !== undefined) {
    spread.add(`block ${block.code}`);
  }
  for (const code of new Set(verdicts.flatMap(({ reasons }) => reasons.map((r) => r.code)))) {
    spread.add(code);
  }
}

/** Refs of what may receive the request, in order. */
export function eligibleRefs({ eligible }: Decision): readonly string[] {
  return eligible.map(({ ref }) => ref);
}

/** Fails if the second answer lets something through that the first does not. */
export function expectNothingAdded(before: Decision, after: Decision): void {
  const had = new Set(eligibleRefs(before));
  expect(eligibleRefs(after).filter((ref) => !had.has(ref))).toEqual([]);
}

/** Counts how the second answer narrows the first. */
export function countNarrowing(before: Decision, after: Decision, spread: Spread): void {
  const [more, less] = [before.eligible.length, after.eligible.length];
  spread.add(
    more === 0 ? 'nothing to lose' : less === more ? 'kept' : less > 0 ? 'cut' : 'emptied',
  );
}

/** True if the request is refused before any target is looked at. */
export function isRefusedWhole({ block }: Decision): boolean {
  return block?.layer === 'identity' && block.code !== 'model_mismatch';
}

/** The same request with other preferences. */
export function withPreferences(
  request: DecisionRequest,
  preferences: DecisionRequest['context']['preferences'],
): DecisionRequest {
  return { ...request, context: { ...request.context, preferences } };
}

/** The same request with other traits of its context. */
export function withContext(
  request: DecisionRequest,
  changes: Partial<DecisionRequest['context']>,
): DecisionRequest {
  return { ...request, context: { ...request.context, ...changes } };
}

export type { Case };
