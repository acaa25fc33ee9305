import type { Claim, ClaimName, ClaimValue } from '../model/claim';
import { isInside, isRegionName } from '../requirements/regions';

/** Values that requirements want, for claims that have one such value; `certification:NAME` wants true. */
const WANTED: ReadonlyMap<ClaimName, ClaimValue> = new Map<ClaimName, ClaimValue>([
  ['zero_data_retention', true],
  ['training_opt_out', true],
  ['prompt_logging', false],
  ['in_memory_only', true],
  ['accepts_tokenized_input', true],
  ['allow_internet_egress', false],
  ['local_only_processing', true],
  ['analytics_collection', 'deny'],
  ['user_data_collection', 'deny'],
  ['iso27001', true],
  ['gdpr', true],
]);

/** Values of claims that have grades, from the one that satisfies least. */
const GRADES: ReadonlyMap<ClaimName, readonly ClaimValue[]> = new Map<ClaimName, readonly string[]>(
  [
    ['soc2', ['none', 'type1', 'type2']],
    ['nested_gateway', ['routes_on', 'fallback_off', 'none']],
  ],
);

/**
 * True if some requirement is satisfied by the specific statement and not by the wider one. Prices,
 * quantizations, labels and texts protect nothing and are not compared.
 */
export function isLooser(specific: Claim, wider: Claim): boolean {
  const { name } = specific;
  const grades = GRADES.get(name);
  if (grades !== undefined) return grades.indexOf(specific.value) > grades.indexOf(wider.value);
  if (name === 'retention_days') return specific.value < wider.value;
  if (Array.isArray(specific.value)) return leavesOut(specific.value, wider.value);
  const wanted = name.startsWith('certification:') ? true : WANTED.get(name);
  return wanted !== undefined && specific.value === wanted && wider.value !== wanted;
}

// A list that no longer names a place lets that place's absence satisfy a policy. One that names nowhere, or a
// place that lies in nothing, satisfies no policy at all.
function leavesOut(specific: readonly string[], wider: ClaimValue): boolean {
  if (specific.length === 0 || !specific.every(isRegionName)) return false;
  return Array.isArray(wider) && wider.some((region: string) => !isInside(region, specific));
}
