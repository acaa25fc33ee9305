import { compileBundle } from '../../../../src/core/engine/compile';
import { decide } from '../../../../src/core/engine/decide';
import type { MadeDecision } from '../../../../src/ports/decision-audit';
import { NOW_MS } from '../../../generators/alphabet';
import {
  claim,
  document,
  policy,
  requestFor,
  setOf,
  target,
} from '../../../laws/support/small-world';

const BUNDLE = compileBundle(
  setOf(
    document({
      policies: [policy('p', [{ kind: 'gdpr' }])],
      targets: [target('good', { claims: [claim('gdpr', true)] }), target('bad')],
    }),
  ),
  'sha256:test',
);

/** Decisions with these outcomes. */
export function madeDecisions(outcomes: readonly ('allow' | 'block')[]): readonly MadeDecision[] {
  return outcomes.map((outcome, index): MadeDecision => {
    const request = requestFor([outcome === 'allow' ? 'good' : 'bad']);
    const decision = decide(BUNDLE, request, NOW_MS);
    if (decision.outcome !== outcome) throw new Error(`${decision.outcome} is not ${outcome}`);
    const decisionId = `d-${String(index)}`;
    const bundle = { digest: BUNDLE.digest, sequence: 1, stale: false };
    return {
      ask: { requestId: '', request, detail: 'reasons' },
      answer: { requestId: '', decisionId, detail: 'reasons', decision, bundle },
      ...{ via: 'decide', bundle: BUNDLE, nowMs: NOW_MS },
    };
  });
}

/** A decision whose record is larger than any trail takes: whoever asks chooses how many candidates there are. */
export const hugeDecision = (): MadeDecision => largeDecision(6000);

/** A decision with so many candidates, of which each makes its record some 270 bytes longer. */
export function largeDecision(length: number): MadeDecision {
  const [made] = madeDecisions(['allow']);
  if (made === undefined) throw new Error('none');
  const { request } = made.ask;
  const endpoint = `https://example.com/${'path/'.repeat(40)}`;
  const candidates = Array.from({ length }, (_, index) => ({
    ...{ ref: `candidate-${String(index)}`, endpoint, claims: [] },
  }));
  return { ...made, ask: { ...made.ask, request: { ...request, candidates } } };
}
