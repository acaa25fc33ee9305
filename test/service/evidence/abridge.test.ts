import type { Candidate } from '../../../src/core/model/request';
import { fittingJson } from '../../../src/service/audit/fitting-json';
import { abridge } from '../../../src/service/evidence/abridge';
import { readRecord } from '../../../src/service/evidence/read-record';
import {
  ABRIDGEMENTS,
  type RecordedDecision,
} from '../../../src/service/evidence/recorded-decision';
import { replayRecord } from '../../../src/service/evidence/replay-record';
import { MAX_RECORD_BYTES } from '../../../src/service/trail/line';
import { pick } from '../../generators/source';
import { CASES, type Case } from '../../laws/support/decisions';
import { check, Spread } from '../../laws/support/runs';
import { claim, document, policy, requestFor, setOf, target } from '../../laws/support/small-world';
import { bundleOf, recordOf } from './support/record-of';
import { jsonOf } from './support/records';

/** Some targets that are eligible, with this many claims each, and some that are blocked for as many reasons. */
function largeCase(targets: number, claims: number): Case {
  const kinds = ['soc2_type2', 'no_prompt_logging', 'gdpr'] as const;
  const policies = Array.from({ length: claims }, (_, index) =>
    policy(
      `p-${String(index)}`,
      kinds.map((kind) => ({ kind })),
    ),
  );
  const good = [
    claim('soc2', 'type2', { evidence: `https://example.com/${'reports/'.repeat(20)}` }),
    claim('prompt_logging', false),
    claim('gdpr', true),
  ];
  const names = Array.from({ length: targets }, (_, index) => `t-${String(index)}`);
  const made = names.map((name, index) => target(name, index % 2 === 0 ? { claims: good } : {}));
  return { set: setOf(document({ policies, targets: made })), request: requestFor(names) };
}

function fittingOf(one: Case): RecordedDecision | undefined {
  const json = fittingJson(recordOf({ bundle: bundleOf(one), request: one.request }));
  if (json === undefined) return undefined;
  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(MAX_RECORD_BYTES);
  return readRecord(JSON.parse(json));
}

describe('a record that is too large for a trail', () => {
  it.each([
    [undefined, 10, 1],
    ['details', 1000, 3],
    ['reasons', 1000, 8],
  ] as const)('leaves out %s of %d targets and %d policies', (abridged, targets, policies) => {
    const one = largeCase(targets, policies);
    const record = fittingOf(one);
    expect(record?.abridged).toBe(abridged);
    expect(record?.eligible).toHaveLength(targets / 2);
    expect(record?.blocked).toHaveLength(targets / 2);
    expect(record === undefined ? [] : replayRecord(record, bundleOf(one))).toEqual([]);
  });

  it('names the rule of every reason as long as it can', () => {
    const { blocked = [] } = fittingOf(largeCase(1000, 3)) ?? {};
    const found = blocked[0]?.reasons.find((each) => each.requirement === 'soc2_type2');
    expect(found).toEqual({
      ...{ code: 'claim_unknown', layer: 'requirements', policy: 'p-0' },
      ...{ requirement: 'soc2_type2', claim: 'soc2', state: 'unknown' },
    });
  });

  it('differs when it is decided otherwise', () => {
    const one = largeCase(1000, 3);
    const record = fittingOf(one);
    const other = bundleOf(largeCase(998, 3));
    expect(record === undefined ? [] : replayRecord(record, other)).toContain('eligible');
  });

  it('is none where it could not be decided again', () => {
    const { set, request } = largeCase(1000, 3);
    const candidates = request.candidates?.map((each, index): Candidate =>
      index === 0 ? { ...each, model: 'what a secret plan' } : each,
    );
    const record = fittingOf({ set, request: { ...request, candidates: candidates ?? [] } });
    expect(record?.replayable).toBeUndefined();
  });
});

it('says the same of what it holds as the whole record, of whatever was decided', () => {
  const spread = new Spread();
  check(
    (source) => ({ one: CASES(source), abridged: pick(source, ABRIDGEMENTS) }),
    300,
    ({ one, abridged }) => {
      const whole = recordOf({ bundle: bundleOf(one), request: one.request });
      const record = readRecord(jsonOf(abridge(whole, abridged)));
      if (record === undefined) throw new Error('cannot be read');
      spread.add(abridged);
      if (whole.blocked.length > 0) spread.add('blocked');
      if (whole.shadow !== undefined) spread.add('shadow');
      if (whole.eligible.some(({ unmet }) => unmet !== undefined)) spread.add('unmet');
      const namesOf = (list: readonly { readonly ref: string }[]): readonly string[] =>
        list.map(({ ref }) => ref);
      expect(namesOf(record.eligible)).toEqual(namesOf(whole.eligible));
      expect(namesOf(record.blocked)).toEqual(namesOf(whole.blocked));
      expect(record).toMatchObject({ outcome: whole.outcome, request: whole.request });
      expect(JSON.stringify(record)).not.toMatch(/"(expected|observed|claimSource)":/);
      if (whole.replayable) expect(replayRecord(record, bundleOf(one))).toEqual([]);
    },
  );
  spread.expectAtLeast(10, ...ABRIDGEMENTS, 'blocked', 'shadow', 'unmet');
});
