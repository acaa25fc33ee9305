import { bestReading } from '../../../src/core/engine/read-claims';
import type { Claim } from '../../../src/core/model/claim';
import type { ClaimReading, RequirementRule } from '../../../src/core/model/requirement';
import {
  claim,
  DAY_MS,
  file,
  NOW_MS,
  offering,
  policy,
  provider,
  setOf,
  target,
} from './support/build';
import { decideOn, eligibleRefs } from './support/decided';

const stating = (more: Partial<Claim>): ClaimReading => ({
  state: 'stated',
  claim: claim('gdpr', true, more),
});

/** What is better, the better statement, and the other. */
const BEST: readonly (readonly [string, Partial<Claim>, Partial<Claim>])[] = [
  ['is audited', { assurance: 'audited' }, { assurance: 'contract' }],
  ['was checked', { checkedAtMs: NOW_MS }, {}],
  ['was checked last', { checkedAtMs: NOW_MS }, { checkedAtMs: NOW_MS - 2 * DAY_MS }],
  ['was checked last, long ago', { checkedAtMs: 3 - DAY_MS }, { checkedAtMs: 2 - DAY_MS }],
  [
    'is audited, and not the one that was checked last',
    { assurance: 'audited', checkedAtMs: NOW_MS - 2 * DAY_MS },
    { checkedAtMs: NOW_MS },
  ],
];

describe('of several statements of one value', () => {
  it.each(BEST)('the one that %s counts, in whatever order', (_, best, other) => {
    for (const readings of [
      [stating(best), stating(other)],
      [stating(other), stating(best)],
      [stating(other), stating(best), stating(other)],
    ]) {
      expect(bestReading(readings)).toEqual(stating(best));
    }
  });

  it('one in force counts before one that has ended, and that before one that does not cover', () => {
    const ended: ClaimReading = { state: 'expired', claim: claim('gdpr', true) };
    const uncovered: ClaimReading = { state: 'unknown', uncovered: claim('gdpr', true) };
    expect(bestReading([uncovered, ended, stating({})])).toEqual(stating({}));
    expect(bestReading([uncovered, ended])).toEqual(ended);
    expect(bestReading([uncovered])).toEqual(uncovered);
    expect(bestReading([])).toEqual({ state: 'unknown' });
  });

  it.each<[string, RequirementRule, Partial<Claim>]>([
    [
      'how well it is founded',
      { kind: 'minimum_assurance', level: 'audited', of: [{ kind: 'gdpr' }] },
      { assurance: 'audited' },
    ],
    [
      'how lately it was checked',
      { kind: 'certifications', allOf: ['gdpr'], anyOf: [], maxAgeDays: 1 },
      { checkedAtMs: NOW_MS },
    ],
  ])('one is enough for what asks %s', (_, rule, more) => {
    const of = (claims: Partial<Claim>) =>
      file({
        providers: [provider('acme')],
        targets: [target('t', { claims: [claim('gdpr', true, claims)] })],
      });
    const rules = file({ policies: [policy('p', { rules: [rule] })] });
    const left = (...files: readonly ReturnType<typeof file>[]) =>
      eligibleRefs(decideOn(setOf(rules, ...files), offering(['t'])));
    expect(left(of({}))).toEqual([]);
    expect(left(of({}), of(more))).toEqual(['t']);
    expect(left(of(more), of({}))).toEqual(['t']);
  });
});
