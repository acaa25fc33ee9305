import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import { readRecord } from '../../../src/service/evidence/read-record';
import { recordDecision } from '../../../src/service/evidence/record-decision';
import type { RecordedDecision } from '../../../src/service/evidence/recorded-decision';
import { replayRecord } from '../../../src/service/evidence/replay-record';
import { CASES, type Case } from '../../laws/support/decisions';
import { NOW_MS } from '../../generators/alphabet';
import { claim, document, policy, requestFor, setOf, target } from '../../laws/support/small-world';
import { check, Spread } from '../../laws/support/runs';

const bundleOf = ({ set }: Case) => compileBundle(set, 'sha256:test');

/** The record of a case, as it is read again. */
function recordOf(one: Case): RecordedDecision {
  const bundle = bundleOf(one);
  const { request } = one;
  const ask = {
    requestId: 'r-1',
    request,
    detail: 'reasons',
    origin: { caller: 'edge', startedMs: 0 },
  } as const;
  const decision = decide(bundle, request, NOW_MS);
  const answer = {
    ...{ requestId: 'r-1', decisionId: 'd-1', detail: 'reasons' as const, decision },
    bundle: { digest: bundle.digest, sequence: 1, stale: false },
  } as const;
  const attributes = new Set(request.context.attributes.keys());
  const made = recordDecision({
    ask,
    answer,
    via: 'decide',
    bundle,
    nowMs: NOW_MS,
    attributes,
    latencyMs: 0.25,
  });
  const read = readRecord(JSON.parse(JSON.stringify(made)));
  if (read === undefined) throw new Error('a record cannot be read');
  return read;
}

describe('the record of a decision', () => {
  it('is all that is needed to decide again, with the same result', () => {
    const spread = new Spread();
    check(CASES, 600, (one) => {
      const record = recordOf(one);
      spread.add(record.outcome);
      spread.add(record.replayable ? 'replayable' : 'not replayable');
      if (record.claims.length > 0) spread.add('claims');
      if (record.blocked.length > 0) spread.add('reasons');
      if (!record.replayable) return;
      expect(replayRecord(record, bundleOf(one))).toEqual([]);
    });
    spread.expectAtLeast(20, 'allow', 'block', 'warn', 'claims', 'reasons', 'replayable');
  });
});

describe('what an eligible verdict rests on', () => {
  const NOW = requestFor(['one', 'two']);
  const claims = [
    claim('soc2', 'type2', { assurance: 'audited' }),
    claim('prompt_logging', false),
    claim('gdpr', true),
  ];
  const set = setOf(
    document({
      policies: [policy('p', [{ kind: 'soc2_type2' }, { kind: 'no_prompt_logging' }])],
      targets: [target('one', { claims }), target('two', {})],
    }),
  );

  it('is each claim that satisfied a requirement, once, and no other', () => {
    const record = recordOf({ set, request: NOW });
    expect(record.eligible.map(({ ref, reliedOn }) => [ref, reliedOn])).toEqual([['one', [0, 1]]]);
    expect(record.claims.map(({ name, assurance }) => [name, assurance])).toEqual([
      ['soc2', 'audited'],
      ['prompt_logging', 'declared'],
    ]);
    expect(record.blocked).toMatchObject([
      { ref: 'two', reasons: [{ code: 'claim_unknown' }, {}] },
    ]);
  });
});
