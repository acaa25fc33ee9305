import type { Preferences } from '../../../src/core/model/request';
import {
  claim,
  deny,
  file,
  offering,
  parts,
  policy,
  provider,
  setOf,
  target,
  type PolicyParts,
} from './support/build';
import { codesFor, decideOn, eligibleRefs } from './support/decided';

const decided = (preferences: Preferences, more: PolicyParts = {}) =>
  decideOn(
    setOf(
      file({
        providers: [
          provider('acme', { aliases: ['acme-ai'] }),
          provider('boreal'),
          provider('cirrus'),
        ],
        targets: [
          target('a'),
          target('b', { provider: 'boreal', claims: [claim('gdpr', true)] }),
          target('c', { provider: 'cirrus' }),
        ],
        policies: [policy('p', more)],
      }),
    ),
    offering(['a', 'b', 'c'], { preferences }),
  );

describe('the order to try', () => {
  it.each<[string, Preferences, readonly string[]]>([
    ['the caller’s', {}, ['a', 'b', 'c']],
    ['listed first', { order: ['cirrus'] }, ['c', 'a', 'b']],
    ['as listed', { order: ['cirrus', 'boreal'] }, ['c', 'b', 'a']],
    ['as listed first', { order: ['acme', 'boreal', 'acme-ai', 'a'] }, ['a', 'b', 'c']],
    ['by alias and by target', { order: ['b', 'acme-ai'] }, ['b', 'a', 'c']],
    ['empty says nothing', { order: [] }, ['a', 'b', 'c']],
    ['unknown names say nothing', { order: ['nobody'] }, ['a', 'b', 'c']],
    ['in another case it is another name', { order: ['CIRRUS'] }, ['a', 'b', 'c']],
    ['fallbacks are allowed', { order: ['cirrus'], allowFallbacks: true }, ['c', 'a', 'b']],
    [
      'no fallbacks: what order names',
      { order: ['cirrus', 'b'], allowFallbacks: false },
      ['c', 'b'],
    ],
    ['no fallbacks, no order: the first', { allowFallbacks: false }, ['a']],
    ['no fallbacks, empty order: the first', { order: [], allowFallbacks: false }, ['a']],
    ['no fallbacks, unknown name', { order: ['nobody'], allowFallbacks: false }, []],
  ])('%s', (_, preferences, expected) => {
    expect(eligibleRefs(decided(preferences))).toEqual(expected);
  });

  it('a candidate that stands for several targets is named where all of them are', () => {
    const targets = [
      target('de', { region: 'DE' }),
      target('us', { region: 'US' }),
      target('x', { provider: 'boreal' }),
    ];
    const set = setOf(
      file({ providers: [provider('acme'), provider('boreal')], targets, policies: [policy('p')] }),
    );
    const either = parts('either', { provider: 'acme', model: 'm' });
    const tried = (order: readonly string[]) =>
      eligibleRefs(decideOn(set, offering(['x', either], { preferences: { order } })));
    expect(tried(['de'])).toEqual(['x', 'either']);
    expect(tried(['us', 'de'])).toEqual(['x', 'either']);
    expect(tried(['acme'])).toEqual(['either', 'x']);
    expect(tried(['de', 'acme'])).toEqual(['either', 'x']);
  });

  it('in a WARN answer two requirements of one kind are two', () => {
    const labelled = (key: string) =>
      ({ kind: 'labels', labels: new Map([[key, 'yes']]) }) as const;
    const rules = [labelled('a'), labelled('b'), { kind: 'gdpr' }] as const;
    const targets = [
      target('two', { claims: [claim('gdpr', true)] }),
      target('one', { claims: [claim('label:a', 'yes'), claim('label:b', 'yes')] }),
    ];
    const policies = [policy('w', { mode: 'warn', rules })];
    const set = setOf(file({ providers: [provider('acme')], targets, policies }));
    const decision = decideOn(set, offering(['two', 'one']));
    expect([decision.outcome, eligibleRefs(decision)]).toEqual(['warn', ['one', 'two']]);
  });

  it('verdicts stay in candidate order', () => {
    const { verdicts } = decided({ order: ['cirrus'] });
    expect(verdicts.map(({ ref }) => ref)).toEqual(['a', 'b', 'c']);
  });

  it('without fallbacks, an order that names nobody leaves the filters to lead', () => {
    const { block } = decided({ order: ['nobody'], allowFallbacks: false });
    expect(block).toMatchObject({
      code: 'request_filters_leave_none',
      layer: 'request_filters',
      policy: '',
      providersConsidered: ['acme', 'boreal', 'cirrus'],
    });
  });

  it('without fallbacks, the first is the first of what is left', () => {
    const lists = [deny('provider', { provider: 'acme' })];
    const decision = decided({ allowFallbacks: false }, { lists });
    expect(eligibleRefs(decision)).toEqual(['b']);
    expect(codesFor(decision, 'a')).toEqual(['provider_denied']);
    expect(codesFor(decision, 'c')).toEqual(['request_no_fallback']);
  });

  it('in a WARN answer fewest unmet come first, then the request’s order', () => {
    const rules = [{ kind: 'gdpr' }, { kind: 'iso27001' }] as const;
    const decision = decided({ order: ['cirrus'] }, { mode: 'warn', rules });
    expect(decision.outcome).toBe('warn');
    expect(eligibleRefs(decision)).toEqual(['b', 'c', 'a']);
  });

  it('where order names only what a list blocks, the list leads: it took the last one', () => {
    const lists = [deny('provider', { provider: 'acme' })];
    const decision = decided({ order: ['acme'], allowFallbacks: false }, { lists });
    expect(eligibleRefs(decision)).toEqual([]);
    expect(codesFor(decision, 'b')).toEqual(['request_no_fallback']);
    expect(decision.block).toMatchObject({
      code: 'provider_not_allowed',
      providersConsidered: ['acme'],
    });
  });
});
