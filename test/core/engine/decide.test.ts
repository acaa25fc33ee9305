import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { Policy } from '../../../src/core/model/policy';
import {
  claim,
  deny,
  FAILING,
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
import { codesFor, decideOn, eligibleRefs } from './support/decided';

const setWith = (...policies: readonly Policy[]) =>
  setOf(
    file({
      providers: [provider('acme'), provider('boreal')],
      targets: [
        target('a', { claims: [ZDR, claim('gdpr', true)] }),
        target('b', { provider: 'boreal' }),
        target('c', { claims: [ZDR] }),
      ],
      policies,
    }),
  );

describe('decide', () => {
  it('answers for each candidate in candidate order', () => {
    const decision = decideOn(
      setWith(policy('p', { rules: [REQUIRE_ZDR] })),
      offering(['c', 'b', 'a']),
    );
    expect(decision.outcome).toBe('allow');
    expect(decision.verdicts.map(({ ref, eligible }) => [ref, eligible])).toEqual([
      ['c', true],
      ['b', false],
      ['a', true],
    ]);
    expect(eligibleRefs(decision)).toEqual(['c', 'a']);
    expect(decision.block).toBeUndefined();
  });

  it('answers twice for a target that is offered twice', () => {
    const twice = ['x', 'y'].map((ref) => ({ ref, target: 'a', claims: [] }));
    const decision = decideOn(setWith(policy('p')), offering(twice));
    expect(eligibleRefs(decision)).toEqual(['x', 'y']);
  });

  it('tells all reasons, in the order of layers, policies and kinds', () => {
    const decision = decideOn(
      setWith(
        policy('narrow', { rules: [REQUIRE_ZDR], scope: { team: ['core'] } }),
        policy('wide', {
          rules: [{ kind: 'gdpr' }, REQUIRE_ZDR],
          lists: [deny('provider', { provider: 'boreal' })],
        }),
      ),
      offering(['b'], { preferences: { only: ['acme'], noTraining: true } }),
    );
    expect(
      decision.verdicts[0]?.reasons.map((each) => [each.policy, each.code, each.requirement]),
    ).toEqual([
      ['', 'request_only', 'only'],
      ['', 'request_not_met', 'no_training'],
      ['wide', 'provider_denied', 'providers.deny'],
      ['wide', 'claim_unknown', 'require_zero_data_retention'],
      ['wide', 'claim_unknown', 'gdpr'],
      ['narrow', 'claim_unknown', 'require_zero_data_retention'],
    ]);
  });

  it('an error of evaluation blocks the target that it concerns, and no other', () => {
    const decision = decideOn(
      setWith(
        policy('p', {
          rules: [
            {
              ...FAILING,
              kind: 'expression',
              text: 'x',
              claims: ['zero_data_retention'],
              program: ({ claims }) =>
                claims.has('zero_data_retention') ? { error: 'mended soon' } : { holds: true },
            },
          ],
        }),
      ),
      offering(['a', 'b']),
    );
    expect(codesFor(decision, 'a')).toEqual(['evaluation_error']);
  });

  it('a mistake of its own is a block for every candidate, and its text stays inside', () => {
    const bundle = compileBundle(setWith(policy('p')), 'digest');
    const broken = Object.defineProperty({ ...bundle }, 'policies', {
      get: () => {
        throw new Error('the secret text of a mistake');
      },
    });
    const decision = decide(broken, offering(['a', 'b']), NOW_MS);
    expect(decision).toMatchObject({
      outcome: 'block',
      eligible: [],
      block: {
        code: 'internal_error',
        httpStatus: 503,
        message: 'the decision failed, so the request is blocked',
      },
    });
    expect(decision.verdicts.map(({ eligible }) => eligible)).toEqual([false, false]);
    expect(JSON.stringify(decision)).not.toContain('secret');
  });

  it('says the same bytes for the same bundle, request and instant', () => {
    const build = () =>
      setWith(policy('q', { rules: [REQUIRE_ZDR] }), policy('p', { mode: 'warn' }));
    const once = JSON.stringify(decideOn(build(), offering(['a', 'b', 'c'])));
    expect(JSON.stringify(decideOn(build(), offering(['a', 'b', 'c'])))).toBe(once);
  });

  it('is not moved by the order of policies in files', () => {
    const policies = [
      policy('a', { rules: [REQUIRE_ZDR] }),
      policy('b', { lists: [deny('provider', { provider: 'boreal' })] }),
      policy('c', { mode: 'warn', rules: [{ kind: 'gdpr' }] }),
    ];
    const once = JSON.stringify(decideOn(setWith(...policies), offering(['a', 'b', 'c'])));
    const reversed = decideOn(setWith(...[...policies].reverse()), offering(['a', 'b', 'c']));
    expect(JSON.stringify(reversed)).toBe(once);
  });
});
