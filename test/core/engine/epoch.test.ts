import { compileBundle, validUntilMs } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import { cacheAt, countKept } from '../../../src/core/engine/epoch';
import type { Claim } from '../../../src/core/model/claim';
import type { RequirementRule } from '../../../src/core/model/requirement';
import {
  claim,
  credential,
  DAY_MS,
  endpoint,
  file,
  NOW_MS,
  offering,
  policy,
  provider,
  REQUIRE_ZDR,
  setOf,
  target,
  ZDR,
} from './support/build';
import { eligibleRefs } from './support/decided';

/** A bundle of targets `t0`, `t1`, ... that state one claim each. */
function stating(rule: RequirementRule, ...claims: readonly Claim[]) {
  const targets = claims.map((each, index) => target(`t${String(index)}`, { claims: [each] }));
  const policies = [policy('p', { rules: [rule] })];
  return compileBundle(setOf(file({ providers: [provider('acme')], targets, policies })), 'digest');
}

const ending = (expiresAtMs: number): Claim => ({ ...ZDR, expiresAtMs });

describe('how long answers are valid', () => {
  it('for ever where nothing ends', () => {
    expect(validUntilMs(stating(REQUIRE_ZDR, ZDR), NOW_MS)).toBeUndefined();
  });

  it('until the next claim ends, of whatever entity', () => {
    const ends = (at: number) => ({ claims: [ending(NOW_MS + at)] });
    const bundle = compileBundle(
      setOf(
        file({
          providers: [provider('acme', ends(4))],
          endpoints: [endpoint('e', 'acme', ends(3))],
          credentials: [credential('c', 'acme', ends(2))],
          targets: [target('t', ends(1))],
        }),
      ),
      'digest',
    );
    const steps = [0, 1, 2, 3].map((passed) => validUntilMs(bundle, NOW_MS + passed));
    expect(steps).toEqual([1, 2, 3, 4].map((at) => NOW_MS + at));
    expect(validUntilMs(bundle, NOW_MS + 4)).toBeUndefined();
  });

  it('until a certification is too old for a policy that asks how old it is', () => {
    const rule: RequirementRule = {
      kind: 'certifications',
      allOf: ['iso27001'],
      anyOf: [],
      maxAgeDays: 30,
    };
    const checked = claim('iso27001', true, { checkedAtMs: NOW_MS - 29 * DAY_MS });
    const bundle = stating(rule, checked);
    expect(validUntilMs(bundle, NOW_MS)).toBe(NOW_MS + DAY_MS);
    const request = offering(['t0']);
    expect(eligibleRefs(decide(bundle, request, NOW_MS + DAY_MS - 1))).toEqual(['t0']);
    expect(eligibleRefs(decide(bundle, request, NOW_MS + DAY_MS))).toEqual([]);
    expect(validUntilMs(stating(REQUIRE_ZDR, checked), NOW_MS)).toBeUndefined();
    const assured: RequirementRule = { kind: 'minimum_assurance', level: 'declared', of: [rule] };
    expect(validUntilMs(stating(assured, checked), NOW_MS)).toBe(NOW_MS + DAY_MS);
  });

  it('until each instant at which some judgement changes, and no other', () => {
    const rule: RequirementRule = {
      kind: 'certifications',
      allOf: ['iso27001'],
      anyOf: [],
      maxAgeDays: 1,
    };
    const claims = [
      ending(NOW_MS + 5),
      claim('gdpr', true),
      claim('iso27001', true, { checkedAtMs: NOW_MS + 3 }),
      ending(NOW_MS + 1),
      claim('iso27001', true, { checkedAtMs: NOW_MS + 3, expiresAtMs: NOW_MS + 4 }),
    ];
    expect(stating(rule, ...claims).instantsMs).toEqual(
      [1, 3, 4, 5, 3 + DAY_MS].map((passed) => NOW_MS + passed),
    );
    // Nothing asks how old a claim is, so nothing changes when it was checked.
    expect(stating(REQUIRE_ZDR, ...claims).instantsMs).toEqual(
      [1, 4, 5].map((passed) => NOW_MS + passed),
    );
  });
});

describe('what is kept between decisions', () => {
  const ENDS = [NOW_MS + 10, NOW_MS + 20];
  const request = offering(['t0', 't1']);

  it('is never read across the end of a claim, in whatever order instants come', () => {
    const bundle = stating(REQUIRE_ZDR, ...ENDS.map(ending));
    const expected = (nowMs: number) => ['t0', 't1'].filter((_, i) => nowMs < (ENDS[i] ?? 0));
    const instants = [0, 9, 10, 11, 19, 20, 21, 10, 0, 20, 9].map((passed) => NOW_MS + passed);
    for (const nowMs of instants)
      expect(eligibleRefs(decide(bundle, request, nowMs))).toEqual(expected(nowMs));
  });

  it('can be filled before it is needed', () => {
    const bundle = stating(REQUIRE_ZDR, ...ENDS.map(ending));
    const ahead = decide(bundle, request, ENDS[0] ?? 0);
    expect(eligibleRefs(ahead)).toEqual(['t1']);
    expect(eligibleRefs(decide(bundle, request, NOW_MS))).toEqual(['t0', 't1']);
    expect(decide(bundle, request, ENDS[0] ?? 0)).toEqual(ahead);
  });

  it('is one cache for all instants between two ends', () => {
    const bundle = stating(REQUIRE_ZDR, ...ENDS.map(ending));
    expect(cacheAt(bundle, NOW_MS)).toBe(cacheAt(bundle, NOW_MS + 9));
    expect(cacheAt(bundle, NOW_MS + 9)).not.toBe(cacheAt(bundle, NOW_MS + 10));
    expect(cacheAt(bundle, NOW_MS + 10)).toBe(cacheAt(bundle, NOW_MS + 19));
  });

  it('is of one bundle', () => {
    const [first, second] = [ZDR, ZDR].map((each) => stating(REQUIRE_ZDR, each));
    if (first === undefined || second === undefined) throw new Error('two bundles');
    expect(cacheAt(first, NOW_MS)).not.toBe(cacheAt(second, NOW_MS));
  });

  it('is few epochs, and judged anew if an old one comes back', () => {
    const bundle = stating(
      REQUIRE_ZDR,
      ...Array.from({ length: 20 }, (_, i) => ending(NOW_MS + i)),
    );
    const first = cacheAt(bundle, NOW_MS - 1);
    const early = [0, 1, 2].map((passed) => cacheAt(bundle, NOW_MS + passed));
    expect(cacheAt(bundle, NOW_MS - 1)).toBe(first);
    expect([0, 1, 2].map((passed) => cacheAt(bundle, NOW_MS + passed))).toEqual(early);
    const fifth = cacheAt(bundle, NOW_MS + 3);
    expect(cacheAt(bundle, NOW_MS - 1)).not.toBe(first);
    expect(cacheAt(bundle, NOW_MS + 3)).toBe(fifth);
  });

  it('is dropped before it fills the memory', () => {
    const bundle = stating(REQUIRE_ZDR, ZDR);
    const before = decide(bundle, offering(['t0']), NOW_MS);
    const cache = cacheAt(bundle, NOW_MS);
    const { budget } = cache;
    expect(cache.classes.size).toBe(1);
    expect(budget.most).toBe(100_000 + 50);
    countKept(cache, budget.most - budget.kept);
    expect(cache.classes.size).toBe(1);
    countKept(cache, 1);
    expect([cache.classes.size, budget.kept]).toEqual([0, 0]);
    expect(decide(bundle, offering(['t0']), NOW_MS)).toEqual(before);
  });

  it('has what is kept counted with the reasons, which are the most of it', () => {
    const [met, missed] = [ZDR, ending(NOW_MS)].map((claim) => {
      const bundle = stating(REQUIRE_ZDR, claim);
      decide(bundle, offering(['t0']), NOW_MS);
      return cacheAt(bundle, NOW_MS).budget.kept;
    });
    // A judgement and a verdict, and in each of them the one reason.
    expect([met, missed]).toEqual([2, 4]);
  });

  it('shares its bound with those of other instants', () => {
    const bundle = stating(REQUIRE_ZDR, ...ENDS.map(ending));
    const caches = [NOW_MS, NOW_MS + 10].map((nowMs) => {
      decide(bundle, request, nowMs);
      return cacheAt(bundle, nowMs);
    });
    const [first, second] = caches;
    if (first === undefined || second === undefined) throw new Error('two instants');
    expect(first.budget).toBe(second.budget);
    countKept(second, first.budget.most);
    expect(caches.map(({ classes }) => classes.size)).toEqual([0, 0]);
  });

  it('grows with the catalog', () => {
    const bundle = stating(REQUIRE_ZDR, ...ENDS.map(ending));
    expect(cacheAt(bundle, NOW_MS).budget.most).toBe(100_000 + 2 * 50);
  });

  it('has place for requests of several kinds', () => {
    const bundle = stating(REQUIRE_ZDR, ZDR);
    const kept = (['embeddings', 'rerank', 'embeddings'] as const).map((api) => {
      decide(bundle, offering(['t0'], { api }), NOW_MS);
      return cacheAt(bundle, NOW_MS).budget.kept;
    });
    // A judgement and a verdict each; the last one finds the judgement of the first.
    expect(kept).toEqual([2, 4, 5]);
  });

  it('starts its count anew with the epochs', () => {
    const bundle = stating(
      REQUIRE_ZDR,
      ...Array.from({ length: 20 }, (_, i) => ending(NOW_MS + i)),
    );
    for (const passed of [-1, 0, 1, 2]) cacheAt(bundle, NOW_MS + passed);
    const { budget } = cacheAt(bundle, NOW_MS);
    countKept(cacheAt(bundle, NOW_MS), 7);
    cacheAt(bundle, NOW_MS + 3);
    expect([budget.kept, budget.epochs.size]).toEqual([0, 1]);
  });
});
