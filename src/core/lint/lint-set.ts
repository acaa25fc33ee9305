import type { Finding } from '../model/finding';
import type { PolicySet } from '../model/policy-set';
import { duplicateIdentity } from './duplicate-identity';
import { expiringClaims } from './expiring-claims';
import { looseningLevels } from './loosening-levels';
import { noTargetQualifies } from './no-target-qualifies';
import { undeclaredClaims } from './undeclared-claims';
import { unlistedReach } from './unlisted-reach';
import { unlistedRegion } from './unlisted-region';

/** A rule that looks at all files together; `nowMs` is milliseconds since the epoch. */
type LintRule = (set: PolicySet, nowMs: number) => readonly Finding[];

/** All rules, in the order of their findings: what blocks first, then what will, then what only looks odd. */
const LINT_RULES: readonly LintRule[] = [
  noTargetQualifies,
  undeclaredClaims,
  unlistedReach,
  expiringClaims,
  looseningLevels,
  duplicateIdentity,
  unlistedRegion,
];

/** What is not wrong enough to refuse the set, but is seldom what was meant. */
export function lintSet(set: PolicySet, nowMs: number): readonly Finding[] {
  return LINT_RULES.flatMap((rule) => rule(set, nowMs));
}
