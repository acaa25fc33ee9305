import type { ListEntry, Policy, TargetList } from '../../core/model/policy';
import type { PolicySet } from '../../core/model/policy-set';
import type { Requirement } from '../../core/model/requirement';
import type { SourcePosition } from '../../core/model/source-position';

/**
 * One rule of a policy, as coverage and mutations count them: a requirement, an allow list as a whole, or one entry of
 * a list. Shadow policies have none here, because no answer shows what they find.
 */
export type Rule = {
  readonly policy: Policy;
  /** `require_no_training`, `providers.allow`, `providers.deny deepseek`. */
  readonly name: string;
  readonly position: SourcePosition;
} & (
  | { readonly kind: 'requirement'; readonly requirement: Requirement }
  | { readonly kind: 'allow_list'; readonly list: TargetList }
  | { readonly kind: 'entry'; readonly list: TargetList; readonly entry: ListEntry }
);

/** All rules of a set, in file order. */
export function rulesOf(set: PolicySet): readonly Rule[] {
  return set.documents
    .flatMap(({ document }) => document.policies)
    .filter(({ mode }) => mode !== 'shadow')
    .flatMap(rulesOfPolicy);
}

function rulesOfPolicy(policy: Policy): readonly Rule[] {
  return [
    ...policy.lists.flatMap((list) => rulesOfList(policy, list)),
    ...policy.requirements.map((requirement): Rule => {
      const { rule, position } = requirement;
      return { kind: 'requirement', policy, name: rule.kind, position, requirement };
    }),
  ];
}

function rulesOfList(policy: Policy, list: TargetList): readonly Rule[] {
  const { effect, entries, position } = list;
  const name = listName(list);
  const whole: Rule = { kind: 'allow_list', policy, name, position, list };
  const each = entries.map((entry): Rule => ({
    kind: 'entry',
    policy,
    name: `${name} ${entry.text}`,
    position: entry.position,
    list,
    entry,
  }));
  return effect === 'allow' ? [whole, ...each] : each;
}

/** The name of a list, as reasons have it. */
export function listName({ subject, effect }: TargetList): string {
  return `${subject}s.${effect}`;
}

/** The set with one policy replaced. */
export function withPolicy(set: PolicySet, from: Policy, to: Policy): PolicySet {
  return mapPolicies(set, (policy) => (policy === from ? to : policy));
}

/** The set with each policy replaced by what the function makes of it. */
export function mapPolicies(set: PolicySet, change: (policy: Policy) => Policy): PolicySet {
  const documents = set.documents.map((bound) => {
    const policies = bound.document.policies.map(change);
    return { ...bound, document: { ...bound.document, policies } };
  });
  return { ...set, documents };
}
