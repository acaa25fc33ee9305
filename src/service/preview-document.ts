import type { Outcome, Warning } from '../core/model/decision';
import type { PolicyMode } from '../core/model/policy';
import type { BlockCode, Layer, ReasonCode, ReasonState } from '../core/model/reason';
import type { SourcePosition } from '../core/model/source-position';

/**
 * What is allowed and blocked at one instant, for whom, and why. The form is documented in docs/preview.md, and
 * programs read it: names may be added, and none changes its meaning. Instants are RFC 3339 texts in UTC, and
 * lists stand in file order unless they say otherwise.
 */
export interface PreviewDocument {
  readonly apiVersion: 'ambit/v1';
  readonly kind: 'Preview';
  readonly at: string;
  /** The next instant at which any judgement may change; absent: nothing expires any more. */
  readonly validUntil?: string;
  readonly bundle: PreviewBundle;
  readonly request: PreviewRequest;
  /** Who may be named: the keys of a request, the tenant among them, and their values. */
  readonly scope: PreviewScope;
  /** Set if the request is refused as a whole: then every target is blocked for this reason. */
  readonly refusal?: PreviewRefusal;
  readonly counts: PreviewCounts;
  /** Widest scope first, then by id. */
  readonly policies: readonly PreviewPolicy[];
  readonly providers: readonly PreviewProvider[];
  readonly models: readonly PreviewModel[];
  /** Targets that no request like this one can reach. */
  readonly notOffered: readonly PreviewAbsentee[];
  readonly changes: PreviewChanges;
  readonly warnings: readonly Warning[];
}

/** The bundle that decides. */
export interface PreviewBundle {
  readonly name: string;
  readonly digest: string;
  readonly revision?: number;
}

/** What the previewed request says of itself; a part that is absent is not said. */
export interface PreviewRequest {
  readonly tenant?: string;
  readonly scope: Readonly<Record<string, string>>;
  readonly api?: string;
  readonly features: readonly string[];
}

/** The keys that something names. */
export interface PreviewScope {
  /** True: a request without a tenant is refused. */
  readonly tenantRequired: boolean;
  readonly keys: readonly PreviewScopeKey[];
}

/** One key, such as `tenant` or `team`. */
export interface PreviewScopeKey {
  readonly key: string;
  /** The values that are declared, else those that policies name. */
  readonly values: readonly string[];
  /** True: a request with another value is refused. */
  readonly closed: boolean;
  /** What the previewed request says; absent: nothing. */
  readonly value?: string;
}

/** Why nothing is judged. */
export interface PreviewRefusal {
  readonly code: BlockCode;
  readonly message: string;
  readonly httpStatus: number;
}

/** Sums over the whole preview. A model counts once for each name that clients ask for. */
export interface PreviewCounts {
  readonly models: Readonly<Record<Outcome, number>>;
  /** A target is eligible if it is for at least one of its models. */
  readonly targets: {
    readonly eligible: number;
    readonly blocked: number;
    readonly notOffered: number;
  };
}

/** One policy, whether it applies, and what it does. */
export interface PreviewPolicy {
  readonly id: string;
  readonly mode: PolicyMode;
  /** The scope of the policy and of its file together. */
  readonly scope: Readonly<Record<string, readonly string[] | 'any'>>;
  /**
   * `yes`: every key of its scope matches. `restricts`: the request lacks a key, so the policy restricts and does
   * not count as one that applies. `no`: a key has another value.
   */
  readonly applies: 'yes' | 'restricts' | 'no';
  /** The keys that keep it from applying, or from counting. */
  readonly unmatched: readonly {
    readonly key: string;
    readonly values: readonly string[] | 'any';
    readonly value?: string;
  }[];
  readonly rules: readonly PreviewRule[];
  /** Targets that it blocks for at least one model; of a shadow policy, eligible ones that it would block. */
  readonly blocks: number;
  /** Those of them that no other policy blocks. */
  readonly blocksAlone: number;
  /** Models for which it gave way: of a warn policy that nothing meets. */
  readonly gaveWay: readonly string[];
  /** Models that a shadow policy would leave without a target, if it were enforced. */
  readonly wouldLeaveNone: readonly string[];
  readonly position: SourcePosition;
}

/** One rule of a policy: a list (`providers.allow`), or a requirement by its kind. */
export interface PreviewRule {
  readonly name: string;
  readonly expected: string;
  readonly position: SourcePosition;
}

/** What becomes of one provider's targets. */
export interface PreviewProvider {
  readonly id: string;
  readonly eligible: number;
  readonly blocked: number;
  readonly notOffered: number;
  /** Codes of what blocks its targets, the most frequent first, with the number of targets. */
  readonly codes: readonly { readonly code: ReasonCode; readonly targets: number }[];
  /** Set where every model of the provider is known: what becomes of one that nothing lists. */
  readonly anyModel?: 'eligible' | 'blocked';
}

/** What a request for a model gets. Names that offer the same candidates stand together, as those of a pool do. */
export interface PreviewModel {
  /** The names that clients ask for; none for `anyModelOf`. */
  readonly names: readonly string[];
  /** Any model of this provider that nothing lists by its name. */
  readonly anyModelOf?: string;
  readonly outcome: Outcome;
  /** In the order to try. */
  readonly eligible: readonly string[];
  readonly targets: readonly PreviewTarget[];
  /** What a client is told; set if the outcome is `block`. */
  readonly block?: PreviewBlock;
  /** Names that a caller reads as a pin to a provider, unless it is configured otherwise. */
  readonly pins: readonly { readonly name: string; readonly provider: string }[];
}

/** The block of one model. */
export interface PreviewBlock {
  readonly code: BlockCode;
  readonly message: string;
  readonly httpStatus: number;
  readonly layer: Layer;
  readonly policy: string;
}

/** One target under one model. */
export interface PreviewTarget {
  readonly ref: string;
  readonly provider: string;
  /** What the enforcement point must send. */
  readonly model: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly credential?: string;
  readonly eligible: boolean;
  /** Rules that were looked at, and those that are met. */
  readonly rules: { readonly all: number; readonly met: number };
  /** What blocks it; of an eligible one, what warn policies that gave way do not find met. */
  readonly reasons: readonly PreviewReason[];
  /** What shadow policies would say. */
  readonly shadow: readonly PreviewReason[];
  /** Where the target is declared; absent for a model that only its provider makes known. */
  readonly position?: SourcePosition;
}

/** One reason. Texts that do not apply are empty. */
export interface PreviewReason {
  readonly code: ReasonCode;
  readonly state: ReasonState;
  readonly policy: string;
  readonly requirement: string;
  readonly claim: string;
  readonly expected: string;
  readonly observed: string;
  readonly message: string;
  /** What would have to change. */
  readonly help: string;
  readonly position?: SourcePosition;
  readonly claimPosition?: SourcePosition;
}

/** A target that is no candidate of any model here. */
export interface PreviewAbsentee {
  readonly ref: string;
  readonly provider: string;
  /** `other_scope`: its file is bound to another scope; `other_api`: it does not speak the request's api. */
  readonly why: 'other_scope' | 'other_api';
  readonly position: SourcePosition;
}

/** The instants at which the picture changes, soonest first. */
export interface PreviewChanges {
  readonly list: readonly PreviewChange[];
  /** Later instants, at which something expires, that were not looked at. */
  readonly notLookedAt: number;
}

/** One instant at which something changes for somebody. */
export interface PreviewChange {
  readonly at: string;
  /** Those first that made a target blocked. */
  readonly claims: readonly PreviewExpiry[];
  readonly models: readonly PreviewModelChange[];
}

/** A claim that counts no more from the instant on. */
export interface PreviewExpiry {
  /** Who it is stated of: `provider`, `endpoint`, `target` or `credential`, and the id. */
  readonly level: string;
  readonly id: string;
  /** As a file spells it: `soc2: type2`. */
  readonly claim: string;
  readonly position: SourcePosition;
}

/** What changes for one model. */
export interface PreviewModelChange {
  readonly names: readonly string[];
  readonly anyModelOf?: string;
  readonly from: Outcome;
  readonly to: Outcome;
  readonly becomesBlocked: readonly {
    readonly ref: string;
    readonly reasons: readonly PreviewReason[];
  }[];
  readonly becomesEligible: readonly string[];
}
