import type { Api, Feature } from './api';
import type { Claim } from './claim';

/** How the `x/` or `x:` before a model name is read (L7). `auto`: it pins where `x` is a known provider. */
export type ModelIdStyle = 'pin' | 'author' | 'auto';

/**
 * What the client asks for beside the policy. Every field narrows only; absent and empty differ (L4).
 */
export interface Preferences {
  readonly only?: readonly string[];
  readonly ignore?: readonly string[];
  readonly order?: readonly string[];
  /** False: of what is left, only what `order` names, without `order` the first. */
  readonly allowFallbacks?: boolean;
  readonly zeroDataRetention?: boolean;
  readonly noTraining?: boolean;
  readonly dataCollection?: 'allow' | 'deny';
  readonly maxRetentionDays?: number;
  readonly processingRegions?: readonly string[];
  readonly quantizations?: readonly string[];
  /** USD per million tokens. */
  readonly maxPrice?: { readonly prompt?: number; readonly completion?: number };
}

/** Who asks, for what; never any content. */
export interface RequestContext {
  readonly tenant?: string;
  /** Scope keys other than the tenant. */
  readonly scope: ReadonlyMap<string, string>;
  /** The model as the client wrote it. It only pins and picks candidates (L6). */
  readonly model?: string;
  readonly models: readonly string[];
  readonly modelIdStyle: ModelIdStyle;
  /** Absent: claims that are limited to `apis` are unknown. */
  readonly api?: Api;
  readonly features: readonly Feature[];
  readonly preferences: Preferences;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The context of a request that says nothing. */
export const EMPTY_CONTEXT: RequestContext = {
  scope: new Map(),
  models: [],
  modelIdStyle: 'auto',
  features: [],
  preferences: {},
  attributes: new Map(),
};

/** One target that the enforcement point could use: a target's id, or the parts that identify it. */
export interface Candidate {
  /** The enforcement point's own name; unique in the request, echoed in the answer. */
  readonly ref: string;
  readonly target?: string;
  readonly provider?: string;
  readonly model?: string;
  readonly region?: string;
  /** An endpoint's id in the catalog, or a base URL. */
  readonly endpoint?: string;
  readonly credential?: string;
  /** Inline claims: judged beside the catalog's, or instead of them where the caller owns its claims. */
  readonly claims: readonly Claim[];
}

/** What the service's configuration says of the caller. */
export interface CallerTraits {
  /** False: the caller sends on what the client wrote, so the two names must be the same (`model_mismatch`). */
  readonly rewritesModel: boolean;
  /** True: the caller is configured as the source of its targets' claims. */
  readonly ownsClaims: boolean;
}

/** A request to decide. `candidates` absent: they are the catalog's (L6). */
export interface DecisionRequest {
  readonly context: RequestContext;
  readonly candidates?: readonly Candidate[];
  readonly caller: CallerTraits;
  /** What an end client got wrong; not empty: the request is blocked with `invalid_request`. */
  readonly problems: readonly string[];
}
