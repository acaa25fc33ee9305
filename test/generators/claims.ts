import { APIS } from '../../src/core/model/api';
import type { Api, Feature } from '../../src/core/model/api';
import { ASSURANCES } from '../../src/core/model/claim';
import type { Claim, ClaimName, ClaimValue } from '../../src/core/model/claim';
import { CERTIFICATIONS, DAY_MS, NOW_MS, REGIONS, somewhere } from './alphabet';
import { chance, maybe, pick, someOf, subset } from './source';
import type { Source } from './source';

const yes = (source: Source): ClaimValue => chance(source, 70);
const no = (source: Source): ClaimValue => chance(source, 30);
const regions = (source: Source): ClaimValue =>
  chance(source, 70) ? [pick(source, REGIONS)] : subset(source, REGIONS, 25);

/** Values of each claim, mostly such that requirements hold. */
const VALUES: Readonly<Partial<Record<ClaimName, (source: Source) => ClaimValue>>> = {
  zero_data_retention: yes,
  training_opt_out: yes,
  prompt_logging: no,
  retention_days: (source) => pick(source, [0, 0, 1, 30, 31]),
  in_memory_only: yes,
  accepts_tokenized_input: yes,
  allow_internet_egress: no,
  local_only_processing: yes,
  analytics_collection: (source) => pick(source, ['deny', 'deny', 'allow']),
  user_data_collection: (source) => pick(source, ['deny', 'deny', 'allow']),
  soc2: (source) => pick(source, ['type2', 'type2', 'type1', 'none']),
  iso27001: yes,
  gdpr: yes,
  headquarters: regions,
  processing_regions: regions,
  storage_regions: regions,
  quantization: (source) => pick(source, ['fp16', 'int8']),
  price_prompt: (source) => pick(source, [1, 2, 3]),
  price_completion: (source) => pick(source, [1, 2, 3]),
  'certification:hipaa_baa': yes,
  'certification:pci_dss': yes,
  'label:tier': (source) => pick(source, ['gold', 'silver']),
  'label:owner': (source) => pick(source, ['us', 'them']),
};

/** The claims that generated requirements read most; they are stated most. */
const COMMON: readonly ClaimName[] = [
  'zero_data_retention',
  'training_opt_out',
  'retention_days',
  'soc2',
  'processing_regions',
  'storage_regions',
];

const RARE = (Object.keys(VALUES) as ClaimName[]).filter((name) => !COMMON.includes(name));

const FEATURES: readonly Feature[] = ['store', 'background', 'tools', 'files', 'batch'];

/** Instants around now, so that the boundary is met. */
const EXPIRIES: readonly number[] = [NOW_MS - DAY_MS, NOW_MS, NOW_MS + 1, NOW_MS + DAY_MS];

/** One claim with a value of its own and, sometimes, all that limits it. */
function claimOf(source: Source, name: ClaimName): Claim {
  const value = VALUES[name]?.(source) ?? true;
  return {
    name,
    value,
    position: somewhere(),
    assurance: pick(source, ASSURANCES),
    ...maybe(source, 12, () => ({ expiresAtMs: pick(source, EXPIRIES) })),
    ...maybe(source, 50, () => ({
      checkedAtMs: NOW_MS - pick(source, [-1, 0, 29, 30, 31]) * DAY_MS,
    })),
    ...maybe(source, 10, () => ({ apis: someOf<Api>(source, APIS.slice(0, 3)) })),
    ...maybe(source, 15, () => ({ features: subset(source, FEATURES, 60) })),
  };
}

/** A claim that a gateway routes on, or does not. */
function nesting(source: Source, percent: number): readonly Claim[] {
  if (!chance(source, percent)) {
    return [];
  }
  const value = pick(source, ['routes_on', 'fallback_off', 'none']);
  return [{ ...claimOf(source, 'gdpr'), name: 'nested_gateway', value }];
}

/** The claims of one level; each name at most once. `percent` is how likely a common claim is stated. */
export function claimsOf(source: Source, percent: number): readonly Claim[] {
  const names = [...subset(source, COMMON, percent), ...subset(source, RARE, percent / 3)];
  return [...names.map((name) => claimOf(source, name)), ...nesting(source, percent / 12)];
}

/** Names of certifications, known ones among them. */
export function certificationNames(source: Source): readonly string[] {
  return someOf(source, [...CERTIFICATIONS, 'iso27001', 'soc2'], 30);
}
