import { compileBundle } from '../../src/core/engine/compile';
import type { Decision } from '../../src/core/model/decision';
import type { PolicySet } from '../../src/core/model/policy-set';
import type { DecisionRequest } from '../../src/core/model/request';
import { preview } from '../../src/service/preview';
import type { PreviewDocument, PreviewModel } from '../../src/service/preview-document';
import { DAY_MS, NOW_MS } from '../generators/alphabet';
import { decisionCase } from '../generators/requests';
import type { Source } from '../generators/source';
import { agreedAnswer } from '../laws/support/decisions';
import { mapClaims } from '../laws/support/edits';
import { openCase } from '../laws/support/open-cases';
import { check, Spread } from '../laws/support/runs';

/** A request as `ambit preview` makes it: who asks, over which api, and nothing of its own. */
function bare({ context }: DecisionRequest): DecisionRequest {
  const { tenant, scope, api, features } = context;
  return {
    context: {
      ...(tenant === undefined ? {} : { tenant }),
      ...(api === undefined ? {} : { api }),
      ...{ scope, features, models: [], modelIdStyle: 'auto', preferences: {} },
      attributes: new Map(),
    },
    caller: { rewritesModel: true, ownsClaims: false },
    problems: [],
  };
}

const cases =
  (make: (source: Source) => ReturnType<typeof decisionCase>) =>
  (source: Source): ReturnType<typeof decisionCase> => {
    const { set, request } = make(source);
    return { set, request: bare(request) };
  };

/** The same request for one model; its candidates are the catalog's. */
function forModel(request: DecisionRequest, model: string): DecisionRequest {
  return { ...request, context: { ...request.context, model, modelIdStyle: 'author' } };
}

function ofPreview({ outcome, eligible, targets, block }: PreviewModel): unknown {
  return {
    outcome,
    eligible,
    verdicts: targets.map((target) => [
      target.ref,
      target.eligible,
      target.reasons.map(({ code, policy, expected, observed }) => [
        code,
        policy,
        expected,
        observed,
      ]),
    ]),
    block: block?.code,
  };
}

function ofDecision({ outcome, eligible, verdicts, block }: Decision): unknown {
  return {
    outcome,
    eligible: eligible.map(({ ref }) => ref),
    verdicts: verdicts.map((verdict) => [
      verdict.ref,
      verdict.eligible,
      verdict.reasons.map(({ code, policy, expected, observed }) => [
        code,
        policy,
        expected,
        observed,
      ]),
    ]),
    block: block?.code,
  };
}

/** Who is refused is told why, and no target is judged. */
function expectRefused(model: PreviewModel, code: string, { block }: Decision): void {
  expect(block?.code).toBe(code);
  expect(model).toMatchObject({ outcome: 'block', eligible: [], block: { code } });
  expect(model.targets.every(({ eligible }) => !eligible)).toBe(true);
  expect(model.targets.flatMap(({ reasons }) => reasons.map((each) => each.code))).toEqual(
    model.targets.map(() => code),
  );
}

describe.each([
  ['any set', decisionCase],
  ['sets of which most is eligible', openCase],
])('a preview of %s', (_, make) => {
  test('shows for every name what both evaluators answer to a request for it', () => {
    const spread = new Spread();
    check(cases(make), 200, ({ set, request }) => {
      const shown = preview(compileBundle(set, 'digest'), request, NOW_MS);
      for (const model of shown.models) {
        for (const name of model.names) {
          const decision = agreedAnswer({ set, request: forModel(request, name) }, NOW_MS);
          if (shown.refusal === undefined) expect(ofPreview(model)).toEqual(ofDecision(decision));
          else expectRefused(model, shown.refusal.code, decision);
        }
        spread.add(model.anyModelOf === undefined ? model.outcome : 'open');
      }
      spread.add(shown.refusal === undefined ? 'judged' : 'refused');
    });
    spread.expectAtLeast(20, 'allow', 'warn', 'block', 'judged', 'open');
    spread.expectAtLeast(6, 'refused');
  });

  test('accounts for every target of the catalog once, and for every name or for none of its targets', () => {
    const spread = new Spread();
    check(cases(make), 200, ({ set, request }) => {
      const bundle = compileBundle(set, 'digest');
      const shown = preview(bundle, request, NOW_MS);
      const offered = new Set(
        shown.models.flatMap(({ anyModelOf, targets }) =>
          anyModelOf === undefined ? targets.map(({ ref }) => ref) : [],
        ),
      );
      const absent = shown.notOffered.map(({ ref }) => ref);
      const ids = new Set(bundle.catalog.targets.map(({ identity }) => identity.id));
      expect(new Set([...offered, ...absent])).toEqual(ids);
      expect(absent.filter((id) => offered.has(id))).toEqual([]);
      const { eligible, blocked } = shown.counts.targets;
      expect(eligible + blocked).toBe(offered.size);
      const names = shown.models.flatMap((model) => model.names);
      expect(new Set(names).size).toBe(names.length);
      for (const name of bundle.catalog.byServedName.keys()) {
        if (names.includes(name)) continue;
        const decision = agreedAnswer({ set, request: forModel(request, name) }, NOW_MS);
        expect(decision.verdicts).toEqual([]);
        expect(decision.outcome).toBe('block');
        spread.add('no target of a name');
      }
      spread.add(absent.length > 0 ? 'absent' : 'all offered');
    });
    spread.expectAtLeast(10, 'absent', 'all offered', 'no target of a name');
  });
});

/** The same set with claims that expire on one of the next days. */
function expiring(set: PolicySet): PolicySet {
  return mapClaims(set, (claim) => [
    { ...claim, expiresAtMs: NOW_MS + (claim.position.line % 4) * DAY_MS },
  ]);
}

describe('the changes of a preview', () => {
  test('are those that previews at their instants show', () => {
    const spread = new Spread();
    check(cases(openCase), 400, ({ set, request }) => {
      const bundle = compileBundle(expiring(set), 'digest');
      const startMs = NOW_MS - 2 * DAY_MS;
      let before = preview(bundle, request, startMs);
      const { list, notLookedAt } = before.changes;
      expect(notLookedAt).toBe(0);
      for (const change of list) {
        const instantMs = Date.parse(change.at);
        const eve = preview(bundle, request, instantMs - 1);
        expect(pictureOf(eve)).toEqual(pictureOf(before));
        const after = preview(bundle, request, instantMs);
        expect(pictureOf(after)).not.toEqual(pictureOf(before));
        for (const { names, to, from, becomesBlocked } of change.models) {
          const [name = ''] = names;
          expect(outcomeOf(before, name) ?? from).toBe(from);
          expect(outcomeOf(after, name) ?? to).toBe(to);
          expect(becomesBlocked.every(({ reasons }) => reasons.length > 0)).toBe(true);
          spread.add(becomesBlocked.length > 0 ? 'becomes blocked' : 'becomes eligible');
        }
        before = after;
      }
      spread.add(list.length === 0 ? 'stays' : 'changes');
    });
    spread.expectAtLeast(30, 'changes', 'stays', 'becomes blocked');
  });
});

function pictureOf({ models }: PreviewDocument): unknown {
  return models.map(({ names, outcome, targets }) => [
    names,
    outcome,
    targets.map(({ ref, eligible }) => [ref, eligible]),
  ]);
}

function outcomeOf({ models }: PreviewDocument, name: string): string | undefined {
  return models.find(({ names }) => names.includes(name))?.outcome;
}
