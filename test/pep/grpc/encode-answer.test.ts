import type { BlockedVerdict, EligibleVerdict, Verdict } from '../../../src/core/model/decision';
import { DEFAULT_SETTINGS } from '../../../src/core/model/policy-set';
import type { Reason } from '../../../src/core/model/reason';
import { DecideResponse } from '../../../src/gen/ambit/v1/decision';
import { answerToWire } from '../../../src/pep/grpc/answer-to-wire';
import { encodeAnswer } from '../../../src/pep/grpc/encode-answer';
import { MAX_ANSWER_BYTES } from '../../../src/pep/limits';
import type { Answer, Detail } from '../../../src/ports/answer';

const REASON: Reason = {
  code: 'claim_unknown',
  layer: 'requirements',
  policy: 'p',
  requirement: 'soc2',
  claim: 'soc2',
  state: 'unknown',
  expected: 'type2',
  observed: 'not declared',
  message: 'policy `p` requires type2; ünïcode',
  position: { file: 'p.yaml', line: 3, column: 5 },
};

function eligible(ref: string): EligibleVerdict {
  return { eligible: true, ref, target: ref, provider: 'x', sendModel: 'm', reasons: [] };
}

function blocked(ref: string, reasons: BlockedVerdict['reasons']): BlockedVerdict {
  return { eligible: false, ref, target: '', provider: 'x', reasons };
}

function answerWith(verdicts: readonly Verdict[], detail: Detail = 'reasons'): Answer {
  return {
    requestId: 'r',
    decisionId: 'd',
    detail,
    decision: {
      outcome: 'allow',
      eligible: verdicts.filter((each) => each.eligible),
      verdicts,
      warnings: [{ code: 'unused_scope_key', message: 'x' }],
      routing: {
        strategy: 'ordered',
        triggers: ['timeout'],
        position: { file: 'p', line: 1, column: 1 },
      },
      policies: [],
      shadow: [],
    },
    bundle: { digest: 'sha256:0', revision: 7, sequence: 1, validUntilMs: 0, stale: false },
  };
}

const MIXED = [eligible('a'), blocked('b', [REASON, REASON]), eligible('ü')];

describe('the bytes of an answer', () => {
  it.each<[string, Answer]>([
    ['with reasons', answerWith(MIXED)],
    ['again, from what is kept', answerWith(MIXED)],
    ['as a summary', answerWith(MIXED, 'summary')],
    ['as a summary of one reason', answerWith([blocked('b', [REASON])], 'summary')],
    ['without verdicts', answerWith([])],
    ['with lengths of more than one byte', answerWith([blocked('x'.repeat(300), [REASON])])],
  ])('are those of its wire form: %s', (_, answer) => {
    expect(DecideResponse.decode(encodeAnswer(answer))).toEqual(
      DecideResponse.decode(DecideResponse.encode(answerToWire(answer)).finish()),
    );
  });

  it('stay below the limit, with every verdict and at least one reason each', () => {
    const reasons = Array.from({ length: 30 }, (): Reason => ({
      ...REASON,
      message: 'm'.repeat(500),
    }));
    const verdicts = Array.from({ length: 1000 }, (_, index) =>
      blocked(`ref-${String(index)}`, reasons as unknown as BlockedVerdict['reasons']),
    );
    const bytes = encodeAnswer(answerWith(verdicts));
    const decoded = DecideResponse.decode(bytes);
    expect(bytes.length).toBeLessThanOrEqual(MAX_ANSWER_BYTES);
    expect(decoded.verdicts).toHaveLength(1000);
    for (const verdict of decoded.verdicts) {
      expect(verdict.reasons.length).toBeGreaterThan(0);
      expect(verdict.reasons.length + verdict.reasonsOmitted).toBe(30);
    }
  });

  it('leave out a trace that has no room, and none of the reasons', () => {
    const answer = answerWith(MIXED, 'trace');
    const shadow = Array.from({ length: 2000 }, (_, index) => ({
      policy: 'planned',
      ref: `ref-${String(index)}`,
      reasons: [{ ...REASON, message: 'm'.repeat(3000) }] as const,
    }));
    const set = { settings: DEFAULT_SETTINGS, documents: [] };
    const small = DecideResponse.decode(encodeAnswer({ ...answer, set }));
    expect(small.trace).toBeDefined();
    const large = { ...answer, set, decision: { ...answer.decision, shadow } };
    const bytes = encodeAnswer(large);
    const decoded = DecideResponse.decode(bytes);
    expect(bytes.length).toBeLessThanOrEqual(MAX_ANSWER_BYTES);
    expect(decoded.trace).toBeUndefined();
    expect(decoded.verdicts).toEqual(small.verdicts);
  });
});
