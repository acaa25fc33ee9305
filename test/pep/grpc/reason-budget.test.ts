import * as fc from 'fast-check';

import type { BlockedVerdict, NonEmpty, Verdict } from '../../../src/core/model/decision';
import type { Reason } from '../../../src/core/model/reason';
import { DecideResponse } from '../../../src/gen/ambit/v1/decision';
import { answerToWire } from '../../../src/pep/grpc/answer-to-wire';
import { budgetReasons, FULL_REASONS } from '../../../src/pep/grpc/reason-budget';
import { MAX_ANSWER_BYTES, MAX_CANDIDATES } from '../../../src/pep/limits';
import { runs, SEED } from '../../laws/support/runs';

function reason(message: string): Reason {
  return {
    code: 'claim_unknown',
    layer: 'requirements',
    policy: 'p',
    requirement: 'soc2',
    claim: 'soc2',
    state: 'unknown',
    expected: 'type2',
    observed: 'not declared',
    message,
    position: { file: 'policy.yaml', line: 1000, column: 100 },
    claimPosition: { file: 'catalog.yaml', line: 100_000, column: 100 },
  };
}

function blocked(ref: string, count: number, message: string): BlockedVerdict {
  const reasons = Array.from({ length: count }, () => reason(message));
  return {
    eligible: false,
    ref,
    target: ref,
    provider: 'p',
    reasons: reasons as unknown as NonEmpty<Reason>,
  };
}

function responseOf(verdicts: readonly Verdict[]): DecideResponse {
  return answerToWire({
    requestId: 'r',
    decisionId: 'd',
    detail: 'reasons',
    decision: {
      outcome: 'block',
      eligible: [],
      verdicts,
      warnings: [],
      policies: [],
      shadow: [],
    },
  });
}

describe('the budget of reasons', () => {
  it('is all of them where they are few, however long they are', () => {
    expect(budgetReasons([blocked('a', 512, 'm'.repeat(100))], undefined)).toBe(FULL_REASONS);
    expect(budgetReasons([], undefined)).toBe(FULL_REASONS);
  });

  it('is all of them where they fit', () => {
    expect(budgetReasons([blocked('a', 600, 'm')], undefined)).toEqual(FULL_REASONS);
  });

  it('is the same number for each verdict where they do not', () => {
    const verdicts = Array.from({ length: 1000 }, (_, index) =>
      blocked(`r${String(index)}`, 1 + (index % 20), 'm'.repeat(800)),
    );
    const { reasonsEach, codesOnly } = budgetReasons(verdicts, undefined);
    expect(codesOnly).toBe(false);
    expect(reasonsEach).toBeGreaterThan(1);
    const response = responseOf(verdicts);
    response.verdicts.forEach((verdict, index) => {
      const all = verdicts[index]?.reasons.length ?? 0;
      expect(verdict.reasons).toHaveLength(Math.min(all, reasonsEach));
      expect(verdict.reasonsOmitted).toBe(all - verdict.reasons.length);
    });
    expect(DecideResponse.encode(response).finish().length).toBeLessThanOrEqual(MAX_ANSWER_BYTES);
  });

  it('is one code each where not even one whole reason fits', () => {
    const verdicts = Array.from({ length: MAX_CANDIDATES }, (_, index) =>
      blocked(`r${String(index)}`, 2, 'ü'.repeat(4000)),
    );
    expect(budgetReasons(verdicts, undefined)).toEqual({ reasonsEach: 1, codesOnly: true });
    const response = responseOf(verdicts);
    for (const verdict of response.verdicts) {
      expect(verdict.reasons).toMatchObject([{ code: 'claim_unknown', message: '' }]);
      expect(verdict.reasonsOmitted).toBe(1);
    }
  });

  it('leaves every answer below the limit, and wastes less than a third of it', () => {
    const kinds = { whole: 0, cut: 0, codes: 0 };
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: MAX_CANDIDATES }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 10, max: 5000 }),
        (count, reasons, length) => {
          const verdicts = Array.from({ length: count }, (_, index) =>
            blocked(`ref-${String(index)}`, reasons, 'm'.repeat(length)),
          );
          const { reasonsEach, codesOnly } = budgetReasons(verdicts, undefined);
          kinds[codesOnly ? 'codes' : reasonsEach < reasons ? 'cut' : 'whole'] += 1;
          const bytes = DecideResponse.encode(responseOf(verdicts)).finish().length;
          expect(bytes).toBeLessThanOrEqual(MAX_ANSWER_BYTES);
          const nextBytes = bytes + count * (length + 200);
          if (reasonsEach < reasons) expect(nextBytes).toBeGreaterThan(MAX_ANSWER_BYTES * 0.66);
        },
      ),
      { numRuns: runs(40), seed: SEED },
    );
    expect(kinds.whole).toBeGreaterThan(0);
    expect(kinds.cut).toBeGreaterThan(0);
  });
});
