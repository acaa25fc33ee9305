import type { PolicyDocument } from '../../../src/core/model/policy-set';
import { asking, deny, file, policy, provider, setOf, target } from './support/build';
import { decideOn, eligibleRefs } from './support/decided';

const PROVIDERS = [provider('acme', { aliases: ['acme-ai'] }), provider('boreal')];

/** The refs that the catalog gives for a request, in order; nothing is kept out. */
function derived(document: Partial<PolicyDocument>, ...more: Parameters<typeof asking>) {
  const set = setOf(file({ providers: PROVIDERS, policies: [policy('p')], ...document }));
  const decision = decideOn(set, asking(...more));
  return decision.block?.code ?? eligibleRefs(decision);
}

const TARGETS = [
  target('t2', { model: 'm' }),
  target('t1', { provider: 'boreal', model: 'm' }),
  target('t3', { model: 'n' }),
];

describe('candidates of the catalog', () => {
  it('are the targets of the model, in file order', () => {
    expect(derived({ targets: TARGETS }, { model: 'm' })).toEqual(['t2', 't1']);
    expect(derived({ targets: TARGETS }, { model: 'n' })).toEqual(['t3']);
  });

  it('are all targets where no model is named', () => {
    expect(derived({ targets: TARGETS })).toEqual(['t2', 't1', 't3']);
  });

  it('there are none of a model that nothing serves', () => {
    expect(derived({ targets: TARGETS }, { model: 'x' })).toBe('unknown_model');
    expect(derived({ targets: TARGETS }, { model: 'M' })).toBe('unknown_model');
    expect(derived({ targets: [] })).toBe('unknown_model');
  });

  it('are found by the names that a target serves, instead of its model', () => {
    const targets = [target('t1', { model: 'm-2026-01', serves: ['m', 'fast'] })];
    expect(derived({ targets }, { model: 'm' })).toEqual(['t1']);
    expect(derived({ targets }, { model: 'fast' })).toEqual(['t1']);
    expect(derived({ targets }, { model: 'm-2026-01' })).toBe('unknown_model');
  });

  it('are not found by what only a file says that is not there for the request', () => {
    const set = setOf(
      file({ providers: PROVIDERS, targets: TARGETS, policies: [policy('p')] }),
      file({ targets: [target('t3', { model: 'n', serves: ['fast'] })] }, { team: ['core'] }),
    );
    const found = (scope: readonly (readonly [string, string])[]) =>
      eligibleRefs(decideOn(set, asking({ model: 'fast', scope: new Map(scope) })));
    expect(found([['team', 'core']])).toEqual(['t3']);
    expect(found([])).toEqual([]);
  });

  it('speak the request’s api; where it names none, any will do', () => {
    const targets = [target('t1', { apis: ['messages'] }), target('t2')];
    expect(derived({ targets }, { model: 'm', api: 'messages' })).toEqual(['t1', 't2']);
    expect(derived({ targets }, { model: 'm', api: 'chat_completions' })).toEqual(['t2']);
    expect(derived({ targets }, { model: 'm' })).toEqual(['t1', 't2']);
  });

  it('of several names are those of each', () => {
    expect(derived({ targets: TARGETS }, { model: 'n', models: ['m'] })).toEqual([
      't2',
      't1',
      't3',
    ]);
    expect(derived({ targets: TARGETS }, { models: ['n', 'x'] })).toEqual(['t3']);
  });

  it('of a pool come together as soon as one qualifies', () => {
    const targets = [
      target('a1', { pool: 'pack', model: 'x' }),
      target('b1', { provider: 'boreal', model: 'm' }),
      target('a2', { pool: 'pack', model: 'm' }),
      target('c1', { pool: 'other', model: 'y' }),
    ];
    expect(derived({ targets }, { model: 'm' })).toEqual(['a1', 'b1', 'a2']);
    expect(derived({ targets }, { model: 'y' })).toEqual(['c1']);
  });

  it('are looked up without their pin, which then filters', () => {
    expect(derived({ targets: TARGETS }, { model: 'boreal/m' })).toEqual(['t1']);
    expect(derived({ targets: TARGETS }, { model: 'acme-ai/m' })).toEqual(['t2']);
    expect(derived({ targets: TARGETS }, { model: 'acme:n' })).toEqual(['t3']);
  });

  it('of several pinned names are each filtered by its own pin', () => {
    const more = { models: ['boreal/m', 'acme/n'] };
    expect(derived({ targets: TARGETS }, more)).toEqual(['t1', 't3']);
  });

  it('a pinned name at a provider of any model is a candidate of its own', () => {
    const providers = [...PROVIDERS, provider('open', { models: 'any' })];
    expect(derived({ providers, targets: TARGETS }, { model: 'open/x' })).toEqual(['open/x']);
    expect(derived({ providers, targets: TARGETS }, { model: 'acme/x' })).toBe('unknown_model');
    const listed = [target('t', { provider: 'open', model: 'x' })];
    expect(derived({ providers, targets: listed }, { model: 'open/x' })).toEqual(['t']);
  });

  it('are a block where every one of them is blocked', () => {
    const policies = [policy('p', { lists: [deny('model', { model: '*' })] })];
    expect(derived({ targets: TARGETS, policies }, { model: 'm' })).toBe('model_not_allowed');
  });
});
