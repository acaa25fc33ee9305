import type { EligibleVerdict, Verdict } from '../model/decision';
import type { Candidate } from '../model/request';
import type { Bundle, CatalogTarget } from './bundle';
import type { CatalogView } from './catalog-view';
import { countKept, type EpochCache } from './epoch';
import { groupPolicies, judgeSubject, type Judgement, type PolicyGroups } from './judge-subject';
import type { ScopeClass } from './scope-class';
import type { Situation } from './situation';
import { isPlain, type Subject } from './subject';
import type { JudgingContext } from './subject-facts';

/** The verdicts of a plain request in candidate order, and those of them that are eligible. */
export interface PlainVerdicts {
  readonly verdicts: readonly Verdict[];
  readonly eligible: readonly EligibleVerdict[];
}

/** Judgements for one class of scope, one situation and one epoch, kept as they are first made. */
export interface Plan {
  readonly context: JudgingContext;
  readonly cache: EpochCache;
  readonly groups: PolicyGroups;
  /** By target index; targets that no candidate named yet are empty. */
  readonly judgements: (Judgement | undefined)[];
  /** By candidate, for requests that bring nothing of their own; see plain-answer.ts. */
  readonly verdicts: WeakMap<Candidate, Verdict>;
  readonly lists: WeakMap<readonly Candidate[], PlainVerdicts>;
  /** The catalog's candidates by the name that was asked for; '' where none was. See derive-candidates.ts. */
  readonly derived: Map<string, readonly Candidate[]>;
  /** False if a policy looks at attributes of the single request, so that nothing can be kept. */
  readonly keeps: boolean;
}

/** Plans kept per class of scope; api and features come from closed lists, so a client cannot grow it far. */
const MAX_PLANS = 64;

/** Plans by class of scope and situation; they go with their class. */
const PLANS = new WeakMap<ScopeClass, Map<string, Plan>>();

/**
 * The plan for a request. What was judged is taken from the cache where it is there, but never the instant or the
 * attributes of an earlier request: claims that a candidate brings expire within an epoch (L11).
 */
export function planFor(
  cache: EpochCache,
  parts: {
    readonly view: CatalogView;
    readonly scopeClass: ScopeClass;
    readonly situation: Situation;
    readonly attributes: ReadonlyMap<string, string>;
    readonly nowMs: number;
  },
): Plan {
  const { scopeClass, situation } = parts;
  const plans = plansOf(scopeClass);
  const existing = plans.get(situation.key);
  if (existing?.keeps === true) return { ...existing, context: parts };
  const groups = existing?.groups ?? groupPolicies(scopeClass.policies);
  const keeps = !looksAtAttributes(groups);
  const fresh: Plan = {
    context: parts,
    cache,
    groups,
    judgements: [],
    verdicts: new WeakMap(),
    lists: new WeakMap(),
    derived: new Map(),
    keeps,
  };
  if (plans.size >= MAX_PLANS) plans.clear();
  plans.set(situation.key, fresh);
  return fresh;
}

function plansOf(scopeClass: ScopeClass): Map<string, Plan> {
  const existing = PLANS.get(scopeClass);
  if (existing !== undefined) return existing;
  const fresh = new Map<string, Plan>();
  PLANS.set(scopeClass, fresh);
  return fresh;
}

/** Judges a subject, or takes the judgement that was kept. */
export function judgeWith(plan: Plan, subject: Subject): Judgement {
  const { target } = subject;
  if (target === undefined || !isPlain(subject))
    return judgeSubject(plan.context, plan.groups, subject);
  return plan.judgements[target.index] ?? keep(plan, target, subject);
}

function keep(plan: Plan, target: CatalogTarget, subject: Subject): Judgement {
  const judgement = judgeSubject(plan.context, plan.groups, subject);
  if (!plan.keeps) return judgement;
  plan.judgements[target.index] = judgement;
  countKept(plan.cache, 1 + reasonsIn(judgement));
  return judgement;
}

function reasonsIn({ hard, soft, shadow }: Judgement): number {
  return [hard, ...soft, ...shadow].reduce((count, { length }) => count + length, 0);
}

function looksAtAttributes({ enforce, warn, shadow }: PolicyGroups): boolean {
  return readsAttributes({ policies: [...enforce, ...warn, ...shadow] });
}

/** True if a policy looks at attributes of the single request. */
export function readsAttributes({ policies }: Pick<Bundle, 'policies'>): boolean {
  return policies.some(({ policy }) =>
    policy.requirements.some(
      ({ rule }) =>
        rule.kind === 'expression' ||
        (rule.kind === 'minimum_assurance' && rule.of.some(({ kind }) => kind === 'expression')),
    ),
  );
}
