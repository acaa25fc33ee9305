import type { TargetList } from '../model/policy';
import type { Layer } from '../model/reason';
import type { DecisionState } from './decision-state';

/**
 * What the request's `only`, or the allow lists of the policy that leads a block, let through, as it is written; empty
 * where something else leads.
 */
export function permittedNames(
  { bundle, request }: Pick<DecisionState, 'bundle' | 'request'>,
  {
    layer,
    requirement,
    policy,
  }: { readonly layer: Layer; readonly requirement: string; readonly policy: string },
): readonly string[] {
  if (layer === 'request_filters' && requirement === 'only') {
    return request.context.preferences.only ?? [];
  }
  const subject = layer === 'provider_lists' ? 'provider' : 'model';
  if (requirement !== `${subject}s.allow`) return [];
  const lists = bundle.policies.find((each) => each.policy.id === policy)?.policy.lists ?? [];
  return [...new Set(lists.filter((list) => isAllowListOf(list, subject)).flatMap(textsOf))];
}

function isAllowListOf(list: TargetList, subject: TargetList['subject']): boolean {
  return list.effect === 'allow' && list.subject === subject;
}

function textsOf({ entries }: TargetList): readonly string[] {
  return entries.map(({ text }) => text);
}
