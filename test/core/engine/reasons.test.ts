import type { Reason } from '../../../src/core/model/reason';
import type { PolicySet } from '../../../src/core/model/policy-set';
import type { DecisionRequest, Preferences, RequestContext } from '../../../src/core/model/request';
import {
  allow,
  at,
  claim,
  deny,
  FAILING,
  file,
  NOW_MS,
  offering,
  parts,
  policy,
  provider,
  setOf,
  target,
  type PolicyParts,
} from './support/build';
import { decideOn, verdictFor } from './support/decided';

const GDPR = { kind: 'gdpr' } as const;
const PROVIDERS = [provider('acme'), provider('boreal')];

/** The reasons of the first candidate, under one policy over targets of acme. */
function reasonsOf(
  more: PolicyParts,
  targets: readonly ReturnType<typeof target>[] = [target('t')],
  request: DecisionRequest = offering(['t']),
): readonly Reason[] {
  const set = setOf(file({ providers: PROVIDERS, targets, policies: [policy('p', more)] }));
  return reasonsIn(set, request);
}

function reasonsIn(set: PolicySet, request: DecisionRequest): readonly Reason[] {
  const decision = decideOn(set, request);
  return verdictFor(decision, request.candidates?.[0]?.ref ?? '').reasons;
}

const BARE = { policy: '', requirement: '', claim: '', expected: '', observed: '' } as const;

describe('reasons, word for word', () => {
  it('of lists', () => {
    const lists = [
      allow('provider', { provider: 'boreal' }),
      deny('provider', { provider: 'acme' }),
      allow('model', { model: 'n' }),
      deny('model', { model: 'm' }),
    ];
    const allowed = {
      policy: 'p',
      claim: '',
      state: 'not_listed',
      expected: 'an entry of the allow list',
      position: at(80),
    };
    const denied = {
      policy: 'p',
      claim: '',
      state: 'denied',
      expected: 'no entry of the deny list',
      position: at(81),
    };
    expect(reasonsOf({ lists })).toEqual([
      {
        ...allowed,
        code: 'provider_not_allowed',
        layer: 'provider_lists',
        requirement: 'providers.allow',
        observed: 'provider `acme` is not listed',
        message: 'provider `acme` is not on the allow list of policy `p`',
      },
      {
        ...denied,
        code: 'provider_denied',
        layer: 'provider_lists',
        requirement: 'providers.deny',
        observed: 'entry `acme`',
        message: 'provider `acme` is on the deny list of policy `p`',
      },
      {
        ...allowed,
        code: 'model_not_allowed',
        layer: 'model_lists',
        requirement: 'models.allow',
        observed: 'model `m` is not listed',
        message: 'model `m` is not on the allow list of policy `p`',
      },
      {
        ...denied,
        code: 'model_denied',
        layer: 'model_lists',
        requirement: 'models.deny',
        observed: 'entry `m`',
        message: 'model `m` is on the deny list of policy `p`',
      },
    ]);
  });

  it('of a gateway that routes on', () => {
    const gateway = target('t', { claims: [claim('nested_gateway', 'routes_on')] });
    expect(reasonsOf({ rules: [GDPR] }, [gateway])).toEqual([
      {
        ...BARE,
        code: 'nested_gateway',
        layer: 'catalog',
        state: 'unknown',
        expected: 'a target that does not route on by itself',
        observed: 'nested_gateway: true',
        message: '`t` routes on by itself, so where the request ends is unknown',
      },
      {
        code: 'claim_unknown',
        layer: 'requirements',
        policy: 'p',
        requirement: 'gdpr',
        claim: '',
        state: 'unknown',
        expected: 'gdpr: true',
        observed: 'a nested gateway that routes on by itself',
        message: 'policy `p` requires gdpr: true; a nested gateway that routes on by itself',
        position: at(60),
      },
    ]);
  });

  it.each([
    ['x', 'x'],
    [parts('c', { provider: 'acme', model: 'x' }), 'acme/x'],
    [parts('c', { provider: 'acme' }), 'acme/'],
    [parts('c', { model: 'x' }), '/x'],
  ])('of what the catalog lacks: %j', (candidate, name) => {
    expect(reasonsOf({}, [], offering([candidate]))).toEqual([
      {
        ...BARE,
        code: 'unknown_target',
        layer: 'catalog',
        state: 'unknown',
        expected: 'a target that the catalog lists',
        observed: 'not in the catalog',
        message: `the catalog does not list target \`${name}\`, or not all that it can reach`,
      },
    ]);
  });

  it('of what two files declare differently', () => {
    const set = setOf(
      file({ targets: [target('t')], policies: [policy('p')] }),
      file({ targets: [target('t', { model: 'n' })] }),
    );
    expect(reasonsIn(set, offering(['t']))).toEqual([
      {
        ...BARE,
        code: 'conflicting_target',
        layer: 'catalog',
        state: 'conflicting',
        expected: 'one declaration of the id',
        observed: 'files that declare it differently',
        message: 'files that apply declare target `t` differently',
      },
    ]);
  });

  it('of a caller that does not rewrite the model', () => {
    const caller = { rewritesModel: false, ownsClaims: false };
    expect(reasonsOf({}, [target('t')], offering(['t'], { model: 'x' }, { caller }))).toEqual([
      {
        ...BARE,
        code: 'model_mismatch',
        layer: 'identity',
        state: 'refused',
        expected: 'model m',
        observed: 'another model in the request',
        message:
          'the caller does not rewrite the model, and the request names another one than the target',
      },
    ]);
  });
});

describe('reasons of requirements, word for word', () => {
  it.each([
    ['claim_unknown', 'unknown', [], 'not declared'],
    ['claim_contrary', 'contrary', [claim('gdpr', false)], 'gdpr: false'],
    [
      'claim_expired',
      'expired',
      [claim('gdpr', true, { expiresAtMs: NOW_MS })],
      'gdpr: true, expired',
    ],
    [
      'claim_conflicting',
      'conflicting',
      [claim('gdpr', true), claim('gdpr', false)],
      'gdpr: true and gdpr: false',
    ],
  ])('%s', (code, state, claims, observed) => {
    expect(reasonsOf({ rules: [GDPR] }, [target('t', { claims })])).toEqual([
      {
        code,
        layer: 'requirements',
        policy: 'p',
        requirement: 'gdpr',
        claim: 'gdpr',
        state,
        expected: 'gdpr: true',
        observed,
        message: `policy \`p\` requires gdpr: true; ${observed}`,
        position: at(60),
        ...(claims.length === 0 ? {} : { claimPosition: at(1) }),
      },
    ]);
  });

  it('evaluation_error', () => {
    const claims = [claim('gdpr', true)];
    expect(reasonsOf({ rules: [FAILING] }, [target('t', { claims })])).toEqual([
      {
        code: 'evaluation_error',
        layer: 'requirements',
        policy: 'p',
        requirement: 'expression',
        claim: '',
        state: 'error',
        expected: 'claims.gdpr + 1 > 0',
        observed: 'no such overload',
        message: 'policy `p` requires claims.gdpr + 1 > 0; no such overload',
        position: at(60),
      },
    ]);
  });
});

describe('reasons of what the request asks for, word for word', () => {
  const asked = (preferences: Preferences, more: Partial<RequestContext> = {}) =>
    reasonsOf({}, [target('t'), target('u')], offering(['t', 'u'], { preferences, ...more }));

  it.each<[Preferences, Partial<RequestContext>, string, string]>([
    [{ only: ['boreal', 'x'] }, {}, 'only', 'boreal or x'],
    [{ only: [] }, {}, 'only', 'nothing'],
    [{ ignore: ['acme', 'x'] }, {}, 'ignore', 'not acme, x'],
    [{}, { model: 'boreal/m' }, 'model', 'provider boreal'],
    [{}, { models: ['boreal/m', 'x/m'], modelIdStyle: 'pin' }, 'model', 'provider boreal or x'],
  ])('%j %j: %s', (preferences, more, requirement, expected) => {
    expect(asked(preferences, more)).toEqual([
      {
        ...BARE,
        code: requirement === 'model' ? 'request_pin' : `request_${requirement}`,
        layer: 'request_filters',
        requirement,
        state: 'filtered',
        expected,
        observed: 'provider acme',
        message: `the request asks for ${expected}; this is provider acme`,
      },
    ]);
  });

  it('request_only of what has no provider', () => {
    const request = offering(['x'], { preferences: { only: ['boreal'] } });
    expect(reasonsOf({}, [], request)[0]).toMatchObject({
      code: 'request_only',
      observed: 'provider unknown',
    });
  });

  it('request_not_met, with the place of the claim where there is one', () => {
    const reason = {
      ...BARE,
      code: 'request_not_met',
      layer: 'request_filters',
      requirement: 'zero_data_retention',
      claim: 'zero_data_retention',
      state: 'unknown',
      expected: 'zero_data_retention: true',
      observed: 'not declared',
      message: 'the request asks for zero_data_retention: true; not declared',
    };
    expect(asked({ zeroDataRetention: true })).toEqual([reason]);
    const claims = [claim('zero_data_retention', false)];
    const request = offering(['t'], { preferences: { zeroDataRetention: true } });
    expect(reasonsOf({}, [target('t', { claims })], request)).toEqual([
      {
        ...reason,
        state: 'contrary',
        observed: 'zero_data_retention: false',
        message: 'the request asks for zero_data_retention: true; zero_data_retention: false',
        claimPosition: at(1),
      },
    ]);
  });

  it('request_no_fallback', () => {
    expect(asked({ allowFallbacks: false, order: ['u'] })).toEqual([
      {
        ...BARE,
        code: 'request_no_fallback',
        layer: 'request_filters',
        requirement: 'allow_fallbacks',
        state: 'filtered',
        expected: 'the first choice of the request',
        observed: 'a fallback',
        message: 'the request allows no fallbacks, and this is not its first choice',
      },
    ]);
  });
});
