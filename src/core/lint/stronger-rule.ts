import { impliesRule, isSameRule } from './implied-rule';
import type { LintView } from './lint-view';
import { isTwin, rulesBeside, rulesOf, type StatedRule } from './rule-pairs';

/** A requirement that holds wherever this one does and implies it; of two that are the same, the first one counts. */
export function strongerThan(view: LintView, rule: StatedRule): StatedRule | undefined {
  const others = [...rulesBeside(view, rule.bound), ...rulesOf(rule.bound)];
  return others.find((other) => {
    if (other.requirement === rule.requirement) return false;
    if (!impliesRule(other.requirement.rule, rule.requirement.rule)) return false;
    const isSame = isSameRule(other.requirement.rule, rule.requirement.rule);
    return (
      !isSame || !isTwin(view, rule.bound, other.bound) || other.bound.order < rule.bound.order
    );
  });
}
