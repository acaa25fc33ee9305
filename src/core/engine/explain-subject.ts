import type { Requirement } from '../model/requirement';
import { expectedOf, remedyOf, REQUIREMENT_ORDER } from '../requirements/registry';
import type { UnmetResult } from '../requirements/requirement-kind';
import type { BoundPolicy } from './bundle';
import type { ExplanationRow } from './explanation';
import { judgeLists } from './judge-lists';
import { judgeRequirement, requirementsFor, sightOf } from './judge-requirements';
import type { ApplicablePolicy } from './scope-class';
import { factsOf, type JudgingContext, type SubjectFacts } from './subject-facts';
import type { Subject } from './subject';

/** Every applicable rule on one subject, met or not. */
export function explainSubject(
  context: JudgingContext,
  policies: readonly ApplicablePolicy[],
  subject: Subject,
): readonly ExplanationRow[] {
  const facts = factsOf(context, subject);
  return policies.flatMap(({ bound }) => [
    ...listRows(context, bound, subject, facts),
    ...(subject.standing === 'known'
      ? inRegistryOrder(requirementsFor(bound, facts)).flatMap((requirement) =>
          requirementRows(bound, requirement, facts),
        )
      : [unknownRow(bound, subject)]),
  ]);
}

/** The order in which reasons stand (L5), so that rows and reasons of one policy can be read side by side. */
function inRegistryOrder(requirements: readonly Requirement[]): readonly Requirement[] {
  const placeOf = ({ rule }: Requirement): number => REQUIREMENT_ORDER.indexOf(rule.kind);
  return [...requirements].sort((left, right) => placeOf(left) - placeOf(right));
}

function listRows(
  { view }: JudgingContext,
  bound: BoundPolicy,
  subject: Subject,
  facts: SubjectFacts,
): readonly ExplanationRow[] {
  const { policy } = bound;
  return policy.lists.map((list): ExplanationRow => {
    const requirement = `${list.subject}s.${list.effect}`;
    const single: BoundPolicy = { ...bound, policy: { ...policy, lists: [list] } };
    const [found] = judgeLists(single, subject, facts, view);
    const base = { policy: policy.id, mode: policy.mode, requirement, claim: '' };
    if (found === undefined) {
      const expected =
        list.effect === 'allow' ? 'an entry of the allow list' : 'no entry of the deny list';
      return {
        ...base,
        state: 'satisfied',
        expected,
        observed: expected,
        help: '',
        position: list.position,
      };
    }
    const { state, expected, observed, position } = found.reason;
    const help =
      list.effect === 'allow' ? 'list it, if it was vetted' : 'remove the entry, if it was vetted';
    return {
      ...base,
      state,
      expected,
      observed,
      help,
      ...(position === undefined ? {} : { position }),
    };
  });
}

function requirementRows(
  bound: BoundPolicy,
  requirement: Requirement,
  facts: SubjectFacts,
): readonly ExplanationRow[] {
  const { policy } = bound;
  const { rule, position } = requirement;
  const base = { policy: policy.id, mode: policy.mode, requirement: rule.kind, position };
  const unmet = judgeRequirement(requirement, facts, sightOf(bound));
  if (unmet.length === 0) {
    const expected = expectedOf(rule);
    return [{ ...base, state: 'satisfied', claim: '', expected, observed: expected, help: '' }];
  }
  return unmet.map((each) => ({
    ...base,
    state: each.state,
    claim: each.claim,
    expected: each.expected,
    observed: each.observed,
    help: facts.nested ? NESTED_HELP : helpFor(requirement, each),
    ...(each.evidence === undefined ? {} : { claimPosition: each.evidence.position }),
  }));
}

/** Nothing that is declared of a gateway's own conduct says what it reaches. */
export const NESTED_HELP =
  "switch the gateway's own fallback off and declare nested_gateway: fallback_off, or name what it reaches as targets";

/** What would have to change. It is a fact to establish, never an edit to make blindly. */
function helpFor({ rule }: Requirement, unmet: UnmetResult): string {
  const remedy = remedyOf(rule);
  switch (unmet.state) {
    case 'unknown':
      return `declare ${remedy}, if it is true`;
    case 'expired':
      return `check the claim again and renew it: ${remedy}`;
    case 'conflicting':
      return 'make the files that state it agree';
    case 'contrary':
      return `would need ${remedy}`;
    case 'error':
      return 'mend the rule or the claim that fails to evaluate';
  }
}

function unknownRow({ policy }: BoundPolicy, { standing }: Subject): ExplanationRow {
  return {
    policy: policy.id,
    mode: policy.mode,
    requirement: 'catalog',
    state: standing === 'conflicting' ? 'conflicting' : 'unknown',
    claim: '',
    expected: 'a target that the catalog lists once',
    observed:
      standing === 'conflicting' ? 'declared differently in two files' : 'not in the catalog',
    help: 'list the target in a catalog',
  };
}
