import pino from 'pino';

import type { Decision } from '../../../src/core/model/decision';
import { EMPTY_CONTEXT } from '../../../src/core/model/request';
import { createDecisionLog } from '../../../src/pep/grpc/decision-log';
import type { Ask } from '../../../src/ports/answer';
import { makeReason } from '../../../src/core/engine/ranked-reason';

const ASK: Ask = {
  requestId: 'r',
  detail: 'summary',
  request: {
    context: { ...EMPTY_CONTEXT, model: 'canary' },
    caller: { rewritesModel: true, ownsClaims: false },
    problems: [],
  },
};

const reason = (code: 'claim_unknown' | 'claim_contrary') =>
  makeReason({ code, message: 'm', state: 'unknown' });

const DECISION: Decision = {
  outcome: 'warn',
  eligible: [
    { eligible: true, ref: 'a', target: 'a', provider: 'p', sendModel: 'm', reasons: [] },
    {
      eligible: true,
      ref: 'b',
      target: 'b',
      provider: 'p',
      sendModel: 'm',
      reasons: [reason('claim_unknown'), reason('claim_unknown'), reason('claim_contrary')],
    },
  ],
  verdicts: [],
  warnings: [],
  policies: [],
  shadow: [],
};

function linesOf(decision: Decision): readonly unknown[] {
  const lines: unknown[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
  createDecisionLog(log).record(ASK, {
    requestId: 'r',
    decisionId: 'd',
    detail: 'summary',
    decision,
  });
  return lines;
}

test('a decision in which a warn policy gave way is logged with what is not met, wanted or not', () => {
  const lines = linesOf(DECISION);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    msg: 'decision',
    outcome: 'warn',
    decision_id: 'd',
    eligible: ['a', 'b'],
    unmet: { b: ['claim_unknown', 'claim_contrary'] },
  });
  expect(JSON.stringify(lines)).not.toContain('canary');
});

test('any other decision is logged where a policy wants it, and without that', () => {
  const allow: Decision = { ...DECISION, outcome: 'allow' };
  expect(linesOf(allow)).toEqual([]);
  const policies = [{ id: 'p', mode: 'enforce', counts: true, logSelection: true }] as const;
  const [line] = linesOf({ ...allow, policies });
  expect(line).toMatchObject({ msg: 'decision', outcome: 'allow' });
  expect(line).not.toHaveProperty('unmet');
});
