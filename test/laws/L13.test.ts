import type { Claim, ClaimLevel } from '../../src/core/model/claim';
import type { PolicySet } from '../../src/core/model/policy-set';
import { pick, subset } from '../generators/source';
import type { Source } from '../generators/source';
import { agreedAnswer, answer, countNarrowing, expectNothingAdded } from './support/decisions';
import { mapClaims, mapDocuments, mapPolicies, policiesOf } from './support/edits';
import { openCase } from './support/open-cases';
import { RULE_OF_KIND } from './support/rules';
import { check, Spread } from './support/runs';
import { claim, document, policy, requestFor, setOf, target } from './support/small-world';
import { somewhere } from '../generators/alphabet';
import { without } from '../support/without';

/** Levels at which claims stand, widest first. */
const LEVELS: readonly ClaimLevel[] = ['provider', 'endpoint', 'target', 'credential'];

type Stated = Partial<Readonly<Record<ClaimLevel, readonly Claim[]>>>;

/** One target at an endpoint and under a credential, with claims at each level. */
function leveled(stated: Stated, owner: 'operator' | 'customer', rule: keyof typeof RULE_OF_KIND) {
  const position = somewhere();
  return setOf(
    document({
      providers: [
        { id: 'acme', aliases: [], models: 'listed', claims: stated.provider ?? [], position },
      ],
      endpoints: [
        {
          id: 'e',
          provider: 'acme',
          baseUrl: 'https://e.example',
          claims: stated.endpoint ?? [],
          position,
        },
      ],
      credentials: [
        { id: 'k', provider: 'acme', owner, claims: stated.credential ?? [], position },
      ],
      targets: [target('t', { endpoint: 'e', credential: 'k', claims: stated.target ?? [] })],
      policies: [policy('p', [RULE_OF_KIND[rule]])],
    }),
  );
}

/** Requirements on claims that a contract settles, and one that none does. */
const CONTRACTUAL = {
  require_zero_data_retention: ['zero_data_retention', true, false],
  require_no_training: ['training_opt_out', true, false],
  no_prompt_logging: ['prompt_logging', false, true],
  max_retention_days: ['retention_days', 0, 365],
} as const;

const OTHER = { gdpr: ['gdpr', true, false], iso27001: ['iso27001', true, false] } as const;

const RULES = { ...CONTRACTUAL, ...OTHER };

describe('L13: levels and credentials', () => {
  test('the most specific statement wins, a silent level inherits; a customer`s contract is its own', () => {
    const spread = new Spread();
    const make = (source: Source) => {
      const kind = pick(source, Object.keys(RULES) as (keyof typeof RULES)[]);
      const levels = subset(source, LEVELS, 50).map(
        (level): readonly [ClaimLevel, 'good' | 'bad'] => [level, pick(source, ['good', 'bad'])],
      );
      return {
        kind,
        levels: new Map(levels),
        owner: pick(source, ['operator', 'customer'] as const),
      };
    };
    check(make, 700, ({ kind, levels, owner }) => {
      const [name, good, bad] = RULES[kind];
      const stated: Stated = Object.fromEntries(
        [...levels].map(([level, is]) => [level, [claim(name, is === 'good' ? good : bad)]]),
      );
      const { verdicts, outcome } = agreedAnswer({
        set: leveled(stated, owner, kind),
        request: requestFor(['t']),
      });
      const isOwnContract = owner === 'customer' && kind in CONTRACTUAL;
      const asked: readonly ClaimLevel[] = isOwnContract
        ? ['credential']
        : ['credential', 'target', 'endpoint', 'provider'];
      const winner = asked.map((level) => levels.get(level)).find((is) => is !== undefined);
      expect([outcome, ...(verdicts[0]?.reasons ?? []).map(({ code }) => code)]).toEqual(
        winner === 'good'
          ? ['allow']
          : ['block', winner === 'bad' ? 'claim_contrary' : 'claim_unknown'],
      );
      spread.add(`${owner} ${winner ?? 'unknown'}`);
    });
    spread.expectAtLeast(
      10,
      ...['operator good', 'operator bad', 'operator unknown', 'customer good', 'customer bad'],
      'customer unknown',
    );
  });

  test('traffic under a customer`s credential is under every rule, and what it inherits only shrinks', () => {
    const spread = new Spread();
    // What a credential itself states is gone with it, whatever it was worth, and so are lists that name it.
    const unlisted = (set: PolicySet): PolicySet =>
      mapPolicies(set, (one) => [
        {
          ...one,
          lists: one.lists.filter(({ entries }) =>
            entries.every(({ pattern }) => pattern.credential === undefined),
          ),
        },
      ]);
    const unstated = (set: PolicySet): PolicySet =>
      mapDocuments(unlisted(set), (one) => ({
        ...one,
        credentials: one.credentials.map((each) => ({ ...each, claims: [] })),
        targets: one.targets.map((each) => ({ ...each, claimsStatedOn: 'target' })),
      }));
    const make = (source: Source) => openCase(source, unstated);
    check(make, 700, ({ set, request: generated }) => {
      const preferences = without(generated.context.preferences, 'allowFallbacks');
      const enforced = mapPolicies(set, (one) => (one.mode === 'warn' ? [] : [one]));
      // By its parts a candidate may mean several targets; by its id it means one, whoever's credential it uses.
      const candidates = (generated.candidates ?? []).filter(({ target: id }) => id !== undefined);
      const request = { ...generated, candidates, context: { ...generated.context, preferences } };
      const own = {
        ...request,
        candidates: candidates.map((one) => ({ ...one, credential: 'brought-along' })),
      };
      const before = answer({ set: enforced, request });
      const after = agreedAnswer({ set: enforced, request: own });
      // An allow list may name the credential that a target is declared with, never the one brought along.
      expectNothingAdded(before, after);
      countNarrowing(before, after, spread);
    });
    spread.expectAtLeast(60, 'kept');
    spread.expectAtLeast(10, 'emptied');
  });

  test('a base URL that is not the catalog`s voids inherited claims', () => {
    const spread = new Spread();
    const make = (source: Source) => openCase(source);
    check(make, 700, ({ set, request: generated }) => {
      const candidates = (generated.candidates ?? []).map((one) => ({
        ...one,
        endpoint: 'https://elsewhere.example/v1',
        claims: [],
      }));
      const request = { ...generated, candidates };
      const { eligible, policies } = agreedAnswer({ set, request });
      const applied = new Set(
        policies.filter(({ mode }) => mode === 'enforce').map(({ id }) => id),
      );
      const demands = policiesOf(set)
        // Where a policy is for some authors' models, targets of others meet it with no claim at all.
        .filter(({ id, authors }) => applied.has(id) && authors === undefined)
        .flatMap(({ requirements }) => requirements)
        // An expression over the request alone, and the assurance of others, ask for no claim.
        .filter(({ rule }) => rule.kind !== 'expression' && rule.kind !== 'minimum_assurance');
      expect(demands.length === 0 || eligible.length === 0).toBe(true);
      spread.add(demands.length === 0 ? 'nothing asked' : 'asked');
      spread.add(eligible.length > 0 ? 'eligible' : 'blocked');
    });
    spread.expectAtLeast(60, 'asked', 'nothing asked', 'eligible', 'blocked');
  });

  test('a gateway that routes on meets no requirement and every deny entry, unless its fallback is off', () => {
    const spread = new Spread();
    const make = (source: Source) => ({
      ...openCase(source),
      nesting: pick(source, ['routes_on', 'fallback_off'] as const),
    });
    check(make, 800, ({ set: generated, request: sent, nesting }) => {
      const request = {
        ...sent,
        candidates: (sent.candidates ?? [])
          .filter(({ target: id }) => id !== undefined)
          .map((one) => ({ ref: one.ref, target: one.target ?? '', claims: [] })),
        context: { ...sent.context, preferences: {} },
      };
      const bare = mapClaims(generated, (one) => (one.name === 'nested_gateway' ? [] : [one]));
      const plain = mapPolicies(bare, (one) => (one.mode === 'warn' ? [] : [one]));
      const nested = {
        ...plain,
        documents: plain.documents.map((one) => ({
          ...one,
          document: {
            ...one.document,
            targets: one.document.targets.map((each) => ({
              ...each,
              claims: [...each.claims, claim('nested_gateway', nesting)],
            })),
          },
        })),
      };
      const before = answer({ set: plain, request });
      const after = agreedAnswer({ set: nested, request });
      if (nesting === 'fallback_off') {
        expect(after).toEqual(before);
        spread.add('off');
        return;
      }
      const applied = new Set(
        after.policies.filter(({ mode }) => mode !== 'shadow').map(({ id }) => id),
      );
      const rules = policiesOf(nested).filter(({ id }) => applied.has(id));
      const isAsked = rules.some(
        ({ requirements, lists }) =>
          requirements.length > 0 ||
          lists.some(({ effect, entries }) => effect === 'deny' && entries.length > 0),
      );
      expectNothingAdded(before, after);
      expect(isAsked && after.eligible.length > 0).toBe(false);
      countNarrowing(before, after, spread);
    });
    spread.expectAtLeast(100, 'off');
    spread.expectAtLeast(30, 'kept', 'emptied');
  });

  test('what a bound file states satisfies its own policies and no others', () => {
    const spread = new Spread();
    const make = (source: Source) => ({
      home: pick(source, ['unbound', 'bound', 'other'] as const),
      states: pick(source, ['unbound', 'bound', 'other'] as const),
    });
    check(make, 100, ({ home, states }) => {
      const rules = policy('p', [RULE_OF_KIND.gdpr]);
      const scopes = {
        bound: new Map([['team', ['core']]]),
        other: new Map([['team', ['core', 'ops']]]),
      };
      const file = (name: 'unbound' | 'bound' | 'other') =>
        document(
          {
            providers: [],
            targets: states === name ? [target('t', { claims: [claim('gdpr', true)] })] : [],
            policies: home === name ? [rules] : [],
          },
          name === 'unbound' ? undefined : scopes[name],
        );
      const base = document({
        targets: states === 'unbound' ? [] : [target('t')],
        policies: [policy('all', [])],
      });
      const set = setOf(base, file('unbound'), file('bound'), file('other'));
      const request = requestFor(['t'], { scope: new Map([['team', 'core']]) });
      const { outcome } = agreedAnswer({ set, request });
      expect(outcome).toBe(states === 'unbound' || states === home ? 'allow' : 'block');
      spread.add(outcome);
    });
    spread.expectAtLeast(20, 'allow', 'block');
  });
});
