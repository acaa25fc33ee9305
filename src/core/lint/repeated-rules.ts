import type { Finding } from '../model/finding';
import { setFinding } from '../policy/set-finding';
import { expectedOf } from '../requirements/registry';
import { isSameRule } from './implied-rule';
import type { LintView } from './lint-view';
import { rulesOf, type StatedRule } from './rule-pairs';
import { isShadowed } from './shadowed-policies';
import { strongerThan } from './stronger-rule';

/**
 * Requirements that change nothing, because one that holds wherever they do demands the same, or more. A weaker bound
 * loosens nothing (L3), and whoever wrote it may have thought that it does.
 */
export function repeatedRules(view: LintView): readonly Finding[] {
  return view.policies
    .filter((bound) => !isShadowed(view, bound))
    .flatMap((bound) =>
      rulesOf(bound).flatMap((rule) => {
        const stronger = strongerThan(view, rule);
        return stronger === undefined ? [] : [report(rule, stronger)];
      }),
    );
}

function report(weak: StatedRule, strong: StatedRule): Finding {
  const { rule, position } = weak.requirement;
  const isSame = isSameRule(strong.requirement.rule, rule);
  const owner = `policy \`${strong.bound.policy.id}\``;
  const demanded = isSame ? 'the same' : `\`${expectedOf(strong.requirement.rule)}\``;
  return setFinding({
    severity: isSame ? 'info' : 'warning',
    code: isSame ? 'duplicate_requirement' : 'weaker_requirement',
    message: `\`${rule.kind}\` of policy \`${weak.bound.policy.id}\` changes nothing: ${owner} requires ${demanded}`,
    help: isSame
      ? 'remove one of the two, or leave it if the policies are to stand alone'
      : 'remove it, or make it stricter; a narrower policy never loosens what a wider one requires',
    position,
    related: [{ position: strong.requirement.position, message: `${owner} requires it here` }],
  });
}
