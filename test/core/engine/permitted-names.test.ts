import { compileBundle } from '../../../src/core/engine/compile';
import type { DecisionState } from '../../../src/core/engine/decision-state';
import { permittedNames } from '../../../src/core/engine/permitted-names';
import { allow, deny, file, offering, policy, setOf } from './support/build';

const LISTS = [
  allow('provider', { provider: 'acme' }, { provider: 'boreal' }),
  allow('provider', { provider: 'acme' }),
  allow('model', { model: 'm' }),
  deny('provider', { provider: 'banned' }),
  deny('model', { model: 'n' }),
];

const BUNDLE = compileBundle(
  setOf(
    file({
      policies: [
        policy('other', { lists: [allow('provider', { provider: 'another' })] }),
        policy('p', { lists: LISTS }),
      ],
    }),
  ),
  'x',
);

/** What is permitted where the layer and the requirement lead, under a request that wants two providers only. */
function permitted(
  layer: Parameters<typeof permittedNames>[1]['layer'],
  requirement: string,
  { policy: id = 'p', only = ['groq', 'xai'] as readonly string[] | undefined } = {},
): readonly string[] {
  const preferences = only === undefined ? {} : { only };
  const state: Pick<DecisionState, 'bundle' | 'request'> = {
    bundle: BUNDLE,
    request: offering([], { preferences }),
  };
  return permittedNames(state, { layer, requirement, policy: id });
}

describe('what a block says is permitted', () => {
  it('is what the allow lists of the policy that leads name, each once', () => {
    expect(permitted('provider_lists', 'providers.allow')).toEqual(['acme', 'boreal']);
    expect(permitted('model_lists', 'models.allow')).toEqual(['m']);
    expect(permitted('provider_lists', 'providers.allow', { policy: 'other' })).toEqual([
      'another',
    ]);
  });

  it('is what the request asks for only, where that leads', () => {
    expect(permitted('request_filters', 'only')).toEqual(['groq', 'xai']);
    expect(permitted('provider_lists', 'only')).toEqual([]);
  });

  it.each([
    ['provider_lists', 'providers.deny'],
    ['model_lists', 'models.deny'],
    ['model_lists', 'providers.allow'],
    ['provider_lists', 'models.allow'],
    ['provider_lists', ''],
    ['request_filters', 'ignore'],
    ['requirements', 'require_soc2'],
  ] as const)('is nothing where %s leads with %j', (layer, requirement) => {
    expect(permitted(layer, requirement)).toEqual([]);
  });

  it('is nothing where no policy or list is there', () => {
    expect(permitted('provider_lists', 'providers.allow', { policy: '' })).toEqual([]);
    expect(permitted('model_lists', 'models.allow', { policy: 'other' })).toEqual([]);
  });
});
