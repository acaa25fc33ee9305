import { readRecord } from '../../../src/service/evidence/read-record';
import type { RecordedDecision } from '../../../src/service/evidence/recorded-decision';
import { replayRecord } from '../../../src/service/evidence/replay-record';
import { CASES, type Case } from '../../laws/support/decisions';
import { claim, document, policy, requestFor, setOf, target } from '../../laws/support/small-world';
import { check, Spread } from '../../laws/support/runs';
import { bundleOf, recordOf } from './support/record-of';
import { jsonOf } from './support/records';

/** The record of a case, as it is read again. */
function readAgain(one: Case): RecordedDecision {
  const { request } = one;
  const attributes = new Set(request.context.attributes.keys());
  const read = readRecord(jsonOf(recordOf({ bundle: bundleOf(one), request, attributes })));
  if (read === undefined) throw new Error('a record cannot be read');
  return read;
}

describe('the record of a decision', () => {
  it('is all that is needed to decide again, with the same result', () => {
    const spread = new Spread();
    check(CASES, 600, (one) => {
      const record = readAgain(one);
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
    const record = readAgain({ set, request: NOW });
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
