import type { ModelIdStyle } from '../../src/core/model/request';
import { pick } from '../generators/source';
import type { Source } from '../generators/source';
import {
  agreedAnswer,
  answer,
  eligibleRefs,
  isRefusedWhole,
  withContext,
  withPreferences,
} from './support/decisions';
import type { Case } from './support/decisions';
import { openCase } from './support/open-cases';
import { check, Spread } from './support/runs';
import { document, policy, requestFor, setOf, target } from './support/small-world';
import { without } from '../support/without';

const PINS = { acme: 'acme', 'acme-ai': 'acme', boreal: 'boreal', bo: 'boreal', relay: 'relay' };

/** A case whose request says nothing of its own about providers, and lets the model be rewritten. */
function unpinned(source: Source): Case {
  const { set, request } = openCase(source);
  const preferences = without(request.context.preferences, 'only', 'allowFallbacks');
  const context = without(request.context, 'model');
  const caller = { ...request.caller, rewritesModel: true };
  return { set, request: { ...request, caller, context: { ...context, preferences, models: [] } } };
}

/** The case, where nothing but files says what a provider is called. */
function withoutTables({ set, request }: Case): Case {
  return { set: without(set, 'providerTables'), request };
}

/** The provider ids and aliases that the set declares. */
function knownNames({ set }: Case): readonly string[] {
  return set.documents.flatMap(({ document: { providers } }) =>
    providers.flatMap(({ id, aliases }) => [id, ...aliases]),
  );
}

describe('L7: a pin is a filter', () => {
  test('`only` leaves that provider`s targets and no others, even where another would do', () => {
    const spread = new Spread();
    const make = (source: Source) => ({
      one: unpinned(source),
      provider: pick(source, ['acme', 'boreal', 'relay']),
    });
    check(make, 500, ({ one: { set, request }, provider }) => {
      const { preferences } = request.context;
      const free = answer({ set, request });
      const pinned = agreedAnswer({
        set,
        request: withPreferences(request, { ...preferences, only: [provider] }),
      });
      expect(pinned.eligible.every((verdict) => verdict.provider === provider)).toBe(true);
      const kept = free.eligible.filter((verdict) => verdict.provider === provider);
      const isReached = set.documents.some(({ document: { targets } }) =>
        targets.some(({ reaches }) => reaches !== undefined),
      );
      // What a router reaches at other providers is filtered with it.
      if (!isReached) {
        expect(eligibleRefs(pinned)).toEqual(kept.map(({ ref }) => ref));
      }
      if (free.eligible.length > 0 && kept.length === 0) {
        expect(pinned.outcome).toBe('block');
        spread.add('blocked though another would do');
      }
      spread.add(pinned.outcome);
    });
    spread.expectAtLeast(60, 'allow', 'blocked though another would do');
    spread.expectAtLeast(5, 'warn');
  });

  test('a provider before the model pins as `only` does, by any of its names', () => {
    const spread = new Spread();
    const make = (source: Source) => ({
      one: withoutTables(unpinned(source)),
      pin: pick(source, Object.keys(PINS) as (keyof typeof PINS)[]),
      base: pick(source, ['m-small', 'm-large', 'm-nothing']),
      separator: pick(source, ['/', '/', ':']),
      style: pick<ModelIdStyle>(source, ['auto', 'pin']),
    });
    check(make, 500, ({ one, pin, base, separator, style }) => {
      const { set, request } = one;
      const model = `${pin}${separator}${base}`;
      const decision = agreedAnswer({
        set,
        request: withContext(request, { model, modelIdStyle: style }),
      });
      const isPin = knownNames(one).includes(pin) || (style === 'pin' && separator === '/');
      spread.add(isPin ? 'pins' : 'is a part of the name');
      if (isPin) {
        const provider = knownNames(one).includes(pin) ? PINS[pin] : pin;
        expect(decision.eligible.every((verdict) => verdict.provider === provider)).toBe(true);
      } else {
        expect(eligibleRefs(decision)).toEqual(eligibleRefs(answer(one)));
      }
      spread.add(decision.outcome);
    });
    spread.expectAtLeast(100, 'pins');
    spread.expectAtLeast(20, 'is a part of the name', 'allow', 'block');
  });

  test('an author before the model pins nothing', () => {
    const spread = new Spread();
    const make = (source: Source) => ({
      one: unpinned(source),
      model: `${pick(source, [...Object.keys(PINS), 'author'])}${pick(source, ['/', ':'])}m-small`,
    });
    check(make, 400, ({ one, model }) => {
      const { set, request } = one;
      const decision = agreedAnswer({
        set,
        request: withContext(request, { model, modelIdStyle: 'author' }),
      });
      expect(eligibleRefs(decision)).toEqual(eligibleRefs(answer(one)));
      spread.add(decision.outcome);
    });
    spread.expectAtLeast(50, 'allow', 'block');
  });

  test('names are looked up without their pin', () => {
    const spread = new Spread();
    const make = (source: Source) => ({
      one: unpinned(source),
      pin: pick(source, ['acme', 'boreal', 'relay'] as const),
    });
    check(make, 500, ({ one, pin }) => {
      const { set, request } = one;
      const derived = without(request, 'candidates');
      const named = (model: string) =>
        answer({ set, request: withContext(derived, { model, modelIdStyle: 'pin' }) });
      const plain = named('m-small');
      const pinned = named(`${pin}/m-small`);
      if (!isRefusedWhole(plain)) {
        const refs = plain.verdicts.map(({ ref }) => ref);
        const all = pinned.verdicts.map(({ ref }) => ref);
        // A provider all of whose models are known adds the one that is named.
        expect(all.filter((ref) => ref !== `${pin}/m-small`)).toEqual(refs);
        expect(pinned.eligible.every(({ provider }) => provider === pin)).toBe(true);
        spread.add(refs.length > 1 ? 'several' : String(refs.length));
      }
    });
    spread.expectAtLeast(30, 'several', '0', '1');
  });

  test('each of several names pins what it asks for', () => {
    const providers = ['acme', 'boreal'].map((id) => ({
      id,
      aliases: [],
      models: 'listed' as const,
      claims: [],
      position: { file: 'p.yaml', line: 1, column: 1 },
    }));
    const targets = ['acme', 'boreal'].flatMap((provider) =>
      ['m', 'n'].map((model) => target(`${provider}-${model}`, { provider, model })),
    );
    const set = setOf(document({ providers, targets, policies: [policy('all', [])] }));
    const request = without(requestFor([], { models: ['acme/m', 'boreal/n'] }), 'candidates');
    const decision = agreedAnswer({ set, request });
    expect(eligibleRefs(decision)).toEqual(['acme-m', 'boreal-n']);
  });
});
