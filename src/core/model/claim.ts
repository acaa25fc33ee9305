import type { Api, Feature } from './api';
import type { SourcePosition } from './source-position';

/** Claims whose meaning is fixed, with the type of their value. The order is that of docs and reports. */
export const CLAIM_TYPES = {
  zero_data_retention: 'boolean',
  training_opt_out: 'boolean',
  prompt_logging: 'boolean',
  retention_days: 'days',
  retention_purpose: 'text',
  in_memory_only: 'boolean',
  accepts_tokenized_input: 'boolean',
  allow_internet_egress: 'boolean',
  local_only_processing: 'boolean',
  analytics_collection: 'allow_deny',
  user_data_collection: 'allow_deny',
  soc2: 'soc2',
  iso27001: 'boolean',
  gdpr: 'boolean',
  headquarters: 'countries',
  processing_regions: 'regions',
  storage_regions: 'regions',
  nested_gateway: 'nesting',
  quantization: 'text',
  price_prompt: 'amount',
  price_completion: 'amount',
} as const;

/** A claim whose meaning is fixed. */
export type KnownClaimName = keyof typeof CLAIM_TYPES;

/**
 * The name of a claim: a known one, `certification:NAME` (boolean) for any other certification, or `label:KEY`
 * (text) for a free label, which no requirement but `labels` reads.
 */
export type ClaimName = KnownClaimName | `certification:${string}` | `label:${string}`;

/**
 * The value of a claim. Shapes by type: `boolean`; `days` whole days, rounded up, 0 or more; `amount` USD per
 * million tokens; `allow_deny` "allow" or "deny"; `soc2` "none", "type1" or "type2"; `countries` and `regions`
 * lists of upper-case ISO 3166-1 alpha-2 codes, `eu`, `eea` or `global`; `nesting` "none" (does not route on),
 * "fallback_off" (routes on, its own fallback declared off) or "routes_on"; `text` any string.
 */
export type ClaimValue = boolean | number | string | readonly string[];

/** How well a claim is founded, weakest first. */
export const ASSURANCES = ['declared', 'contract', 'audited'] as const;

/** How well a claim is founded. */
export type Assurance = (typeof ASSURANCES)[number];

/** A level at which claims stand, widest first: the most specific statement wins, a silent level inherits. */
export type ClaimLevel = 'provider' | 'endpoint' | 'target' | 'credential';

/** One declared fact about a target, with its provenance. Instants are milliseconds since the epoch, UTC. */
export interface Claim {
  readonly name: ClaimName;
  readonly value: ClaimValue;
  readonly position: SourcePosition;
  readonly assurance: Assurance;
  /** Where the fact is published, as the file states it. */
  readonly evidence?: string;
  readonly checkedAtMs?: number;
  /** The claim is expired from this instant on. */
  readonly expiresAtMs?: number;
  /** The APIs that the claim covers; absent: all of them. */
  readonly apis?: readonly Api[];
  /** The features that the claim covers; absent: all but the retaining ones for the claims that L13 names. */
  readonly features?: readonly Feature[];
}

/**
 * Claims that reach a bring-your-own credential only if they are stated on it (L13), and that cover retaining
 * features only where they name them.
 */
export const CONTRACTUAL_CLAIMS: ReadonlySet<ClaimName> = new Set<ClaimName>([
  'training_opt_out',
  'prompt_logging',
  'retention_days',
  'zero_data_retention',
]);

/** True if the name is one of the claims whose meaning is fixed. */
export function isKnownClaimName(name: string): name is KnownClaimName {
  return Object.hasOwn(CLAIM_TYPES, name);
}
