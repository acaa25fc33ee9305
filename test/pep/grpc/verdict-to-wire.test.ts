import type { BlockedVerdict, Decision, EligibleVerdict } from '../../../src/core/model/decision';
import type { Reason } from '../../../src/core/model/reason';
import { DecideResponse } from '../../../src/gen/ambit/v1/decision';
import { answerToWire } from '../../../src/pep/grpc/answer-to-wire';
import { FULL_REASONS } from '../../../src/pep/grpc/reason-budget';
import { verdictToWire } from '../../../src/pep/grpc/verdict-to-wire';
import { MAX_ANSWER_BYTES, MAX_CANDIDATES, MAX_ID_BYTES } from '../../../src/pep/limits';

const REASON: Reason = {
  code: 'claim_unknown',
  layer: 'requirements',
  policy: 'p',
  requirement: 'soc2',
  claim: 'soc2',
  state: 'unknown',
  expected: 'type2',
  observed: 'not declared',
  message: 'm',
  position: { file: 'p.yaml', line: 300, column: 500 },
};

function blocked(ref: string, count: number, message: string): BlockedVerdict {
  const reasons = Array.from({ length: count }, (): Reason => ({ ...REASON, message }));
  return {
    eligible: false,
    ref,
    target: '',
    provider: '',
    reasons: reasons as unknown as BlockedVerdict['reasons'],
  };
}

const ELIGIBLE: EligibleVerdict = {
  eligible: true,
  ref: 'r',
  target: 't',
  provider: 'p',
  sendModel: 'm',
  reasons: [],
};

describe('a verdict', () => {
  it.each([
    ['summary', FULL_REASONS, 1, 2],
    ['reasons', FULL_REASONS, 3, 0],
    ['trace', FULL_REASONS, 3, 0],
    ['reasons', { reasonsEach: 2, codesOnly: false }, 2, 1],
    ['reasons', { reasonsEach: 9, codesOnly: false }, 3, 0],
    ['summary', { reasonsEach: 2, codesOnly: false }, 1, 2],
    ['reasons', { reasonsEach: 1, codesOnly: true }, 1, 2],
  ] as const)('of detail `%s` and budget %j counts what it leaves out', (...each) => {
    const [detail, budget, shown, omitted] = each;
    const wire = verdictToWire(blocked('r', 3, 'm'), detail, budget);
    expect([wire.reasons.length, wire.reasonsOmitted]).toEqual([shown, omitted]);
    const codesOnly = detail === 'summary' || budget.codesOnly;
    expect(wire.reasons[0]).toMatchObject({ code: 'claim_unknown', state: 2, layer: 6 });
    expect(wire.reasons[0]?.message).toBe(codesOnly ? '' : 'm');
    expect(wire.reasons[0]?.source).toEqual(codesOnly ? undefined : REASON.position);
  });

  it('has a model to send exactly where it is eligible, and no target that is not known', () => {
    expect(verdictToWire(blocked('r', 1, 'm'), 'reasons', FULL_REASONS)).toMatchObject({
      eligible: false,
      target: undefined,
      sendModel: undefined,
    });
    expect(verdictToWire(ELIGIBLE, 'reasons', FULL_REASONS)).toEqual({
      ref: 'r',
      target: 't',
      eligible: true,
      sendModel: 'm',
      reasons: [],
      reasonsOmitted: 0,
    });
  });
});

describe('an answer stays below the limit of its message', () => {
  const count = MAX_CANDIDATES;
  const block = (body: string): NonNullable<Decision['block']> => ({
    code: 'no_compliant_provider',
    message: 'm',
    httpStatus: 403,
    contentType: 'application/json',
    body,
    layer: 'requirements',
    policy: 'p',
    providersConsidered: [],
  });
  const LONG_REF = 'ü'.repeat(MAX_ID_BYTES / 2 - 4);

  it.each([
    { what: 'letters of several bytes', ref: 'r', message: '✓'.repeat(500), body: '' },
    // As long as may be, and such that one reason more would fit but for the refs.
    { what: 'refs', ref: LONG_REF, message: 'm'.repeat(1131), body: '' },
    { what: 'a body', ref: 'r', message: 'm'.repeat(1200), body: 'x'.repeat(MAX_ANSWER_BYTES / 2) },
  ])('whatever takes much of it: $what', ({ ref, message, body }) => {
    const reasons = 4;
    const verdicts = Array.from({ length: count }, (_, index) =>
      blocked(`${ref}${String(index)}`, reasons, message),
    );
    const decision: Decision = {
      outcome: 'block',
      eligible: [],
      verdicts,
      block: block(body),
      warnings: [],
      policies: [],
      shadow: [],
    };
    const wire = answerToWire({ requestId: '', decisionId: 'd', detail: 'reasons', decision });
    expect(DecideResponse.encode(wire).finish().length).toBeLessThanOrEqual(MAX_ANSWER_BYTES);
    expect(wire.verdicts).toHaveLength(count);
    for (const verdict of wire.verdicts) {
      expect(verdict.reasons.length).toBeGreaterThan(0);
      expect(verdict.reasonsOmitted).toBe(reasons - verdict.reasons.length);
      expect(verdict.reasonsOmitted).toBeGreaterThan(0);
    }
  });
});
