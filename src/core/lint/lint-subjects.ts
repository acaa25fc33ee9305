import { compileBundle } from '../engine/compile';
import type { BoundPolicy, Bundle } from '../engine/bundle';
import type { CatalogView } from '../engine/catalog-view';
import { judgeLists } from '../engine/judge-lists';
import { judgeRequirement, sightOf } from '../engine/judge-requirements';
import { situationOf } from '../engine/situation';
import { factsOf, type SubjectFacts } from '../engine/subject-facts';
import { plainSubject, providerSubject, type Subject } from '../engine/subject';
import type { PolicySet } from '../model/policy-set';
import { EMPTY_CONTEXT } from '../model/request';
import type { Requirement, RequirementRule } from '../model/requirement';
import type { SourcePosition } from '../model/source-position';
import type { UnmetResult } from '../requirements/requirement-kind';

/** A set as lint looks at it: every file, no particular request. */
export interface LintView {
  readonly bundle: Bundle;
  /** Policies that restrict, widest first. */
  readonly policies: readonly BoundPolicy[];
  readonly subjects: readonly LintSubject[];
}

/** A target, or a provider all of whose models are known. */
export interface LintSubject {
  readonly kind: 'target' | 'provider';
  readonly id: string;
  readonly position: SourcePosition;
  /** The documents that declare it. */
  readonly documents: readonly number[];
  readonly subject: Subject;
  readonly facts: SubjectFacts;
}

/** A requirement that a subject does not meet. */
export interface LintUnmet {
  readonly requirement: Requirement;
  readonly result: UnmetResult;
}

/** What a policy finds of a subject. */
export interface LintJudgement {
  /** True if a list of the policy keeps it out, whatever it declares. */
  readonly excluded: boolean;
  readonly unmet: readonly LintUnmet[];
}

/** Prepares a set. `nowMs` is milliseconds since the epoch: expired claims do not count. */
export function viewForLint(set: PolicySet, nowMs: number): LintView {
  const bundle = compileBundle(set, 'lint');
  return {
    bundle,
    policies: bundle.policies.filter(({ policy }) => policy.mode !== 'shadow'),
    subjects: subjectsOf(bundle, nowMs),
  };
}

/** True if the policy relies on what the subject's files say; others see it only as unknown. */
export function isInSight(view: LintView, bound: BoundPolicy, { documents }: LintSubject): boolean {
  return documents.some(
    (document) =>
      view.bundle.set.documents[document]?.binding === undefined ||
      (bound.bound && document === bound.document),
  );
}

/** Judges a subject by one policy. Expressions are left out: they may look at the request, which is not there. */
export function judgeForLint(
  { bundle }: LintView,
  bound: BoundPolicy,
  { subject, facts }: LintSubject,
): LintJudgement {
  return {
    excluded: judgeLists(bound, subject, facts, wholeView(bundle)).length > 0,
    unmet: bound.policy.requirements
      .filter(({ rule }) => !looksAtRequest(rule))
      .flatMap((requirement) =>
        judgeRequirement(requirement, facts, sightOf(bound)).map((result) => ({
          requirement,
          result,
        })),
      ),
  };
}

/** True if nothing states the claim: a declaration could make the requirement hold. */
export function isGap({ result }: LintUnmet): boolean {
  return result.state === 'unknown' && result.claim !== '' && result.evidence === undefined;
}

/** True if the claim is declared for some requests only, so that the requirement may hold for those. */
export function dependsOnRequest({ result }: LintUnmet): boolean {
  return result.state === 'unknown' && result.evidence !== undefined;
}

function looksAtRequest(rule: RequirementRule): boolean {
  return (
    rule.kind === 'expression' ||
    (rule.kind === 'minimum_assurance' && rule.of.some(({ kind }) => kind === 'expression'))
  );
}

/** Every file, whatever scope it is bound to. */
function wholeView(bundle: Bundle): CatalogView {
  return { bundle, visible: bundle.set.documents.map(() => true) };
}

function subjectsOf(bundle: Bundle, nowMs: number): readonly LintSubject[] {
  const context = {
    view: wholeView(bundle),
    situation: situationOf(EMPTY_CONTEXT),
    attributes: new Map<string, string>(),
    nowMs,
  };
  const targets = bundle.catalog.targets.map((target) => ({
    kind: 'target' as const,
    id: target.declaration.id,
    position: target.declaration.position,
    documents: target.documents,
    subject: plainSubject(target),
  }));
  return [...targets, ...openProviders(bundle)].map((each) => ({
    ...each,
    facts: factsOf(context, each.subject),
  }));
}

/** Providers with `models: any` can be targets that no declaration lists. */
function openProviders(bundle: Bundle): readonly Omit<LintSubject, 'facts'>[] {
  return [...bundle.catalog.providers].flatMap(([id, placed]) => {
    const open = placed.find(({ declaration }) => declaration.models === 'any');
    if (open === undefined) return [];
    return {
      kind: 'provider' as const,
      id: open.declaration.id,
      position: open.declaration.position,
      documents: placed.map(({ document }) => document),
      subject: providerSubject(id, {}),
    };
  });
}
