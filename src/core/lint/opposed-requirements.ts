import type { BoundPolicy } from '../engine/bundle';
import type { Finding } from '../model/finding';
import { setFinding } from '../policy/set-finding';
import { expectedOf } from '../requirements/registry';
import type { LintView } from './lint-view';
import { areOpposed, isOpposedToItself } from './opposed-rules';
import { isTwin, rulesBeside, rulesOf, type StatedRule } from './rule-pairs';

/** Requirements that no target can meet together, whatever it declares: every request under both is blocked. */
export function opposedRequirements(view: LintView): readonly Finding[] {
  return view.policies.flatMap((bound) =>
    rulesOf(bound).flatMap((rule) => {
      const other = opponentOf(view, rule);
      return other === undefined ? [] : [report(rule, other)];
    }),
  );
}

/** True if some requirement of the policy is opposed to another one that holds wherever it does. */
export function isOpposed(view: LintView, bound: BoundPolicy): boolean {
  return rulesOf(bound).some((rule) => opponentOf(view, rule) !== undefined);
}

/** Requirements of warn policies give way, and oppose nothing. */
function opponentOf(view: LintView, rule: StatedRule): StatedRule | undefined {
  const { bound, requirement } = rule;
  if (bound.policy.mode !== 'enforce') return undefined;
  if (isOpposedToItself(requirement.rule)) return rule;
  const place = rulesOf(bound).findIndex((each) => each.requirement === requirement);
  const earlier = rulesBeside(view, bound).filter(
    (other) => !isTwin(view, bound, other.bound) || other.bound.order < bound.order,
  );
  return [...earlier, ...rulesOf(bound).slice(0, place)].find((other) =>
    areOpposed(other.requirement.rule, requirement.rule),
  );
}

function report(rule: StatedRule, other: StatedRule): Finding {
  const { requirement, bound } = rule;
  const expected = `\`${expectedOf(requirement.rule)}\` of policy \`${bound.policy.id}\``;
  const against = `\`${expectedOf(other.requirement.rule)}\` of policy \`${other.bound.policy.id}\``;
  return setFinding({
    severity: 'warning',
    code: 'contradicting_requirements',
    message:
      rule.requirement === other.requirement
        ? `nothing can meet ${expected}`
        : `nothing can meet ${expected} and ${against}`,
    help: 'every request under both is blocked: change one of them, or the scope of its policy',
    position: requirement.position,
    ...(rule.requirement === other.requirement
      ? {}
      : {
          related: [{ position: other.requirement.position, message: 'the other one stands here' }],
        }),
  });
}
