import {
  layerOfStep,
  makeReason,
  policyOfStep,
  rankOf,
  stepOf,
  uniteReasons,
  type RankedReason,
} from '../../../src/core/engine/ranked-reason';
import { LAYERS } from '../../../src/core/model/reason';
import { at } from './support/build';

describe('the rank of a reason', () => {
  it('is by layer, then by policy, then by rule', () => {
    const ranks = LAYERS.flatMap((layer) =>
      [0, 1, 7].flatMap((policy) => [0, 1, 99].map((rule) => rankOf(layer, policy, rule))),
    );
    expect(ranks).toEqual([...ranks].sort((left, right) => left - right));
    expect(new Set(ranks).size).toBe(ranks.length);
  });

  it('stays below the next policy’s, however many rules there are', () => {
    const last = rankOf('requirements', 3, Number.MAX_SAFE_INTEGER);
    expect(last).toBeLessThan(rankOf('requirements', 4, 0));
    expect(stepOf(last)).toBe(stepOf(rankOf('requirements', 3, 0)));
  });

  it('tells layer and policy again', () => {
    for (const layer of LAYERS) {
      const step = stepOf(rankOf(layer, 5, 9));
      expect([layerOfStep(step), policyOfStep(step)]).toEqual([layer, 5]);
    }
  });
});

describe('reasons of several targets, united', () => {
  const ranked = (rank: number, more: Partial<RankedReason['reason']>): RankedReason => ({
    rank,
    reason: makeReason({ code: 'claim_unknown', state: 'unknown', message: 'm', ...more }),
  });

  it('are each told once, as the first was, in order', () => {
    const second = ranked(2, { policy: 'p', position: at(2) });
    const first = ranked(1, { policy: 'q' });
    const again = ranked(2, { policy: 'p', position: at(9) });
    expect(uniteReasons([second, first, again])).toEqual([first, second]);
  });

  it('are not taken for each other where their parts only run together', () => {
    const apart = [
      ranked(1, { policy: 'ab', requirement: 'c' }),
      ranked(1, { policy: 'a', requirement: 'bc' }),
      ranked(1, { policy: 'a', requirement: 'b', claim: 'c' }),
    ];
    expect(uniteReasons(apart)).toEqual(apart);
  });
});
