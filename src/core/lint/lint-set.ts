import type { Finding } from '../model/finding';
import type { PolicySet } from '../model/policy-set';
import { duplicateIdentity } from './duplicate-identity';
import { emptyCombinations } from './empty-combinations';
import { expiringClaims } from './expiring-claims';
import { idleLabels } from './idle-labels';
import { idleScopes } from './idle-scopes';
import { viewForLint, type LintView } from './lint-view';
import { looseningLevels } from './loosening-levels';
import { lossyStatuses } from './lossy-statuses';
import { noTargetQualifies } from './no-target-qualifies';
import { opposedRequirements } from './opposed-requirements';
import { repeatedRules } from './repeated-rules';
import { shadowedPolicies } from './shadowed-policies';
import { undeclaredClaims } from './undeclared-claims';
import { unlistedReach } from './unlisted-reach';
import { unlistedRegion } from './unlisted-region';
import { unreachableEntries } from './unreachable-entries';
import { untestedDenials, type TestedDenial } from './untested-denials';
import { unusableTargets } from './unusable-targets';
import { unusedDeclarations } from './unused-declarations';
import { warnModes } from './warn-modes';

/** A rule that looks at all files together. */
type LintRule = (view: LintView) => readonly Finding[];

/**
 * All rules, in the order of their findings: what blocks first, then what will, then rules that do not do what they
 * seem to, then what only looks odd.
 */
const LINT_RULES: readonly LintRule[] = [
  noTargetQualifies,
  opposedRequirements,
  emptyCombinations,
  undeclaredClaims,
  unlistedReach,
  unusableTargets,
  expiringClaims,
  shadowedPolicies,
  unreachableEntries,
  repeatedRules,
  idleLabels,
  warnModes,
  lossyStatuses,
  looseningLevels,
  duplicateIdentity,
  unlistedRegion,
  idleScopes,
  unusedDeclarations,
];

/**
 * What is not wrong enough to refuse the set, but is seldom what was meant. `nowMs` is milliseconds since the epoch;
 * `tested` are the denials that tests expect, absent where there are no tests.
 */
export function lintSet(
  set: PolicySet,
  nowMs: number,
  tested?: readonly TestedDenial[],
): readonly Finding[] {
  const view = viewForLint(set, nowMs);
  return [
    ...LINT_RULES.flatMap((rule) => rule(view)),
    ...(tested === undefined ? [] : untestedDenials(view, tested)),
  ];
}
