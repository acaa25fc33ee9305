import type { ListEntry } from '../../src/core/model/policy';
import type { Candidate } from '../../src/core/model/request';
import { checkSet } from '../../src/core/policy/check-set';
import { pick } from '../generators/source';
import type { Source } from '../generators/source';
import { agreedAnswer, answer, CASES, eligibleRefs, expectNothingAdded } from './support/decisions';
import type { Case } from './support/decisions';
import { mapPolicies } from './support/edits';
import { parseNative } from './support/native-files';
import { openCase } from './support/open-cases';
import { check, Spread } from './support/runs';
import { claim, document, policy, requestFor, setOf, target } from './support/small-world';
import { without } from '../support/without';

/** The set with every entry of lists of one effect written in another way. */
function rewriteEntries(
  { set, request }: Case,
  effect: 'allow' | 'deny',
  write: (text: string) => string,
): Case {
  const rewrite = (entry: ListEntry): ListEntry => ({
    ...entry,
    pattern: Object.fromEntries(
      Object.entries(entry.pattern).map(([key, text]) => [key, write(String(text))]),
    ),
  });
  return {
    request,
    set: mapPolicies(set, (one) => [
      {
        ...one,
        lists: one.lists.map((list) =>
          list.effect === effect ? { ...list, entries: list.entries.map(rewrite) } : list,
        ),
      },
    ]),
  };
}

/** Answers without the words that quote entries. */
const codesOf = (decision: ReturnType<typeof answer>) =>
  decision.verdicts.map(({ ref, reasons }) => [
    ref,
    ...reasons.map(({ code, policy: by }) => [code, by]),
  ]);

describe('L12: identity is canonical', () => {
  test('deny ignores case, and allow does not', () => {
    const spread = new Spread();
    check(CASES, 700, (one) => {
      const plain = answer(one);
      const denied = answer(rewriteEntries(one, 'deny', (text) => text.toUpperCase()));
      expect(codesOf(denied)).toEqual(codesOf(plain));
      const allowed = agreedAnswer(rewriteEntries(one, 'allow', (text) => text.toUpperCase()));
      if (one.request.context.preferences.allowFallbacks !== false && plain.outcome !== 'warn') {
        spread.add(allowed.eligible.length < plain.eligible.length ? 'allows less' : 'same');
      }
      spread.add(JSON.stringify(plain).includes('_denied') ? 'denied' : 'not denied');
    });
    spread.expectAtLeast(40, 'denied');
    spread.expectAtLeast(5, 'allows less');
  });

  test('ids are compared after one normalisation, on both sides', () => {
    const spread = new Spread();
    const make = (source: Source) => ({
      stated: pick(source, ['caf\u00e9', 'cafe\u0301', 'cafe']),
      asked: pick(source, ['caf\u00e9', 'cafe\u0301', 'cafe', 'CAF\u00c9']),
      as: pick(source, ['target', 'model', 'tenant'] as const),
    });
    check(make, 150, ({ stated, asked, as }) => {
      const named =
        as === 'target' ? target(stated) : target('t', as === 'model' ? { model: stated } : {});
      const scope = as === 'tenant' ? new Map([['tenant', [stated]]]) : new Map();
      const set = setOf(document({ targets: [named], policies: [policy('p', [], { scope })] }));
      const candidate =
        as === 'model'
          ? { provider: 'acme', model: asked, claims: [] }
          : { target: as === 'target' ? asked : 't', claims: [] };
      const request = requestFor([candidate], as === 'tenant' ? { tenant: asked } : {});
      const { outcome } = answer({ set, request });
      const isSame = stated.normalize('NFC') === asked.normalize('NFC');
      expect(outcome).toBe(isSame ? 'allow' : 'block');
      spread.add(outcome);
    });
    spread.expectAtLeast(30, 'allow', 'block');
  });

  test('a target that chooses further upstream is eligible only if all that it reaches is', () => {
    const spread = new Spread();
    const make = (source: Source) => openCase(source);
    check(make, 900, ({ set, request: generated }) => {
      const preferences = without(generated.context.preferences, 'allowFallbacks', 'order');
      const context = { ...generated.context, preferences, models: [] };
      const unnamed = without(context, 'model');
      const request = { ...generated, context: unnamed };
      const enforced = mapPolicies(set, (one) => (one.mode === 'warn' ? [] : [one]));
      const targets = set.documents.flatMap(({ document: { targets: all } }) => all);
      for (const router of targets.filter(({ reaches }) => reaches !== undefined)) {
        const ask = (id: string) =>
          answer({
            set: enforced,
            request: { ...request, candidates: [{ ref: id, target: id, claims: [] }] },
          }).eligible.length > 0;
        const reached = (router.reaches ?? []).map(ask);
        if (ask(router.id)) {
          expect(reached.every(Boolean)).toBe(true);
        }
        spread.add(ask(router.id) ? 'eligible' : reached.every(Boolean) ? 'own fault' : 'reach');
      }
    });
    spread.expectAtLeast(10, 'eligible', 'reach');
  });

  test.each(['auto', 'latest', 'm-latest', 'm:latest', 'vendor/auto', 'openrouter/AUTO'])(
    'what `%s` reaches is unknown where nothing lists it',
    (model) => {
      const known = target('t', { model });
      const listed = { ...known, reaches: ['m'] };
      const decide = (one: typeof known) =>
        agreedAnswer({
          set: setOf(document({ targets: [one, target('m')], policies: [policy('p', [])] })),
          request: requestFor(['t']),
        });
      expect(decide(known).block?.code).toBe('unknown_target');
      expect(decide(listed).outcome).toBe('allow');
    },
  );

  test('a candidate that leaves parts open is eligible only if every target that it may mean is', () => {
    const spread = new Spread();
    check(
      (source: Source) => openCase(source),
      900,
      ({ set, request: generated }) => {
        const enforced = mapPolicies(set, (one) => (one.mode === 'warn' ? [] : [one]));
        const preferences = without(generated.context.preferences, 'allowFallbacks', 'order');
        const request = { ...generated, context: { ...generated.context, preferences } };
        const targets = set.documents.flatMap(({ document: { targets: all } }) => all);
        const asEligible = (candidate: Candidate) =>
          answer({ set: enforced, request: { ...request, candidates: [candidate] } }).eligible
            .length > 0;
        const [first] = targets;
        if (first === undefined) {
          return;
        }
        const { provider, model } = first;
        const open = asEligible({ ref: 'open', provider, model, claims: [] });
        const meant = targets.filter((one) => one.provider === provider && one.model === model);
        const ids = [...new Set(meant.map(({ id }) => id))];
        const known = ids.filter((id) =>
          answer({
            set: enforced,
            request: { ...request, candidates: [{ ref: id, target: id, claims: [] }] },
          }).verdicts.every(({ reasons }) =>
            reasons.every(({ code }) => code !== 'unknown_target'),
          ),
        );
        const each = known.map((id) => asEligible({ ref: id, target: id, claims: [] }));
        if (open) {
          expect(each.every(Boolean)).toBe(true);
        }
        spread.add(open ? 'eligible' : 'blocked');
        spread.add(ids.length > 1 ? 'several' : 'one');
        spread.add(!open && each.some(Boolean) && !each.every(Boolean) ? 'one fails' : 'alike');
      },
    );
    spread.expectAtLeast(100, 'eligible', 'blocked', 'several');
    spread.expectAtLeast(5, 'one fails');
  });

  test('a region prefix is the target`s region, and never stripped', () => {
    const claims = [claim('processing_regions', ['DE'])];
    const outcome = (model: string, asked: string) =>
      agreedAnswer({
        set: setOf(
          document({
            targets: [target('t', { model, claims })],
            policies: [policy('p', [{ kind: 'processing_regions', regions: ['eu'] }])],
          }),
        ),
        request: requestFor([{ provider: 'acme', model: asked, claims: [] }]),
      }).outcome;
    expect(outcome('eu.vendor.m', 'eu.vendor.m')).toBe('allow');
    expect(outcome('us.vendor.m', 'us.vendor.m')).toBe('block');
    expect(outcome('global.vendor.m', 'global.vendor.m')).toBe('block');
    expect(outcome('eu.vendor.m', 'vendor.m')).toBe('block');
    expect(outcome('vendor.m', 'eu.vendor.m')).toBe('block');
  });

  test('a deny entry that matches nothing stays in force, and is an error of a native file', () => {
    const text = (entry: string): string =>
      [
        'apiVersion: ambit/v1',
        'kind: Catalog',
        'metadata: { name: c }',
        'spec: { providers: [{ id: acme, targets: [{ id: t, model: m }] }] }',
        '---',
        'apiVersion: ambit/v1',
        'kind: Policy',
        'metadata: { name: p }',
        `spec: { models: { deny: [${entry}] } }`,
        '',
      ].join('\n');
    const read = (entry: string) => {
      const { document: parsed } = parseNative(text(entry));
      if (parsed === undefined) {
        throw new Error('the file is whole');
      }
      const set = setOf({ document: parsed });
      return { set, codes: checkSet(set).map(({ severity, code }) => `${severity} ${code}`) };
    };
    expect(read('later-*').codes).toEqual(['error deny_matches_nothing']);
    expect(read('{ model: later-*, future: true }').codes).toEqual([]);
    expect(read('M').codes).toEqual([]);
    const { set } = read('{ model: later-*, future: true }');
    const open = {
      ...set,
      documents: set.documents.map((one) => ({
        document: {
          ...one.document,
          providers: one.document.providers.map((each) => ({ ...each, models: 'any' as const })),
        },
      })),
    };
    const asked = (model: string) => requestFor([{ provider: 'acme', model, claims: [] }]);
    expect(agreedAnswer({ set: open, request: asked('later-1') }).outcome).toBe('block');
    expect(agreedAnswer({ set: open, request: asked('sooner-1') }).outcome).toBe('allow');
  });

  test('an alias names its provider wherever a provider is named', () => {
    const spread = new Spread();
    check(
      (source: Source) => openCase(source),
      400,
      ({ set, request }) => {
        const aliased = {
          ...request,
          candidates: (request.candidates ?? []).map((one) =>
            one.provider === 'boreal' ? { ...one, provider: 'bo' } : one,
          ),
        };
        const isKnown = set.documents.some(({ document: { providers } }) =>
          providers.some(({ id }) => id === 'boreal'),
        );
        if (!isKnown || aliased.candidates.every(({ provider }) => provider !== 'bo')) {
          spread.add('no alias');
          return;
        }
        const [plain, named] = [answer({ set, request }), answer({ set, request: aliased })];
        expect(eligibleRefs(named)).toEqual(eligibleRefs(plain));
        expectNothingAdded(plain, named);
        spread.add(plain.outcome);
      },
    );
    spread.expectAtLeast(15, 'allow', 'block');
  });
});
