import { compileBundle } from '../../../../src/core/engine/compile';
import { decide } from '../../../../src/core/engine/decide';
import type { Decision, Verdict } from '../../../../src/core/model/decision';
import type { PolicySet } from '../../../../src/core/model/policy-set';
import type { DecisionRequest } from '../../../../src/core/model/request';
import { NOW_MS } from './build';

/** Compiles and decides. */
export function decideOn(set: PolicySet, request: DecisionRequest, nowMs = NOW_MS): Decision {
  return decide(compileBundle(set, 'digest'), request, nowMs);
}

/** Refs that may receive the request, in the order to try. */
export function eligibleRefs({ eligible }: Decision): readonly string[] {
  return eligible.map(({ ref }) => ref);
}

/** The verdict of a candidate. */
export function verdictFor({ verdicts }: Decision, ref: string): Verdict {
  const verdict = verdicts.find((each) => each.ref === ref);
  if (verdict === undefined) throw new Error(`no verdict for ${ref}`);
  return verdict;
}

/** The codes of a candidate's reasons, in order. */
export function codesFor(decision: Decision, ref: string): readonly string[] {
  return verdictFor(decision, ref).reasons.map(({ code }) => code);
}

/** `eligible`, or the codes that block the candidate. */
export function judgedAs(decision: Decision, ref: string): string {
  return verdictFor(decision, ref).eligible ? 'eligible' : codesFor(decision, ref).join();
}
