import type { ConfigNode } from '../yaml/config-node';
import { each, entries, entry, field, isTrue, text } from './fields';
import { DECISION_NAMESPACE } from './types';

/** True if RBAC rules let nothing pass but what they demand. */
export function demands(body: ConfigNode, isDemand: (condition: ConfigNode) => boolean): boolean {
  const rules = field(body, 'rules');
  const action = text(rules, 'action') ?? 'ALLOW';
  const policies = entries(field(rules, 'policies'));
  // Where there is a matcher, Envoy does not look at the rules.
  const isIgnored = rules === undefined || entry(body, 'matcher') !== undefined;
  if (isIgnored || !['ALLOW', '0'].includes(action)) return false;
  return policies.every(
    ([, { value }]) =>
      anyOf(each(value, 'permissions'), isDemand) || anyOf(each(value, 'principals'), isDemand),
  );
}

/** The condition that Ambit has said yes. */
export function isAllowDecision(condition: ConfigNode): boolean {
  const matcher =
    field(condition, 'sourced_metadata', 'metadata_matcher') ?? field(condition, 'metadata');
  const source = text(condition, 'sourced_metadata', 'metadata_source') ?? 'DYNAMIC';
  const path = each(matcher, 'path').map((segment) => text(segment, 'key'));
  return (
    ['DYNAMIC', '0'].includes(source) &&
    text(matcher, 'filter') === DECISION_NAMESPACE &&
    path.join('.') === 'decision' &&
    text(matcher, 'value', 'string_match', 'exact') === 'allow' &&
    !isTrue(matcher, 'invert')
  );
}

// A policy holds if any of its permissions and any of its principals do, so that each alternative must demand it.
function anyOf(
  conditions: readonly ConfigNode[],
  isDemand: (each: ConfigNode) => boolean,
): boolean {
  return conditions.length > 0 && conditions.every((each) => holdsOnlyWith(each, isDemand));
}

function holdsOnlyWith(condition: ConfigNode, isDemand: (each: ConfigNode) => boolean): boolean {
  if (isDemand(condition)) return true;
  const all = [...each(condition, 'and_rules', 'rules'), ...each(condition, 'and_ids', 'ids')];
  if (all.some((each) => holdsOnlyWith(each, isDemand))) return true;
  return anyOf(
    [...each(condition, 'or_rules', 'rules'), ...each(condition, 'or_ids', 'ids')],
    isDemand,
  );
}
