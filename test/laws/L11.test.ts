import { compileBundle, validUntilMs } from '../../src/core/engine/compile';
import { decide } from '../../src/core/engine/decide';
import type { PolicySet } from '../../src/core/model/policy-set';
import { DAY_MS, NOW_MS } from '../generators/alphabet';
import { request } from '../generators/requests';
import { pick } from '../generators/source';
import type { Source } from '../generators/source';
import { agreedAnswer, answer, CASES } from './support/decisions';
import { parseNative } from './support/native-files';
import { openCase } from './support/open-cases';
import { check, Spread } from './support/runs';
import { claim, document, policy, requestFor, setOf, target } from './support/small-world';

const INSTANTS_MS = [
  NOW_MS - 2 * DAY_MS,
  NOW_MS - DAY_MS,
  NOW_MS - 1,
  NOW_MS,
  NOW_MS + 1,
  NOW_MS + DAY_MS,
  NOW_MS + 2 * DAY_MS,
];

/** One bundle, and several requests and instants in any order. */
function history(source: Source) {
  const { set, request: first } = openCase(source);
  const requests = [first, ...Array.from({ length: 4 }, () => request(source, set))];
  const asks = Array.from({ length: 10 }, () => ({
    request: pick(source, requests),
    nowMs: pick(source, INSTANTS_MS),
  }));
  return { set, asks };
}

/** All instants at which the catalog's claims expire, and at which checks become too old. */
function expiries(set: PolicySet): readonly number[] {
  return set.documents.flatMap(({ document: { providers, endpoints, credentials, targets } }) =>
    [...providers, ...endpoints, ...credentials, ...targets].flatMap(({ claims }) =>
      claims.flatMap(({ expiresAtMs }) => expiresAtMs ?? []),
    ),
  );
}

describe('L11: deterministic', () => {
  test('same bundle, request and instant: the same bytes, in a fresh bundle and in one that has served', () => {
    const spread = new Spread();
    check(history, 300, ({ set, asks }) => {
      const served = compileBundle(set, 'one');
      for (const { request: asked, nowMs } of asks) {
        const bytes = JSON.stringify(decide(served, asked, nowMs));
        const fresh = JSON.stringify(decide(compileBundle(set, 'two'), asked, nowMs));
        expect(bytes).toBe(fresh);
        expect(JSON.stringify(decide(served, asked, nowMs))).toBe(bytes);
        spread.add(bytes.includes('"outcome":"block"') ? 'block' : 'open');
      }
      const seen = new Set(
        asks.map((ask) => JSON.stringify(decide(served, ask.request, ask.nowMs))),
      );
      spread.add(seen.size > 2 ? 'different answers' : 'few answers');
    });
    spread.expectAtLeast(100, 'block', 'open', 'different answers');
  });

  test('until the instant that the bundle names, no answer changes, and claims are re-read at it', () => {
    const spread = new Spread();
    const make = (source: Source) => {
      const { set, request: asked } = openCase(source);
      const candidates = (asked.candidates ?? []).map((one) => ({ ...one, claims: [] }));
      return { set, request: { ...asked, candidates }, nowMs: pick(source, INSTANTS_MS) };
    };
    check(make, 600, ({ set, request: asked, nowMs }) => {
      const bundle = compileBundle(set, 'one');
      const untilMs = validUntilMs(bundle, nowMs);
      const next = expiries(set).filter((ms) => ms > nowMs);
      expect(next.every((ms) => untilMs !== undefined && untilMs <= ms)).toBe(true);
      const before = decide(bundle, asked, nowMs);
      if (untilMs === undefined) {
        expect(decide(bundle, asked, nowMs + 1_000 * DAY_MS)).toEqual(before);
        spread.add('for ever');
        return;
      }
      expect(decide(bundle, asked, untilMs - 1)).toEqual(before);
      const at = decide(bundle, asked, untilMs);
      expect(at).toEqual(answer({ set, request: asked }, untilMs));
      spread.add(JSON.stringify(at) === JSON.stringify(before) ? 'same' : 'changed');
    });
    spread.expectAtLeast(8, 'for ever', 'changed');
    spread.expectAtLeast(100, 'same');
  });

  test('a claim is in force until the instant at which it expires, and expired at it', () => {
    const zdr = claim('zero_data_retention', true, { expiresAtMs: NOW_MS });
    const set = setOf(
      document({
        targets: [target('t', { claims: [zdr] })],
        policies: [policy('p', [{ kind: 'require_zero_data_retention' }])],
      }),
    );
    const bundle = compileBundle(set, 'one');
    const outcomeAt = (nowMs: number) => {
      const { outcome, verdicts } = decide(bundle, requestFor(['t']), nowMs);
      return [outcome, ...(verdicts[0]?.reasons ?? []).map(({ code }) => code)];
    };
    // The cache for after the expiry may be filled before it, and is never read before it.
    expect(outcomeAt(NOW_MS)).toEqual(['block', 'claim_expired']);
    expect(outcomeAt(NOW_MS - 1)).toEqual(['allow']);
    expect(outcomeAt(NOW_MS + 1)).toEqual(['block', 'claim_expired']);
  });

  test('claims that a candidate brings expire at their own instants, whatever was decided before', () => {
    const zdr = claim('zero_data_retention', true);
    const set = setOf(
      document({
        targets: [target('t', { claims: [zdr] })],
        policies: [policy('p', [{ kind: 'require_zero_data_retention' }])],
      }),
    );
    const bundle = compileBundle(set, 'one');
    const own = { ...zdr, expiresAtMs: NOW_MS };
    const asked = requestFor([{ target: 't', claims: [own] }]);
    const outcomes = [NOW_MS - 1, NOW_MS, NOW_MS - 1].map(
      (ms) => decide(bundle, asked, ms).outcome,
    );
    expect(outcomes).toEqual(['allow', 'block', 'allow']);
  });

  test('a date in a file is 00:00 UTC', () => {
    const read = (expires: string) =>
      parseNative(
        [
          'apiVersion: ambit/v1',
          'kind: Catalog',
          'metadata: { name: c }',
          'spec:',
          '  providers:',
          '    - id: acme',
          `      claims: { gdpr: { value: true, expires_at: ${expires} } }`,
          '',
        ].join('\n'),
      ).document?.providers[0]?.claims[0]?.expiresAtMs;
    expect(read('2026-01-15')).toBe(NOW_MS);
    expect(read('2026-01-15T01:00:00+01:00')).toBe(NOW_MS);
  });

  test('both evaluators agree at every instant of an expiry, and a millisecond before and after', () => {
    const spread = new Spread();
    const make = (source: Source) => {
      const one = CASES(source);
      const instants = expiries(one.set).flatMap((ms) => [ms - 1, ms, ms + 1]);
      return { one, nowMs: instants.length === 0 ? NOW_MS : pick(source, instants) };
    };
    check(make, 500, ({ one, nowMs }) => {
      spread.add(agreedAnswer(one, nowMs).outcome);
    });
    spread.expectAtLeast(10, 'allow', 'warn', 'block');
  });
});
