import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import { cacheAt } from '../../../src/core/engine/epoch';
import type { Bundle } from '../../../src/core/engine/bundle';
import type { Decision } from '../../../src/core/model/decision';
import type { DecisionRequest } from '../../../src/core/model/request';
import type { Policy } from '../../../src/core/model/policy';
import type { RequirementRule } from '../../../src/core/model/requirement';
import {
  asking,
  claim,
  deny,
  file,
  NOW_MS,
  offering,
  parts,
  policy,
  provider,
  REQUIRE_ZDR,
  scopeOf,
  setOf,
  target,
  withSettings,
  ZDR,
} from './support/build';

const CORE = policy('core', { scope: { team: ['core'] }, rules: [{ kind: 'gdpr' }] });

/** A bundle whose targets differ in what they state. */
function bundleWith(...policies: readonly Policy[]): Bundle {
  return compileBundle(
    withSettings(
      setOf(
        file({
          providers: [provider('acme', { claims: [ZDR] }), provider('boreal', { models: 'any' })],
          targets: [
            target('a', { claims: [claim('gdpr', true)] }),
            target('b', { provider: 'boreal' }),
            target('c', { claims: [{ ...ZDR, features: ['store'] }] }),
          ],
          policies: [
            policy('all', { rules: [REQUIRE_ZDR], lists: [deny('model', { model: 'x' })] }),
            CORE,
            ...policies,
          ],
        }),
      ),
      { scopeValues: scopeOf({ team: ['core', 'ops', 'sales'] }) },
    ),
    'digest',
  );
}

const ALL = ['a', 'b', 'c'];
const team = (name: string) => new Map([['team', name]]);

/** Requests that take every way through the engine: kept whole, kept in part, and not kept. */
const REQUESTS: readonly DecisionRequest[] = [
  offering(ALL),
  offering(ALL, { scope: team('core') }),
  offering(ALL, { scope: team('ops') }),
  offering(ALL, { scope: team('sales') }),
  offering(ALL, { scope: team('nobody') }),
  offering(ALL, { api: 'chat_completions' }),
  offering(ALL, { api: 'responses' }),
  offering(ALL, { features: ['store'] }),
  offering(ALL, { features: ['tools', 'store'] }),
  offering(ALL, { features: ['store', 'tools'] }),
  offering(ALL, { preferences: { ignore: ['acme'] } }),
  offering(ALL, { preferences: { order: ['boreal', 'acme'] } }),
  offering(ALL, { preferences: { allowFallbacks: false } }),
  offering(['b']),
  offering(['nowhere', 'a']),
  offering([parts('p', { provider: 'boreal', model: 'm' })]),
  offering([parts('p', { target: 'a', credential: 'theirs' }), 'a']),
  offering([parts('p', { target: 'a', claims: [claim('zero_data_retention', false)] }), 'a']),
  offering(ALL, { model: 'm' }, { caller: { rewritesModel: false, ownsClaims: false } }),
  offering(ALL, {}, { caller: { rewritesModel: true, ownsClaims: true } }),
  asking({ model: 'm' }),
  asking({ model: 'acme/m' }),
  asking({ model: 'x' }),
];

const BUNDLES: readonly (readonly [string, readonly Policy[]])[] = [
  ['enforcing policies only', []],
  ['a warn policy', [policy('w', { mode: 'warn', rules: [{ kind: 'iso27001' }] })]],
  ['a shadow policy', [policy('s', { mode: 'shadow', rules: [{ kind: 'iso27001' }] })]],
];

/**
 * Changes everything that a decision holds, as far as it lets itself be changed; but for positions, which are the
 * policy set's own and not made by deciding.
 */
function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null || 'line' in value) return;
  for (const each of Object.values(value)) spoil(each);
  if (Object.isFrozen(value)) return;
  if (Array.isArray(value)) value.push('spoilt');
  else for (const key of Object.keys(value)) Reflect.set(value, key, 'spoilt');
}

const decideAll = (bundle: Bundle): readonly Decision[] =>
  REQUESTS.map((request) => decide(bundle, request, NOW_MS));

describe.each(BUNDLES)('with %s', (_, policies) => {
  const cold = REQUESTS.map((request) => decide(bundleWith(...policies), request, NOW_MS));

  it('requests that come first and requests that come later get the same answers', () => {
    const bundle = bundleWith(...policies);
    expect(decideAll(bundle)).toEqual(cold);
    expect(decideAll(bundle)).toEqual(cold);
  });

  it('and so they do in the opposite order', () => {
    const bundle = bundleWith(...policies);
    const backwards = [...REQUESTS].reverse().map((request) => decide(bundle, request, NOW_MS));
    expect(backwards.reverse()).toEqual(cold);
  });

  it('and with candidates that are other objects of the same content', () => {
    const bundle = bundleWith(...policies);
    decideAll(bundle);
    const copies = REQUESTS.map((request) => decide(bundle, structuredClone(request), NOW_MS));
    expect(copies).toEqual(cold);
  });

  it('whoever changes an answer changes no later one', () => {
    const bundle = bundleWith(...policies);
    for (const decision of decideAll(bundle)) {
      const { verdicts, eligible, policies: applied, warnings, shadow, block } = decision;
      spoil({ verdicts, eligible, applied, warnings, shadow, block });
    }
    expect(decideAll(bundle)).toEqual(cold);
  });
});

describe('the catalog’s candidates', () => {
  const bundle = bundleWith();
  const twice = (...more: Parameters<typeof asking>): readonly boolean[] => {
    const [first, second] = [0, 1].map(() => decide(bundle, asking(...more), NOW_MS));
    return [first?.verdicts === second?.verdicts, (first?.verdicts.length ?? 0) > 0];
  };

  it.each([
    ['of a model', { model: 'm' }],
    ['where no model is named', {}],
    ['of an api', { model: 'm', api: 'chat_completions' }],
  ] as const)('are judged once for each epoch: %s', (_, context) => {
    expect(twice(context)).toEqual([true, true]);
  });

  it.each([
    ['of a pin, of which a client could send ever new ones', { model: 'boreal/any' }],
    ['of several models', { model: 'm', models: ['n'] }],
  ])('are judged anew: %s', (_, context) => {
    expect(twice(context)).toEqual([false, true]);
  });

  it('are those of each model, api and scope, whatever was asked before', () => {
    const asked = [
      {},
      { model: 'm' },
      { model: 'm', scope: team('core') },
      { model: 'm', api: 'responses' as const },
      { model: '' },
    ];
    const cold = asked.map((context) => decide(bundleWith(), asking(context), NOW_MS));
    const warm = [...asked, ...asked].map((context) => decide(bundle, asking(context), NOW_MS));
    expect(warm).toEqual([...cold, ...cold]);
  });
});

describe('a list of candidates that cannot change', () => {
  it('is judged once for each epoch, and gives the very same verdicts', () => {
    const bundle = bundleWith();
    const list = Object.freeze([parts('a', { target: 'a' })]);
    const request = { ...offering(['a']), candidates: list };
    const [first, second] = [NOW_MS, NOW_MS].map((nowMs) => decide(bundle, request, nowMs));
    expect(second?.verdicts).toBe(first?.verdicts);
    expect(second?.eligible).toBe(first?.eligible);
  });

  it('is judged anew where it can change, or where a candidate brings claims', () => {
    const bundle = bundleWith();
    const open = [parts('a', { target: 'a' })];
    const withClaims = Object.freeze([parts('a', { target: 'a', claims: [ZDR] })]);
    for (const candidates of [open, withClaims]) {
      const request = { ...offering(['a']), candidates };
      const [first, second] = [NOW_MS, NOW_MS].map((nowMs) => decide(bundle, request, nowMs));
      expect(second?.verdicts).not.toBe(first?.verdicts);
      expect(second).toEqual(first);
    }
  });
});

describe('one value under two keys', () => {
  it('is not taken for the other', () => {
    const keyed = (key: string) =>
      policy(key, { scope: { [key]: ['core'] }, lists: [deny('provider', { provider: key })] });
    const targets = ['team', 'desk'].map((id) => target(id, { provider: id }));
    const bundle = compileBundle(
      setOf(
        file({
          providers: targets.map(({ id }) => provider(id)),
          targets,
          policies: [policy('all'), keyed('team'), keyed('desk')],
        }),
      ),
      'digest',
    );
    const applied = (...scope: readonly (readonly [string, string])[]) => {
      const request = offering(['team', 'desk'], { scope: new Map(scope) });
      return decide(bundle, request, NOW_MS)
        .policies.filter(({ counts }) => counts)
        .map(({ id }) => id);
    };
    expect(applied(['team', 'core'])).toEqual(['all', 'team']);
    expect(applied(['desk', 'core'])).toEqual(['all', 'desk']);
    expect(applied()).toEqual(['all']);
    expect(applied(['desk', 'core'], ['team', 'core'])).toEqual(['all', 'desk', 'team']);
  });
});

describe('answers that are not kept', () => {
  it('those that claims of the candidate itself decide, since they end when the bundle does not know', () => {
    const bundle = bundleWith();
    const candidate = parts('a', { target: 'a', claims: [{ ...ZDR, expiresAtMs: NOW_MS + 1 }] });
    const eligible = [NOW_MS, NOW_MS + 1].map(
      (nowMs) => decide(bundle, offering([candidate]), nowMs).eligible.length,
    );
    expect(eligible).toEqual([1, 0]);
  });

  it('those that attributes of the request decide', () => {
    const rule = {
      kind: 'expression',
      text: 'attributes.purpose == "care"',
      claims: [],
      program: ({ attributes }: { readonly attributes: ReadonlyMap<string, string> }) => ({
        holds: attributes.get('purpose') === 'care',
      }),
    } as const;
    const bundle = bundleWith(policy('x', { rules: [rule] }));
    const eligible = ['care', 'sale', 'care'].map((purpose) => {
      const request = offering(['a'], { attributes: new Map([['purpose', purpose]]) });
      return decide(bundle, request, NOW_MS).eligible.length;
    });
    expect(eligible).toEqual([1, 0, 1]);
  });

  it('and the catalog’s candidates do not count as kept there, since they go with the plan', () => {
    const reading = {
      kind: 'expression',
      text: 'true',
      claims: [],
      program: () => ({ holds: true }),
    };
    const rule = reading as RequirementRule;
    const keptBy = (...policies: readonly Policy[]): number => {
      const bundle = bundleWith(...policies);
      decide(bundle, asking({ model: 'm' }), NOW_MS);
      return cacheAt(bundle, NOW_MS).budget.kept;
    };
    expect(keptBy(policy('x', { rules: [rule] }))).toBe(0);
    expect(keptBy()).toBeGreaterThan(0);
  });

  it('those that a list of them decides, if one brings claims', () => {
    const bundle = bundleWith();
    const ending = [{ ...ZDR, expiresAtMs: NOW_MS + 1 }];
    const candidates = Object.freeze([
      parts('without', { target: 'a' }),
      parts('ending', { target: 'a', claims: ending }),
    ]);
    const eligible = [NOW_MS, NOW_MS + 1].map(
      (nowMs) => decide(bundle, { ...offering([]), candidates }, nowMs).eligible.length,
    );
    expect(eligible).toEqual([2, 1]);
  });

  describe('those that attributes decide by way of other rules', () => {
    const cared = {
      kind: 'expression',
      text: 'attributes.purpose == "care"',
      claims: ['zero_data_retention'],
      program: ({ attributes }: { readonly attributes: ReadonlyMap<string, string> }) => ({
        holds: attributes.get('purpose') === 'care',
      }),
    } as const;
    const weak = { kind: 'minimum_assurance', level: 'contract' } as const;
    const MODES = ['enforce', 'warn', 'shadow'] as const;

    it.each([
      ['beside a rule that reads none', [REQUIRE_ZDR, cared], [1, 0, 1, 0]],
      // Where the expression fails, nothing is left to be founded better.
      ['by how well a claim must be founded', [{ ...weak, of: [cared] }], [0, 1, 0, 1]],
      [
        'by how well a claim must be founded, beside a rule that reads none',
        [{ ...weak, of: [{ kind: 'iso27001' } as const, cared] }],
        [0, 1, 0, 1],
      ],
    ])('%s', (_, rules, expected) => {
      for (const mode of MODES) {
        const bundle = bundleWith(policy('x', { mode, rules }));
        const answers = ['care', 'sale', 'care', 'sale'].map((purpose) => {
          const request = offering(['a'], { attributes: new Map([['purpose', purpose]]) });
          const { outcome, shadow } = decide(bundle, request, NOW_MS);
          return outcome === 'allow' && shadow.length === 0 ? 1 : 0;
        });
        expect(answers).toEqual(expected);
      }
    });
  });
});
