import type { ListEntry, Policy, TargetList, TargetPattern } from '../../core/model/policy';
import type { PolicySet } from '../../core/model/policy-set';
import type { Requirement, RequirementRule } from '../../core/model/requirement';
import { catalogValues, type CatalogValues } from './catalog-values';
import { loosenRule } from './loosen-rule';
import { negateRule } from './negate-rule';
import { rulesOf, withPolicy, type Rule } from './rules';

/** A set in which one rule was changed. */
export interface Mutant {
  readonly rule: Rule;
  /** What was done to the rule: `dropped`, `loosened: 30 days`, `negated`. */
  readonly change: string;
  readonly set: PolicySet;
}

/** Every rule of the set dropped, loosened and negated, where that makes sense; in file order. */
export function mutantsOf(set: PolicySet): readonly Mutant[] {
  const values = catalogValues(set);
  return rulesOf(set).flatMap((rule) =>
    changesOf(rule, values).map(({ change, policy }) => ({
      rule,
      change,
      set: withPolicy(set, rule.policy, policy),
    })),
  );
}

interface Change {
  readonly change: string;
  readonly policy: Policy;
}

function changesOf(rule: Rule, values: CatalogValues): readonly Change[] {
  switch (rule.kind) {
    case 'requirement':
      return requirementChanges(rule.policy, rule.requirement, values);
    case 'allow_list':
      return [
        { change: 'dropped', policy: withList(rule.policy, rule.list, undefined) },
        {
          change: 'negated',
          policy: withList(rule.policy, rule.list, { ...rule.list, effect: 'deny' }),
        },
      ];
    case 'entry':
      return entryChanges(rule.policy, rule.list, rule.entry);
  }
}

function requirementChanges(
  policy: Policy,
  requirement: Requirement,
  values: CatalogValues,
): readonly Change[] {
  const { rule } = requirement;
  const negated = negateRule(rule);
  return [
    { change: 'dropped', policy: withRule(policy, requirement, undefined) },
    ...loosenRule(rule, values).map(({ rule: looser, what }) => ({
      change: `loosened: ${what}`,
      policy: withRule(policy, requirement, looser),
    })),
    ...(negated === undefined
      ? []
      : [{ change: 'negated', policy: withRule(policy, requirement, negated) }]),
    ...(requirement === policy.requirements[0] ? authorChanges(policy) : []),
  ];
}

/** A policy for the models of several authors, without each of them in turn; told once, at its first requirement. */
function authorChanges(policy: Policy): readonly Change[] {
  const { only = [] } = policy.authors ?? {};
  if (only.length < 2) return [];
  return only.map((author) => ({
    change: `loosened: not for models of \`${author}\``,
    policy: { ...policy, authors: { only: only.filter((each) => each !== author) } },
  }));
}

/** An assurance that is demanded of the other requirements follows them. */
function withRule(
  policy: Policy,
  requirement: Requirement,
  to: RequirementRule | undefined,
): Policy {
  const replace = (rule: RequirementRule): readonly RequirementRule[] =>
    rule === requirement.rule ? (to === undefined ? [] : [to]) : [rule];
  const requirements = policy.requirements.flatMap((each) =>
    replace(each.rule).flatMap((rule): readonly Requirement[] => {
      if (rule.kind !== 'minimum_assurance') return [{ ...each, rule }];
      const of = rule.of.flatMap(replace);
      return of.length === 0 ? [] : [{ ...each, rule: { ...rule, of } }];
    }),
  );
  return { ...policy, requirements };
}

function withList(policy: Policy, from: TargetList, to: TargetList | undefined): Policy {
  const lists = policy.lists.flatMap((list) =>
    list === from ? (to === undefined ? [] : [to]) : [list],
  );
  return { ...policy, lists };
}

/** An entry is dropped, or, in an allow list, loosened by each of its parts; a list without entries goes with them. */
function entryChanges(policy: Policy, list: TargetList, entry: ListEntry): readonly Change[] {
  const others = list.entries.filter((each) => each !== entry);
  const isLast = others.length === 0;
  // Without its only entry an allow list is the list dropped, which is a mutant of its own.
  const dropped =
    isLast && list.effect === 'allow'
      ? []
      : [{ change: 'dropped', entries: others, isGone: isLast }];
  const looser = (list.effect === 'allow' ? looserPatterns(entry.pattern) : []).map((each) => ({
    change: `loosened: any ${each.field}`,
    entries: list.entries.map((one) => (one === entry ? { ...one, pattern: each.pattern } : one)),
    isGone: false,
  }));
  return [...dropped, ...looser].map(({ change, entries, isGone }) => ({
    change,
    policy: withList(policy, list, isGone ? undefined : { ...list, entries }),
  }));
}

/** The pattern without each of its parts in turn, if it has several: each then means more targets. */
function looserPatterns(
  pattern: TargetPattern,
): readonly { readonly field: string; readonly pattern: TargetPattern }[] {
  const parts = Object.entries(pattern) as readonly (readonly [keyof TargetPattern, string])[];
  if (parts.length < 2) return [];
  return parts.map(([field]) => ({
    field,
    pattern: Object.fromEntries(parts.filter(([other]) => other !== field)),
  }));
}
