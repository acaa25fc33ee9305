import type { Finding } from '../../core/model/finding';
import type { Mark } from '../../ports/policy-test';

/**
 * Every way in which a policy test can fail, with its meaning as docs/findings.md shows it. Closed and append-only.
 */
export const TEST_FINDING_CODES = Object.freeze({
  unexpected_outcome: 'the outcome of a case is another one',
  unexpected_block: 'a target is blocked, and the case expects it eligible',
  unexpected_eligible: 'a target is eligible, and the case expects it blocked',
  unexpected_order: 'the eligible targets stand in another order',
  unexpected_reason: 'a target has another reason than the case expects',
  unexpected_answer: 'the block or the warnings of a case are other ones',
  unlisted_target: 'a candidate of which the case says nothing',
  no_candidate: 'a case names something that is no candidate of its request',
  mutant_survived: 'a rule could be changed, and no case noticed',
  unnamed_scope: 'a case states a scope key or value that nothing in the bundle names',
} as const);

/** A way in which a policy test can fail. */
export type TestFindingCode = keyof typeof TEST_FINDING_CODES;

/** Builds the finding of a failure at the word of the case that is not met: an error, unless it fails no case. */
export function testFinding(parts: {
  readonly severity?: 'error' | 'warning';
  readonly code: TestFindingCode;
  readonly at: Mark;
  readonly message: string;
  readonly help?: string | undefined;
  readonly related?: Finding['related'] | undefined;
}): Finding {
  const { severity = 'error', code, at, message, help, related } = parts;
  return {
    severity,
    code,
    message,
    position: at.position,
    endColumn: at.endColumn,
    ...(help === undefined ? {} : { help }),
    ...(related === undefined || related.length === 0 ? {} : { related }),
  };
}
