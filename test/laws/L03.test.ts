import type { Policy } from '../../src/core/model/policy';
import type { PolicySet } from '../../src/core/model/policy-set';
import type { Candidate } from '../../src/core/model/request';
import type { RequirementRule } from '../../src/core/model/requirement';
import { NOW_MS } from '../generators/alphabet';
import { policy, requirements } from '../generators/policies';
import { candidates, preferences } from '../generators/requests';
import { furtherDocument } from '../generators/sets';
import { pick } from '../generators/source';
import type { Source } from '../generators/source';
import { compileBundle } from '../../src/core/engine/compile';
import { decide } from '../../src/core/engine/decide';
import {
  agreedAnswer,
  answer,
  countNarrowing,
  expectNothingAdded,
  isRefusedWhole,
  withContext,
  withPreferences,
} from './support/decisions';
import type { Case } from './support/decisions';
import { addDocument, addPolicy, mapDocuments, mapPolicies, onlyEnforcing } from './support/edits';
import { openCase } from './support/open-cases';
import { check, Spread } from './support/runs';
import { without } from '../support/without';

/** Without a fallback, one that falls gives way to the next one, which is not what narrowing is about. */
function withFallbacks({ set, request }: Case): Case {
  const kept = without(request.context.preferences, 'allowFallbacks');
  return { set, request: withPreferences(request, kept) };
}

const openEnforcing = (source: Source): Case => withFallbacks(openCase(source, onlyEnforcing));

/** Checks that what is made of a case lets nothing through that the case does not. */
function checkNarrowing(
  make: (source: Source) => { readonly before: Case; readonly after: Case },
  count: number,
  spread: Spread,
): void {
  check(make, count, ({ before, after }) => {
    const first = answer(before);
    // A request that is refused may be told of its tenant or policy by what is added; nothing was narrowed yet.
    if (isRefusedWhole(first)) {
      spread.add('refused');
      return;
    }
    const second = agreedAnswer(after);
    expectNothingAdded(first, second);
    countNarrowing(first, second, spread);
  });
}

describe('L3: narrowing only', () => {
  test('one more policy adds no target to what enforcing policies leave', () => {
    const spread = new Spread();
    checkNarrowing(
      (source) => {
        const before = openEnforcing(source);
        const more: Policy = { ...policy(source, 'added'), mode: 'enforce' };
        return { before, after: { ...before, set: addPolicy(before.set, more) } };
      },
      600,
      spread,
    );
    spread.expectAtLeast(25, 'kept', 'emptied');
    spread.expectAtLeast(5, 'cut');
  });

  test('one more requirement adds no target to what enforcing policies leave', () => {
    const spread = new Spread();
    checkNarrowing(
      (source) => {
        const before = openEnforcing(source);
        const more = requirements(source, 2);
        const ids = before.set.documents.flatMap(({ document }) =>
          document.policies.map(({ id }) => id),
        );
        const chosen = ids.length === 0 ? '' : pick(source, ids);
        const set = mapPolicies(before.set, (one) => [
          one.id === chosen ? { ...one, requirements: [...one.requirements, ...more] } : one,
        ]);
        return { before, after: { ...before, set } };
      },
      600,
      spread,
    );
    spread.expectAtLeast(15, 'kept', 'emptied');
  });

  test('one more bound file, whatever it declares, adds none of the targets known before', () => {
    const spread = new Spread();
    checkNarrowing(
      (source) => {
        const before = openEnforcing(source);
        const [first] = before.set.documents;
        const base = first?.document ?? {
          providers: [],
          endpoints: [],
          credentials: [],
          targets: [],
        };
        const further = onlyEnforcing({
          ...before.set,
          documents: [furtherDocument(source, 'added', base)],
        }).documents.map(({ document }) => ({
          document,
          binding: new Map([['team', pick(source, [['core'], ['ops'], ['core', 'ops']])]]),
        }));
        // An endpoint that only the new file declares makes a target that was not known before.
        const isKnown = ({ target, endpoint = '://' }: Candidate): boolean =>
          target !== undefined && endpoint.includes('://');
        const known = before.request.candidates?.filter(isKnown) ?? [];
        const request = { ...before.request, candidates: known };
        const set = further.reduce(addDocument, before.set);
        return { before: { ...before, request }, after: { set, request } };
      },
      700,
      spread,
    );
    spread.expectAtLeast(20, 'kept', 'emptied');
    spread.expectAtLeast(3, 'cut');
  });

  test('a WARN answer lies within what the enforcing policies leave', () => {
    const spread = new Spread();
    check(openCase, 700, (one) => {
      const decision = agreedAnswer(one);
      const enforced = answer({ ...one, set: onlyEnforcing(one.set) });
      spread.add(decision.outcome);
      if (one.request.context.preferences.allowFallbacks !== false) {
        expectNothingAdded(enforced, decision);
      }
    });
    spread.expectAtLeast(40, 'warn', 'allow', 'block');
  });

  test('a request filter adds no target to any answer, so omitting one gains nothing', () => {
    const spread = new Spread();
    checkNarrowing(
      (source) => {
        const after = openCase(source);
        const { order, ...asked } = {
          ...after.request.context.preferences,
          ...preferences(source),
        };
        const wish = order === undefined ? asked : { ...asked, order };
        const before = { ...after, request: withPreferences(after.request, {}) };
        return { before, after: { ...after, request: withPreferences(after.request, wish) } };
      },
      700,
      spread,
    );
    spread.expectAtLeast(20, 'kept', 'emptied', 'cut');
  });

  test('a pin adds no target to the candidates that are sent', () => {
    const spread = new Spread();
    checkNarrowing(
      (source) => {
        const { set, request } = openCase(source);
        const candidatesSent = request.candidates ?? candidates(source, set);
        const context = without(request.context, 'model');
        const unpinned = {
          ...request,
          candidates: candidatesSent,
          context: { ...context, models: [] },
        };
        const model = pick(source, [
          'acme/m-small',
          'boreal/m-large',
          'bo:m-small',
          'relay/m-large',
        ]);
        return {
          before: withFallbacks({ set, request: unpinned }),
          after: withFallbacks({ set, request: withContext(unpinned, { model }) }),
        };
      },
      600,
      spread,
    );
    spread.expectAtLeast(10, 'kept', 'emptied', 'cut');
  });

  test('a tighter bound leaves a part of what a looser one leaves', () => {
    const spread = new Spread();
    const tighter: readonly (readonly [RequirementRule, RequirementRule])[] = [
      [
        { kind: 'max_retention_days', days: 30 },
        { kind: 'max_retention_days', days: 0 },
      ],
      [
        { kind: 'max_price', prompt: 3 },
        { kind: 'max_price', prompt: 1 },
      ],
      [{ kind: 'soc2' }, { kind: 'soc2_type2' }],
      [
        { kind: 'processing_regions', regions: ['eea', 'US'] },
        { kind: 'processing_regions', regions: ['eu'] },
      ],
    ];
    checkNarrowing(
      (source) => {
        const before = openEnforcing(source);
        const [loose, tight] = pick(source, tighter);
        const demanding = (rule: RequirementRule): Policy => ({
          ...without(policy(source, 'bound'), 'authors'),
          mode: 'enforce',
          scope: new Map(),
          lists: [],
          requirements: [{ rule, position: { file: 'bound.yaml', line: 1, column: 1 } }],
        });
        return {
          before: { ...before, set: addPolicy(before.set, demanding(loose)) },
          after: { ...before, set: addPolicy(before.set, demanding(tight)) },
        };
      },
      700,
      spread,
    );
    spread.expectAtLeast(20, 'kept');
    spread.expectAtLeast(10, 'emptied');
  });

  test('a scope key that the request leaves out gains it nothing', () => {
    const spread = new Spread();
    check(
      (source) => {
        // Files that are bound to a scope state no claims here: where they do not exist, they conflict with none.
        const bare = (set: PolicySet): PolicySet =>
          mapDocuments(onlyEnforcing(set), (document, { binding }) =>
            binding === undefined
              ? document
              : { ...document, providers: [], endpoints: [], credentials: [], targets: [] },
          );
        const one = withFallbacks(openCase(source, bare));
        const scope = new Map([
          ['team', pick(source, ['core', 'ops'])],
          ['environment', pick(source, ['dev', 'prod'])],
        ]);
        return { ...one, scope, left: pick(source, ['team', 'environment']) };
      },
      700,
      ({ set, request, scope, left }) => {
        const all = answer({ set, request: withContext(request, { scope }) });
        const fewer = new Map([...scope].filter(([key]) => key !== left));
        const without = agreedAnswer({ set, request: withContext(request, { scope: fewer }) });
        // An unknown value is refused; leaving out the key is no more than what its policies let through.
        if (all.block?.code !== 'unknown_scope') {
          expectNothingAdded(all, without);
          countNarrowing(all, without, spread);
        }
      },
    );
    spread.expectAtLeast(20, 'kept');
    spread.expectAtLeast(3, 'emptied');
  });

  test('a scope key that nothing in the bundle names is recorded and changes nothing', () => {
    const spread = new Spread();
    check(openCase, 300, ({ set, request }) => {
      const bundle = compileBundle(set, 'one');
      const scope = new Map([...request.context.scope, ['unheard_of', 'value']]);
      const plain = decide(bundle, request, NOW_MS);
      const named = decide(bundle, withContext(request, { scope }), NOW_MS);
      expect({ ...named, warnings: [] }).toEqual({ ...plain, warnings: [] });
      spread.add(
        named.warnings.some(({ message }) => message.includes('unheard_of')) ? 'told' : 'refused',
      );
    });
    spread.expectAtLeast(100, 'told');
  });
});
