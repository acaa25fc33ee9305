import type { Policy } from '../../../src/core/model/policy';
import {
  allow,
  asking,
  claim,
  deny,
  file,
  offering,
  policy,
  provider,
  REQUIRE_ZDR,
  setOf,
  target,
  ZDR,
  type PolicyParts,
} from './support/build';
import { decideOn } from './support/decided';

const TARGETS = [
  target('a'),
  target('b', { provider: 'boreal' }),
  target('z', { provider: 'cirrus', claims: [ZDR] }),
];

function setWith(policies: readonly Policy[]) {
  const providers = ['acme', 'boreal', 'cirrus'].map((id) => provider(id));
  return setOf(file({ providers, targets: TARGETS, policies }));
}

function blockOf(
  policies: Readonly<Record<string, PolicyParts>>,
  request = offering(['a', 'b', 'z']),
) {
  return decideOn(setWith(Object.entries(policies).map(([id, more]) => policy(id, more))), request)
    .block;
}

const noAcme = { lists: [deny('provider', { provider: 'acme' })] };
const needsZdr = { rules: [REQUIRE_ZDR] };
const needsGdpr = { rules: [{ kind: 'gdpr' } as const] };

describe('which reason leads', () => {
  it('the layer at which nothing was left any more, with those that came so far', () => {
    expect(blockOf({ a: noAcme, b: needsGdpr })).toMatchObject({
      code: 'no_compliant_provider',
      layer: 'requirements',
      policy: 'b',
      providersConsidered: ['boreal', 'cirrus'],
    });
  });

  it('of policies, the one that took the last candidate', () => {
    expect(blockOf({ first: needsZdr, second: needsGdpr })).toMatchObject({ policy: 'second' });
    expect(blockOf({ first: needsZdr, second: needsGdpr }, offering(['a', 'b']))).toMatchObject({
      policy: 'first',
      providersConsidered: ['acme', 'boreal'],
    });
  });

  it('wide policies come before narrow ones, whatever their names', () => {
    const narrow = { ...needsGdpr, scope: { team: ['core'] } };
    expect(blockOf({ a: narrow, z: needsGdpr })).toMatchObject({ policy: 'z' });
  });

  it.each<[string, PolicyParts, string, string]>([
    [
      'providers that are not allowed',
      { lists: [allow('provider')] },
      'provider_not_allowed',
      'provider_lists',
    ],
    [
      'providers that are denied',
      { lists: [deny('provider', { model: '*' })] },
      'provider_not_allowed',
      'provider_lists',
    ],
    [
      'models that are not allowed',
      { lists: [allow('model')] },
      'model_not_allowed',
      'model_lists',
    ],
    [
      'models that are denied',
      { lists: [deny('model', { model: '*' })] },
      'model_not_allowed',
      'model_lists',
    ],
    ['requirements', needsGdpr, 'no_compliant_provider', 'requirements'],
  ])('%s', (_, more, code, layer) => {
    expect(blockOf({ p: more })).toMatchObject({ code, layer, policy: 'p', httpStatus: 403 });
  });

  it('filters of the request, the catalog and identity have no policy', () => {
    expect(blockOf({ p: {} }, offering(['a'], { preferences: { only: [] } }))).toMatchObject({
      code: 'request_filters_leave_none',
      layer: 'request_filters',
      policy: '',
      providersConsidered: ['acme'],
    });
    expect(blockOf({ p: {} }, offering(['nowhere']))).toMatchObject({
      code: 'unknown_target',
      layer: 'catalog',
      policy: '',
      providersConsidered: [],
    });
    expect(blockOf({ p: {} }, offering([]))).toMatchObject({
      code: 'no_candidates',
      layer: 'identity',
      policy: '',
    });
  });

  it('each provider is considered once, in candidate order', () => {
    const request = offering(['b', 'a', 'b2', 'z'].map((id) => id.replace('b2', 'b')));
    expect(blockOf({ p: needsGdpr }, request)?.providersConsidered).toEqual([
      'boreal',
      'acme',
      'cirrus',
    ]);
  });

  it('of reasons of one layer without a policy, the last in their order, whatever that of the candidates', () => {
    const set = setOf(
      file({
        providers: [provider('acme')],
        targets: [target('g', { claims: [claim('nested_gateway', 'routes_on')] })],
        policies: [policy('p', { ...needsGdpr, mode: 'warn' })],
      }),
    );
    const codeOf = (...refs: readonly string[]) => decideOn(set, offering(refs)).block?.code;
    expect(codeOf('g', 'nowhere')).toBe('nested_gateway');
    expect(codeOf('nowhere', 'g')).toBe('nested_gateway');
    expect(codeOf('nowhere')).toBe('unknown_target');
  });

  it('a warn policy leads only where it took a candidate that enforcing ones left', () => {
    const warn = { mode: 'warn', ...needsZdr } as const;
    expect(blockOf({ a: warn, b: needsGdpr }, offering(['a']))).toMatchObject({ policy: 'b' });
  });
});

describe('what the leading policy says', () => {
  it('its status and its message', () => {
    const block = blockOf(
      {
        p: { ...needsGdpr, block: { status: 451, message: 'not {model} at {providers}' } },
        q: { ...needsZdr, block: { status: 409 } },
      },
      offering(['a'], { model: 'm' }),
    );
    expect(block).toMatchObject({ httpStatus: 451, message: 'not m at acme' });
    expect(JSON.parse(block?.body ?? '')).toMatchObject({
      status: 451,
      detail: 'not m at acme',
      code: 'no_compliant_provider',
    });
  });

  it('in the envelope of the request’s api', () => {
    const block = blockOf({ p: needsGdpr }, offering(['a'], { api: 'messages' }));
    expect(block?.contentType).toBe('application/json');
    expect(JSON.parse(block?.body ?? '')).toMatchObject({ type: 'error' });
  });
});

describe('a name that leaves no candidate', () => {
  it('is unknown', () => {
    expect(blockOf({ p: {} }, asking({ model: 'x' }))).toMatchObject({
      code: 'unknown_model',
      layer: 'catalog',
      message: '`x` is not in the catalog',
    });
  });

  it('is judged by lists, so that the block names the list', () => {
    const lists = [deny('model', { model: 'x*' })];
    expect(blockOf({ p: { lists } }, asking({ model: 'x-large' }))).toMatchObject({
      code: 'model_not_allowed',
      layer: 'model_lists',
      policy: 'p',
      providersConsidered: [],
    });
    const several = { lists: [deny('model', { model: 'y' }, { model: 'x*' })] };
    expect(blockOf({ p: several }, asking({ model: 'x-large' }))).toMatchObject({
      code: 'model_not_allowed',
    });
    expect(
      blockOf({ p: { lists: [allow('model', { model: 'm' })] } }, asking({ model: 'x' })),
    ).toMatchObject({
      code: 'model_not_allowed',
    });
  });

  it('with a pin is judged as the provider’s', () => {
    expect(blockOf({ p: noAcme }, asking({ model: 'acme/x' }))).toMatchObject({
      code: 'provider_not_allowed',
      policy: 'p',
      providersConsidered: ['acme'],
    });
    expect(blockOf({ p: noAcme }, asking({ model: 'boreal/x' }))).toMatchObject({
      code: 'unknown_model',
    });
  });

  it('that several lists stop is stopped by the first of them', () => {
    const both = {
      lists: [deny('model', { model: 'x' }), deny('provider', { provider: 'acme' })],
    };
    expect(blockOf({ p: both }, asking({ model: 'acme/x' }))).toMatchObject({
      code: 'provider_not_allowed',
    });
  });

  it('of several, the list that stops the last of them leads', () => {
    const lists = [deny('provider', { provider: 'acme' }), deny('model', { model: 'y*' })];
    for (const models of [
      ['acme/x', 'boreal/y1'],
      ['boreal/y1', 'acme/x'],
    ]) {
      expect(blockOf({ p: { lists } }, asking({ models }))).toMatchObject({
        code: 'model_not_allowed',
        layer: 'model_lists',
      });
    }
  });

  it('of which only the provider is said is allowed by any entry for that provider', () => {
    const lists = [allow('model', { provider: 'acme', model: 'm' })];
    const request = offering(['b'], { preferences: { only: ['acme'] } });
    expect(blockOf({ p: { lists } }, request)).toMatchObject({
      code: 'request_filters_leave_none',
    });
    const others = [allow('model', { provider: 'boreal', model: 'm' })];
    expect(blockOf({ p: { lists: others } }, request)).toMatchObject({ code: 'model_not_allowed' });
  });

  it('says nothing of a part that it does not name', () => {
    const lists = [allow('provider', { provider: 'acme' })];
    expect(blockOf({ p: { lists } }, asking({ model: 'x' }))).toMatchObject({
      code: 'unknown_model',
    });
  });

  it('of several, all must be on a list’s wrong side', () => {
    const lists = [deny('model', { model: 'x*' })];
    expect(blockOf({ p: { lists } }, asking({ models: ['x1', 'x2'] }))).toMatchObject({
      code: 'model_not_allowed',
    });
    expect(blockOf({ p: { lists } }, asking({ models: ['x1', 'y'] }))).toMatchObject({
      code: 'unknown_model',
    });
  });

  it('`only` with none of its providers among the candidates is judged too', () => {
    const request = offering(['b'], { preferences: { only: ['acme'] } });
    expect(blockOf({ p: noAcme }, request)).toMatchObject({
      code: 'provider_not_allowed',
      providersConsidered: ['acme'],
    });
    expect(blockOf({ p: {} }, request)).toMatchObject({ code: 'request_filters_leave_none' });
  });

  it('a name that has candidates is not judged by itself', () => {
    const lists = [deny('provider', { provider: 'cirrus' }, { model: 'other' })];
    expect(blockOf({ p: { lists, ...needsGdpr } }, asking({ model: 'm' }))).toMatchObject({
      code: 'no_compliant_provider',
      providersConsidered: ['acme', 'boreal'],
    });
  });
});
