import type { TargetDeclaration } from '../../src/core/model/catalog';
import { compileBundle } from '../../src/core/engine/compile';
import { decide } from '../../src/core/engine/decide';
import { NOW_MS } from '../generators/alphabet';
import { pick } from '../generators/source';
import type { Source } from '../generators/source';
import {
  agreedAnswer,
  answer,
  CASES,
  eligibleRefs,
  isRefusedWhole,
  withPreferences,
} from './support/decisions';
import { mapClaims, mapPolicies } from './support/edits';
import { openCase } from './support/open-cases';
import { check, Spread } from './support/runs';
import { without } from '../support/without';

describe('L6: the caller routes', () => {
  test('without `order`, and where nothing gave way, the candidates keep their order', () => {
    const spread = new Spread();
    check(openCase, 500, ({ set, request }) => {
      const rest = without(request.context.preferences, 'order');
      const decision = agreedAnswer({ set, request: withPreferences(request, rest) });
      const refs = decision.verdicts.map(({ ref }) => ref);
      if (decision.outcome === 'allow') {
        const open = eligibleRefs(decision);
        expect(open).toEqual(refs.filter((ref) => open.includes(ref)));
        spread.add(open.length > 1 ? 'several' : 'one');
      }
    });
    spread.expectAtLeast(80, 'several', 'one');
  });

  test('the order of candidates decides the order of the answer, and nothing else', () => {
    const spread = new Spread();
    check(openCase, 400, ({ set, request }) => {
      const rest = without(request.context.preferences, 'order', 'allowFallbacks');
      const plain = withPreferences(request, rest);
      const turned = { ...plain, candidates: [...(plain.candidates ?? [])].reverse() };
      const forth = answer({ set, request: plain });
      const back = answer({ set, request: turned });
      expect([...back.verdicts].reverse()).toEqual(forth.verdicts);
      if (forth.outcome === 'allow') {
        expect([...eligibleRefs(back)].reverse()).toEqual(eligibleRefs(forth));
      }
      spread.add(forth.eligible.length > 1 ? 'several' : forth.outcome);
    });
    spread.expectAtLeast(80, 'several');
  });

  test('what `order` names comes first, in its order, and then the others', () => {
    const spread = new Spread();
    const make = (source: Source) => {
      const { set, request } = openCase(source);
      const first = pick(source, ['acme', 'boreal', 'relay', 'bo']);
      const second = pick(source, ['acme', 'boreal', 'relay']);
      const rest = without(request.context.preferences, 'allowFallbacks');
      const bare = { ...request, caller: { ...request.caller, rewritesModel: true } };
      return {
        set: without(set, 'providerTables'),
        request: withPreferences(bare, { ...rest, order: [first, second] }),
      };
    };
    check(make, 500, ({ set, request }) => {
      const decision = agreedAnswer({ set, request });
      const order = request.context.preferences.order ?? [];
      const rank = (provider: string): number => {
        const at = order.findIndex(
          (one) => one === provider || (one === 'bo' && provider === 'boreal'),
        );
        return at === -1 ? order.length : at;
      };
      // A router's targets may be at other providers; it comes first only if all are named.
      const isPlain = set.documents.every(({ document }) =>
        document.targets.every(({ reaches }) => reaches === undefined),
      );
      const ranks = decision.eligible.map(({ provider }) => rank(provider));
      if (decision.outcome === 'allow' && isPlain && isNative(set, order)) {
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        spread.add(new Set(ranks).size > 1 ? 'sorted' : 'same');
      }
    });
    spread.expectAtLeast(10, 'sorted');
    spread.expectAtLeast(50, 'same');
  });

  test('price never ranks', () => {
    const spread = new Spread();
    const make = (source: Source) => ({ ...openCase(source), seed: source.below(1_000) });
    check(make, 300, ({ set, request, seed }) => {
      const bare = mapPolicies(set, (one) => [
        {
          ...one,
          requirements: one.requirements.filter(
            ({ rule }) => rule.kind !== 'max_price' && rule.kind !== 'minimum_assurance',
          ),
        },
      ]);
      const rest = without(request.context.preferences, 'maxPrice');
      const cheap = mapClaims(bare, (claim) =>
        claim.name.startsWith('price_')
          ? [{ ...claim, value: (seed * claim.position.line) % 7 }]
          : [claim],
      );
      const before = answer({ set: bare, request: withPreferences(request, rest) });
      const after = answer({ set: cheap, request: withPreferences(request, rest) });
      expect(eligibleRefs(after)).toEqual(eligibleRefs(before));
      spread.add(before.eligible.length > 1 ? 'several' : before.outcome);
    });
    spread.expectAtLeast(80, 'several');
  });

  test('verdicts name the target`s own model, and a caller that rewrites nothing must have asked for it', () => {
    const spread = new Spread();
    const make = (source: Source) => {
      const { set, request } = openCase(source);
      const caller = { ...request.caller, rewritesModel: false };
      const model = pick(source, ['m-small', 'm-large', 'fast']);
      return { set, request: { ...request, caller, context: { ...request.context, model } } };
    };
    check(make, 400, ({ set, request }) => {
      const decision = agreedAnswer({ set, request });
      for (const { sendModel } of decision.eligible) {
        expect(sendModel).toBe(request.context.model);
        spread.add('same');
      }
      const codes = decision.verdicts.flatMap(({ reasons }) => reasons.map(({ code }) => code));
      spread.add(codes.includes('model_mismatch') ? 'mismatch' : 'no mismatch');
    });
    spread.expectAtLeast(40, 'same', 'mismatch');
  });

  test('without candidates, they are the catalog`s that serve the model and speak the api, in file order', () => {
    const spread = new Spread();
    check(CASES, 700, ({ set, request }) => {
      const derived = without(request, 'candidates');
      const model = 'm-small';
      const named = { ...derived, context: { ...derived.context, model, models: [] } };
      const decision = agreedAnswer({ set, request: named });
      if (isRefusedWhole(decision)) {
        spread.add('refused');
        return;
      }
      const refs = decision.verdicts.map(({ ref }) => ref);
      expect(refs).toEqual(naiveCandidates(set, named, model));
      spread.add(refs.length === 0 ? 'none' : refs.length === 1 ? 'one' : 'several');
      if (refs.length === 0) {
        expect(['unknown_model', 'model_not_allowed']).toContain(decision.block?.code);
      }
    });
    spread.expectAtLeast(15, 'none', 'one', 'several');
  });

  test('a pool comes whole', () => {
    const spread = new Spread();
    check(CASES, 500, ({ set, request }) => {
      const derived = without(request, 'candidates');
      const decision = decide(
        compileBundle(set, 'pools'),
        { ...derived, context: { ...derived.context, model: 'm-large', models: [] } },
        NOW_MS,
      );
      const refs = decision.verdicts.map(({ ref }) => ref);
      const exists = set.documents.filter(({ binding }) => binding === undefined);
      const targets = exists.flatMap(({ document }) => document.targets);
      const pools = new Set(targets.filter(({ id }) => refs.includes(id)).map(({ pool }) => pool));
      const pooled = targets.filter(({ pool }) => pool !== undefined && pools.has(pool));
      expect(pooled.filter(({ id }) => !refs.includes(id))).toEqual([]);
      spread.add(pooled.length > 1 ? 'pool' : 'no pool');
    });
    spread.expectAtLeast(5, 'pool');
  });
});

type Cases = Parameters<typeof answer>[0];

/** True if `bo` is an alias here: some file declares it. */
function isNative(set: Cases['set'], order: readonly string[]): boolean {
  const providers = set.documents.flatMap(({ document }) => document.providers);
  return !order.includes('bo') || providers.some(({ aliases }) => aliases.includes('bo'));
}

/** Restated from L6, for a request with one plain model name. */
function naiveCandidates(set: Cases['set'], { context }: Cases['request'], model: string) {
  const valueOf = (key: string): string | undefined =>
    key === 'tenant' ? context.tenant : context.scope.get(key);
  const targets = set.documents
    .filter(({ binding }) =>
      [...(binding ?? [])].every(([key, values]) => {
        const value = valueOf(key);
        return value !== undefined && (values === 'any' || values.includes(value));
      }),
    )
    .flatMap(({ document }) => document.targets);
  const qualifies = ({ apis, serves, model: own }: TargetDeclaration): boolean =>
    (serves ?? [own]).includes(model) &&
    (apis === undefined || context.api === undefined || apis.includes(context.api));
  const chosen = targets.filter(qualifies);
  const pools = new Set(chosen.map(({ pool }) => pool).filter((pool) => pool !== undefined));
  const ids = new Set(chosen.map(({ id }) => id));
  const inPool = ({ pool }: TargetDeclaration): boolean => pool !== undefined && pools.has(pool);
  return [...new Set(targets.filter((one) => ids.has(one.id) || inPool(one)).map(({ id }) => id))];
}
