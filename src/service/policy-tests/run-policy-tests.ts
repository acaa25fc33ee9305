import type { Bundle } from '../../core/engine/bundle';
import { decide } from '../../core/engine/decide';
import type { Decision } from '../../core/model/decision';
import type { Finding } from '../../core/model/finding';
import { matchesGlob } from '../../core/policy/glob';
import type { PolicyCase, PolicyTest } from '../../ports/policy-test';
import type { SuggestName } from '../unnamed-scope';
import { compareDecision } from './compare-decision';

/** A case with the document that it stands in. */
export interface PlacedCase {
  readonly test: PolicyTest;
  readonly policyCase: PolicyCase;
}

/** What became of one case; it has passed if nothing was found. */
export interface CaseResult extends PlacedCase {
  readonly decision: Decision;
  readonly findings: readonly Finding[];
}

/** Which cases are run, and at which instant. */
export interface CaseSelection {
  /** Only cases whose `DOCUMENT/CASE` holds it; case does not count, and `*` stands for any characters. */
  readonly filter?: string | undefined;
  /** Replaces the instant of every case, in milliseconds since the epoch. */
  readonly nowMs?: number | undefined;
}

/** The cases that are to be run, in file order. */
export function selectCases(
  tests: readonly PolicyTest[],
  { filter, nowMs }: CaseSelection,
): readonly PlacedCase[] {
  const pattern = `*${(filter ?? '').toLowerCase()}*`;
  const all = tests.flatMap((test) => test.cases.map((policyCase) => ({ test, policyCase })));
  return all
    .filter((placed) => matchesGlob(pattern, nameOf(placed).toLowerCase()))
    .map(({ test, policyCase }) => ({
      test,
      policyCase: nowMs === undefined ? policyCase : { ...policyCase, nowMs },
    }));
}

/** The name by which a case is filtered and reported. */
export function nameOf({ test, policyCase }: PlacedCase): string {
  return `${test.name}/${policyCase.name.value}`;
}

/** Holds a bundle against cases. Pure and total: each case gets one result, in order. */
export function runPolicyTests(
  bundle: Bundle,
  cases: readonly PlacedCase[],
  suggest: SuggestName,
): readonly CaseResult[] {
  return cases.map((placed) => {
    const { policyCase } = placed;
    const decision = decide(bundle, policyCase.request, policyCase.nowMs);
    return { ...placed, decision, findings: compareDecision(policyCase, decision, suggest) };
  });
}

/** True if the bundle meets the case. */
export function passes(bundle: Bundle, { policyCase }: PlacedCase): boolean {
  const decision = decide(bundle, policyCase.request, policyCase.nowMs);
  return compareDecision(policyCase, decision, () => undefined).length === 0;
}
