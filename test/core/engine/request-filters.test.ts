import type { Claim } from '../../../src/core/model/claim';
import type { Preferences } from '../../../src/core/model/request';
import {
  claim,
  file,
  offering,
  parts,
  policy,
  provider,
  setOf,
  target,
  ZDR,
} from './support/build';
import { decideOn, eligibleRefs, verdictFor } from './support/decided';

const stating = (id: string, ...claims: readonly Claim[]) => target(id, { claims });

/** Targets `a1`, `a2` at acme, `b1` at boreal, and what they declare. */
const SET = setOf(
  file({
    providers: [provider('acme', { aliases: ['acme-ai'] }), provider('boreal')],
    targets: [
      stating('a1', ZDR, claim('training_opt_out', true), claim('retention_days', 0)),
      stating('a2', claim('zero_data_retention', false), claim('retention_days', 30)),
      { ...stating('b1', claim('retention_days', 7)), provider: 'boreal' },
    ],
    policies: [policy('p')],
  }),
);

const preferring = (preferences: Preferences) =>
  decideOn(SET, offering(['a1', 'a2', 'b1'], { preferences }));

const left = (preferences: Preferences): readonly string[] => eligibleRefs(preferring(preferences));

describe('a model that only its provider makes known', () => {
  const set = setOf(
    file({ providers: [provider('open', { models: 'any' })], policies: [policy('p')] }),
  );
  const leftOf = (preferences: Preferences): readonly string[] =>
    eligibleRefs(
      decideOn(set, offering([parts('c', { provider: 'open', model: 'm' })], { preferences })),
    );

  it('has no id by which it could be ignored, but has its provider', () => {
    expect(leftOf({ ignore: ['m', 'x'] })).toEqual(['c']);
    expect(leftOf({ ignore: ['OPEN'] })).toEqual([]);
  });
});

describe('only and ignore', () => {
  it.each<[string, Preferences, readonly string[]]>([
    ['nothing asked', {}, ['a1', 'a2', 'b1']],
    ['only a provider', { only: ['acme'] }, ['a1', 'a2']],
    ['only an alias', { only: ['acme-ai'] }, ['a1', 'a2']],
    ['only a target', { only: ['a2'] }, ['a2']],
    ['only several', { only: ['boreal', 'a1'] }, ['a1', 'b1']],
    ['only what nobody has', { only: ['nobody'] }, []],
    ['only in another case', { only: ['ACME'] }, []],
    ['only nothing', { only: [] }, []],
    ['ignore a provider', { ignore: ['acme'] }, ['b1']],
    ['ignore in another case', { ignore: ['ACME-AI'] }, ['b1']],
    ['ignore a target', { ignore: ['A1'] }, ['a2', 'b1']],
    ['ignore nothing', { ignore: [] }, ['a1', 'a2', 'b1']],
    ['ignore what nobody has', { ignore: ['nobody'] }, ['a1', 'a2', 'b1']],
    ['ignore beats only', { only: ['acme'], ignore: ['a1'] }, ['a2']],
  ])('%s', (_, preferences, expected) => {
    expect(left(preferences)).toEqual(expected);
  });

  it('an ignore that names nothing takes nothing, and one that names something every gateway', () => {
    const gateway = stating('g', claim('nested_gateway', 'routes_on'));
    const set = setOf(
      file({ providers: [provider('acme')], targets: [gateway], policies: [policy('p')] }),
    );
    const asked = (ignore: readonly string[]) =>
      eligibleRefs(decideOn(set, offering(['g'], { preferences: { ignore } })));
    expect(asked([])).toEqual(['g']);
    expect(asked(['nobody'])).toEqual([]);
  });

  it('say what was asked and what this is', () => {
    expect(verdictFor(preferring({ only: ['boreal'] }), 'a1').reasons).toMatchObject([
      {
        code: 'request_only',
        layer: 'request_filters',
        policy: '',
        requirement: 'only',
        state: 'filtered',
        expected: 'boreal',
        observed: 'provider acme',
      },
    ]);
  });
});

describe('conditions on claims', () => {
  it.each<[string, Preferences, readonly string[]]>([
    ['zero data retention', { zeroDataRetention: true }, ['a1']],
    ['zero data retention not asked', { zeroDataRetention: false }, ['a1', 'a2', 'b1']],
    ['no training', { noTraining: true }, ['a1']],
    ['no training not asked', { noTraining: false }, ['a1', 'a2', 'b1']],
    ['collection may happen', { dataCollection: 'allow' }, ['a1', 'a2', 'b1']],
    ['collection may not happen', { dataCollection: 'deny' }, []],
    ['at most 7 days', { maxRetentionDays: 7 }, ['a1', 'b1']],
    ['at most 0 days, the strictest', { maxRetentionDays: 0 }, ['a1']],
    ['no region at all', { processingRegions: [] }, []],
    ['no quantization at all', { quantizations: [] }, []],
    ['a price that nobody states', { maxPrice: { prompt: 1 } }, []],
  ])('%s', (_, preferences, expected) => {
    expect(left(preferences)).toEqual(expected);
  });

  it.each<[string, Claim, Preferences, Preferences]>([
    [
      'data_collection',
      claim('user_data_collection', 'deny'),
      { dataCollection: 'deny' },
      { dataCollection: 'deny', noTraining: true },
    ],
    [
      'processing_regions',
      claim('processing_regions', ['DE']),
      { processingRegions: ['eu'] },
      { processingRegions: ['US'] },
    ],
    [
      'quantizations',
      claim('quantization', 'fp16'),
      { quantizations: ['fp16', 'bf16'] },
      { quantizations: ['int8'] },
    ],
    [
      'max_price',
      claim('price_prompt', 2),
      { maxPrice: { prompt: 2 } },
      { maxPrice: { prompt: 1.99 } },
    ],
  ])('%s lets through what states it, and nothing else', (_, stated, passes, fails) => {
    const set = setOf(
      file({
        providers: [provider('acme')],
        targets: [stating('t', stated)],
        policies: [policy('p')],
      }),
    );
    const asked = (preferences: Preferences) =>
      eligibleRefs(decideOn(set, offering(['t'], { preferences })));
    expect(asked(passes)).toEqual(['t']);
    expect(asked(fails)).toEqual([]);
  });

  it('say which preference was not met and how its claim stands', () => {
    const { reasons } = verdictFor(
      preferring({ zeroDataRetention: true, noTraining: true, maxRetentionDays: 7 }),
      'a2',
    );
    expect(reasons.map(({ code, requirement, state }) => [code, requirement, state])).toEqual([
      ['request_not_met', 'zero_data_retention', 'contrary'],
      ['request_not_met', 'no_training', 'unknown'],
      ['request_not_met', 'max_retention_days', 'contrary'],
    ]);
  });

  it('are told in the order of the contract, each by its name', () => {
    const preferences: Preferences = {
      maxPrice: { prompt: 1 },
      quantizations: ['fp8'],
      processingRegions: ['eu'],
      maxRetentionDays: 0,
      dataCollection: 'deny',
      noTraining: true,
      zeroDataRetention: true,
    };
    const { reasons } = verdictFor(preferring(preferences), 'a2');
    expect(reasons.map(({ requirement }) => requirement)).toEqual([
      'zero_data_retention',
      'no_training',
      'data_collection',
      'max_retention_days',
      'processing_regions',
      'quantizations',
      'max_price',
    ]);
  });

  it('rely on no bound file’s claims', () => {
    const set = setOf(
      file({ providers: [provider('acme')], targets: [target('t')], policies: [policy('p')] }),
      file({ targets: [stating('t', ZDR)] }, { team: ['core'] }),
    );
    const request = offering(['t'], {
      scope: new Map([['team', 'core']]),
      preferences: { zeroDataRetention: true },
    });
    expect(eligibleRefs(decideOn(set, request))).toEqual([]);
  });
});

describe('pins', () => {
  const pinned = (model: string, more: Parameters<typeof offering>[1] = {}) =>
    decideOn(SET, offering(['a1', 'a2', 'b1'], { model, ...more }));

  it('leave only that provider’s candidates', () => {
    expect(eligibleRefs(pinned('boreal/m'))).toEqual(['b1']);
    expect(eligibleRefs(pinned('acme-ai/m'))).toEqual(['a1', 'a2']);
    expect(eligibleRefs(pinned('m'))).toEqual(['a1', 'a2', 'b1']);
  });

  it('follow the caller’s configuration', () => {
    expect(eligibleRefs(pinned('author/m'))).toEqual(['a1', 'a2', 'b1']);
    expect(eligibleRefs(pinned('author/m', { modelIdStyle: 'pin' }))).toEqual([]);
    expect(eligibleRefs(pinned('boreal/m', { modelIdStyle: 'author' }))).toEqual([
      'a1',
      'a2',
      'b1',
    ]);
  });

  it('of several names each go for the candidates that serve the name', () => {
    const set = setOf(
      file({
        providers: [provider('acme'), provider('boreal')],
        targets: [target('t', { model: 'm-2026', serves: ['m'] }), target('u', { model: 'n' })],
        policies: [policy('p')],
      }),
    );
    const asked = (...models: readonly string[]) =>
      eligibleRefs(decideOn(set, offering(['t', 'u'], { models })));
    expect(asked('boreal/m', 'acme/n')).toEqual(['u']);
    expect(asked('acme/m', 'boreal/n')).toEqual(['t']);
    expect(asked('boreal/m', 'n')).toEqual(['u']);
    expect(asked('boreal/m', 'acme/x')).toEqual(['u']);
  });

  it('say which providers were asked for, and no others', () => {
    const decision = decideOn(SET, offering(['a1'], { models: ['n', 'boreal/m'] }));
    expect(verdictFor(decision, 'a1').reasons).toMatchObject([{ expected: 'provider boreal' }]);
  });

  it('block where another target would do', () => {
    const { block } = pinned('boreal/m', { preferences: { ignore: ['boreal'] } });
    expect(block).toMatchObject({ code: 'request_filters_leave_none', layer: 'request_filters' });
  });
});
