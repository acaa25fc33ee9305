import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import { APIS, FEATURES } from '../../../src/core/model/api';
import type { Decision } from '../../../src/core/model/decision';
import type { PolicySet } from '../../../src/core/model/policy-set';
import {
  EMPTY_CONTEXT,
  type Candidate,
  type DecisionRequest,
  type RequestContext,
} from '../../../src/core/model/request';
import { diff } from '../../../src/service/diff/diff';
import type {
  DiffCircumstance,
  DiffDocument,
  DiffTarget,
} from '../../../src/service/diff/diff-document';
import { NOW_MS, SCOPE_VALUES } from '../../generators/alphabet';
import { candidates } from '../../generators/requests';
import { chance, pick, type Source } from '../../generators/source';
import { mapClaims, mapPolicies } from '../../laws/support/edits';
import { openCase } from '../../laws/support/open-cases';
import { check, Spread } from '../../laws/support/runs';
import { without } from '../../support/without';

/** Two states of a set, and requests that random callers make. */
interface Change {
  readonly before: PolicySet;
  readonly after: PolicySet;
  readonly asked: readonly { readonly context: RequestContext; readonly sent?: Candidate[] }[];
}

/** What people change: a policy more or less, a rule less, another mode, claims, settings, or all at once. */
function edited(source: Source, set: PolicySet): PolicySet {
  switch (source.below(8)) {
    case 0:
      return mapPolicies(set, (policy) => (chance(source, 40) ? [] : [policy]));
    case 1:
      return mapPolicies(set, (policy) => [
        { ...policy, requirements: policy.requirements.filter(() => chance(source, 60)) },
      ]);
    case 2:
      return mapPolicies(set, (policy) => [
        { ...policy, lists: policy.lists.filter(() => chance(source, 60)) },
      ]);
    case 3:
      return mapPolicies(set, (policy) => [
        { ...policy, mode: pick(source, ['enforce', 'warn', 'shadow'] as const) },
      ]);
    case 4:
      return mapClaims(set, (claim) => (chance(source, 15) ? [] : [claim]));
    case 5: {
      const whenNoPolicyApplies = pick(source, ['allow', 'block'] as const);
      return { ...set, settings: { ...set.settings, whenNoPolicyApplies } };
    }
    case 6:
      return { ...set, documents: set.documents.filter((_, i) => i === 0 || chance(source, 50)) };
    default:
      return openCase(source).set;
  }
}

/** Mostly claims without limits of their own: each of them doubles the situations that a diff looks at. */
function unlimited(source: Source, set: PolicySet): PolicySet {
  const keep = chance(source, 10);
  return mapClaims(set, (claim) => {
    const isRare = keep && claim.position.line % 16 === 0;
    return [isRare ? claim : without(without(claim, 'apis'), 'features')];
  });
}

function change(source: Source): Change {
  const one = unlimited(source, openCase(source).set);
  const other = unlimited(source, edited(source, one));
  const [before, after] = chance(source, 50) ? [one, other] : [other, one];
  const asked = Array.from({ length: 40 }, () => {
    const context = contextOf(source, pick(source, [before, after]));
    const sent = candidates(source, pick(source, [before, after]));
    const plain = sent.map((candidate) => ({ ...candidate, claims: [] })).slice(0, 2);
    return chance(source, 50) ? { context } : { context, sent: plain };
  });
  return { before, after, asked };
}

const KEYS = ['team', 'environment'];

function contextOf(source: Source, set: PolicySet): RequestContext {
  const models = set.documents.flatMap(({ document }) =>
    document.targets.flatMap(({ serves, model }) => serves ?? [model]),
  );
  const scope = KEYS.filter(() => chance(source, 60)).map(
    (key) => [key, pick(source, [...(SCOPE_VALUES[key] ?? []), 'else'])] as const,
  );
  return {
    ...EMPTY_CONTEXT,
    ...(chance(source, 60) ? { tenant: pick(source, ['blue', 'red', 'green']) } : {}),
    ...(chance(source, 70) ? { api: pick(source, APIS) } : {}),
    ...(models.length === 0 ? {} : { model: pick(source, models) }),
    modelIdStyle: 'author',
    scope: new Map(scope),
    features: FEATURES.filter(() => chance(source, 10)),
  };
}

function differenceOf({ before, after }: Change): DiffDocument {
  const result = diff(
    { old: compileBundle(before, 'old'), new: compileBundle(after, 'new') },
    NOW_MS,
  );
  if (!('document' in result)) throw new Error(`too many ${result.tooLarge}`);
  return result.document;
}

function answersOf(one: Change): readonly (readonly [Decision, Decision])[] {
  const [old, fresh] = [compileBundle(one.before, 'old'), compileBundle(one.after, 'new')];
  return one.asked.map(({ context, sent }) => {
    const request = {
      ...requestFor(context),
      ...(sent === undefined ? {} : { candidates: sent }),
    };
    return [decide(old, request, NOW_MS), decide(fresh, request, NOW_MS)] as const;
  });
}

const requestFor = (context: RequestContext): DecisionRequest => ({
  context,
  caller: { rewritesModel: true, ownsClaims: false },
  problems: [],
});

const refsOf = ({ eligible }: Decision): readonly string[] => eligible.map(({ ref }) => ref);

const missingIn = (left: Decision, right: Decision): readonly string[] =>
  refsOf(right).filter((ref) => !refsOf(left).includes(ref));

const lacks = (left: Decision, right: Decision): boolean => missingIn(left, right).length > 0;

const isSame = (left: Decision, right: Decision): boolean =>
  left.outcome === right.outcome && !lacks(left, right) && !lacks(right, left);

describe('a diff', () => {
  test('is wider wherever anybody is let through who was not', () => {
    const spread = new Spread();
    check(change, 50, (one) => {
      const document = differenceOf(one);
      for (const [old, fresh] of answersOf(one)) {
        if (lacks(old, fresh)) {
          expect(document.wider || document.unproven.length > 0).toBe(true);
          spread.add('gain');
        }
        if (lacks(fresh, old)) {
          expect(document.narrower || document.unproven.length > 0).toBe(true);
          spread.add('loss');
        }
        if (!isSame(old, fresh)) expect(document.differences).not.toEqual([]);
      }
      spread.add(document.differences.length === 0 ? 'same' : 'differs');
      spread.add(document.wider ? 'wider' : 'not wider');
    });
    spread.expectAtLeast(4, 'gain', 'loss', 'same', 'differs', 'wider', 'not wider');
  });

  test('is of nothing where nothing is changed, and wider one way where it is narrower the other', () => {
    const spread = new Spread();
    check(change, 20, (one) => {
      expect(differenceOf({ ...one, after: one.before }).differences).toEqual([]);
      const [there, back] = [one, { ...one, before: one.after, after: one.before }].map(
        differenceOf,
      );
      expect(there?.wider).toBe(back?.narrower);
      expect(there?.narrower).toBe(back?.wider);
      spread.add(there?.wider === true ? 'wider' : 'not wider');
    });
    spread.expectAtLeast(4, 'wider', 'not wider');
  });

  test('tells of models only what both answer to a request for them', () => {
    const spread = new Spread();
    check(change, 30, (one) => {
      const [old, fresh] = [compileBundle(one.before, 'old'), compileBundle(one.after, 'new')];
      for (const { for: circumstances, changes } of differenceOf(one).differences) {
        for (const { request, from, to, gains, loses } of changes) {
          const [first] = circumstances;
          const [model] = request.models;
          if (first === undefined || model === undefined) continue;
          const asked = requestFor({ ...EMPTY_CONTEXT, ...contextFor(first), model });
          const [was, now] = [decide(old, asked, NOW_MS), decide(fresh, asked, NOW_MS)];
          expect([was.outcome, now.outcome]).toEqual([from, to]);
          const redeclared = ({ why }: DiffTarget): boolean => why === 'redeclared';
          const names = (list: readonly DiffTarget[]): readonly string[] =>
            list.filter((each) => !redeclared(each)).map(({ target }) => target);
          expect(new Set(names(gains))).toEqual(new Set(missingIn(was, now)));
          expect(new Set(names(loses))).toEqual(new Set(missingIn(now, was)));
          spread.add(gains.length > 0 ? 'gains' : loses.length > 0 ? 'loses' : 'outcome');
        }
      }
    });
    spread.expectAtLeast(4, 'gains', 'loses', 'outcome');
  });
});

function contextFor({ scope, otherValues, api, features }: DiffCircumstance): object {
  const { tenant, ...named } = scope;
  const isTenant = (key: string): boolean => key === 'tenant';
  const others = otherValues.filter((key) => !isTenant(key)).map((key) => [key, 'nobody'] as const);
  return {
    ...(tenant === undefined ? {} : { tenant }),
    ...(otherValues.some(isTenant) ? { tenant: 'nobody' } : {}),
    ...(api === undefined ? {} : { api }),
    scope: new Map([...Object.entries(named), ...others]),
    features,
    modelIdStyle: 'author',
  };
}
