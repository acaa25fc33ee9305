import type { BoundPolicy } from './bundle';
import { judgeLists } from './judge-lists';
import { judgeRequirements } from './judge-requirements';
import { makeReason, rankOf, uniteReasons, type RankedReason } from './ranked-reason';
import type { ApplicablePolicy } from './scope-class';
import { factsOf, type JudgingContext } from './subject-facts';
import type { Subject } from './subject';

/** What all policies say of one subject, before the request's own filters. */
export interface Judgement {
  /** What blocks in any case: lists, catalog, and requirements of enforcing policies. In L5 order. */
  readonly hard: readonly RankedReason[];
  /** By warn policy, in the order of the plan: what its requirements find wanting. */
  readonly soft: readonly (readonly RankedReason[])[];
  /** By shadow policy, in the order of the plan. */
  readonly shadow: readonly (readonly RankedReason[])[];
}

/** Applicable policies by what they can do. */
export interface PolicyGroups {
  readonly enforce: readonly BoundPolicy[];
  readonly warn: readonly BoundPolicy[];
  readonly shadow: readonly BoundPolicy[];
}

/** Sorts the applicable policies by mode, keeping their order. */
export function groupPolicies(policies: readonly ApplicablePolicy[]): PolicyGroups {
  const ofMode = (mode: string): readonly BoundPolicy[] =>
    policies.map(({ bound }) => bound).filter(({ policy }) => policy.mode === mode);
  return { enforce: ofMode('enforce'), warn: ofMode('warn'), shadow: ofMode('shadow') };
}

/** Judges one subject by all applicable policies. */
export function judgeSubject(
  context: JudgingContext,
  groups: PolicyGroups,
  subject: Subject,
): Judgement {
  const facts = factsOf(context, subject);
  const known = subject.standing === 'known';
  const lists = (bound: BoundPolicy): readonly RankedReason[] =>
    judgeLists(bound, subject, facts, context.view);
  const requirements = (bound: BoundPolicy): readonly RankedReason[] =>
    known ? judgeRequirements(bound, facts) : [];
  const hard = [
    ...[...groups.enforce, ...groups.warn].flatMap(lists),
    ...catalogReasons(subject, facts.nested && hasRequirement(groups)),
    ...groups.enforce.flatMap(requirements),
  ];
  return {
    hard: uniteReasons(hard),
    soft: groups.warn.map((bound) => uniteReasons(requirements(bound))),
    shadow: groups.shadow.map((bound) => uniteReasons([...lists(bound), ...requirements(bound)])),
  };
}

function hasRequirement({ enforce, warn }: PolicyGroups): boolean {
  return [...enforce, ...warn].some(({ policy }) => policy.requirements.length > 0);
}

function catalogReasons(subject: Subject, nestedBlocks: boolean): readonly RankedReason[] {
  const reasons: RankedReason[] = [];
  const add = (reason: RankedReason['reason'], place: number): void => {
    reasons.push({ reason, rank: rankOf('catalog', 0, place) });
  };
  const name =
    subject.identity.id ?? `${subject.identity.provider ?? ''}/${subject.identity.model ?? ''}`;
  if (subject.standing === 'unknown') add(unknownTarget(name), 0);
  if (nestedBlocks) add(nestedGateway(name), 1);
  if (subject.standing === 'conflicting') add(conflictingTarget(name), 2);
  return reasons;
}

function unknownTarget(name: string): RankedReason['reason'] {
  return makeReason({
    code: 'unknown_target',
    state: 'unknown',
    expected: 'a target that the catalog lists',
    observed: 'not in the catalog',
    message: `the catalog does not list target \`${name}\`, or not all that it can reach`,
  });
}

function conflictingTarget(name: string): RankedReason['reason'] {
  return makeReason({
    code: 'conflicting_target',
    state: 'conflicting',
    expected: 'one declaration of the id',
    observed: 'files that declare it differently',
    message: `files that apply declare target \`${name}\` differently`,
  });
}

function nestedGateway(name: string): RankedReason['reason'] {
  return makeReason({
    code: 'nested_gateway',
    state: 'unknown',
    expected: 'a target that does not route on by itself',
    observed: 'nested_gateway: true',
    message: `\`${name}\` routes on by itself, so where the request ends is unknown`,
  });
}
