import type { Claim } from '../model/claim';
import type { Finding } from '../model/finding';
import type { Requirement, RequirementRule } from '../model/requirement';
import { setFinding } from '../policy/set-finding';
import { isRegionName, nearestRegionNames, normaliseRegion } from '../requirements/regions';
import { claimHolders, type ClaimHolder } from './claim-holders';
import type { LintView } from './lint-view';

/**
 * Regions that lie in nothing: in a claim or a target's name they satisfy no residency requirement, in a
 * requirement they let nothing pass. `global` in a claim is meant so and is not reported. Names of targets and
 * endpoints are reported only where a policy asks for residency at all.
 */
export function unlistedRegion({ set }: LintView): readonly Finding[] {
  const requirements = set.documents.flatMap(({ document }) =>
    document.policies.flatMap((policy) => policy.requirements),
  );
  const asked = requirements.some(({ rule }) => isResidency(rule));
  const holders = claimHolders(set);
  return [
    ...holders.flatMap((holder) => holder.claims.flatMap(judgeClaimRegions)),
    ...(asked ? holders.flatMap(judgeNamedRegion) : []),
    ...requirements.flatMap(judgeRule),
  ];
}

function isResidency({ kind }: RequirementRule): boolean {
  return kind === 'processing_regions' || kind === 'storage_regions';
}

function judgeClaimRegions(claim: Claim): readonly Finding[] {
  const { name, value, position } = claim;
  if (name !== 'headquarters' && name !== 'processing_regions' && name !== 'storage_regions')
    return [];
  const regions = typeof value === 'object' ? value : [String(value)];
  return regions
    .filter((region) => normaliseRegion(region) !== 'global' && !isRegionName(region))
    .map((region) => report(region, `claim \`${name}\` names`, position));
}

function judgeNamedRegion({
  level,
  id,
  region,
  position,
  places,
}: ClaimHolder): readonly Finding[] {
  if (region === undefined || isRegionName(region)) return [];
  return [report(region, `${level} \`${id}\` is in`, places?.region ?? position)];
}

function judgeRule({ rule, position }: Requirement): readonly Finding[] {
  return regionsOf(rule)
    .filter((region) => !isRegionName(region))
    .map((region) => report(region, `requirement \`${rule.kind}\` names`, position));
}

function regionsOf(rule: RequirementRule): readonly string[] {
  if (rule.kind === 'headquarters') return [...(rule.allow ?? []), ...(rule.deny ?? [])];
  return rule.kind === 'processing_regions' || rule.kind === 'storage_regions' ? rule.regions : [];
}

function report(region: string, where: string, position: Finding['position']): Finding {
  const nearest = nearestRegionNames(region).map((name) => `\`${name}\``);
  const advice = nearest.length === 0 ? '' : `; perhaps ${nearest.join(' or ')} is meant`;
  return setFinding({
    severity: 'warning',
    code: 'unlisted_region',
    message: `${where} \`${region}\`, which lies in no region`,
    help: `write an ISO 3166-1 country code, \`eu\` or \`eea\`${advice}`,
    position,
  });
}
