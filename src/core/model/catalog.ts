import type { Api } from './api';
import type { Claim } from './claim';
import type { SourcePosition } from './source-position';

/** Where the names of a declaration stand, each at its own word; absent where the dialect does not say. */
export interface DeclarationPlaces {
  /** The declaration's own name, or what stands for it. */
  readonly id?: SourcePosition;
  readonly provider?: SourcePosition;
  readonly endpoint?: SourcePosition;
  readonly region?: SourcePosition;
  readonly credential?: SourcePosition;
  /** The address's own, where a target states one. */
  readonly pathPrefix?: SourcePosition;
  readonly auth?: SourcePosition;
  /** By place in `reaches`. */
  readonly reaches?: readonly SourcePosition[];
  /** By place in `aliases`. */
  readonly aliases?: readonly SourcePosition[];
}

/** A company or gateway that runs models. */
export interface ProviderDeclaration {
  readonly id: string;
  /** Other names of the same provider, unique over the bundle together with the ids. */
  readonly aliases: readonly string[];
  /** `any`: every model of the provider is known, with the provider's claims; `listed`: only declared targets. */
  readonly models: 'listed' | 'any';
  readonly claims: readonly Claim[];
  readonly position: SourcePosition;
  readonly places?: DeclarationPlaces;
}

/** One address of a provider. */
export interface EndpointDeclaration {
  readonly id: string;
  readonly provider: string;
  /** Absolute URL; candidates that name another one lose all inherited claims (L13). */
  readonly baseUrl?: string;
  readonly region?: string;
  readonly claims: readonly Claim[];
  readonly position: SourcePosition;
  readonly places?: DeclarationPlaces;
}

/** One account or key at a provider. */
export interface CredentialDeclaration {
  readonly id: string;
  readonly provider: string;
  /** Whose contract it is under: the operator's own, or a customer's (bring your own key). */
  readonly owner: 'operator' | 'customer';
  readonly claims: readonly Claim[];
  readonly position: SourcePosition;
  readonly places?: DeclarationPlaces;
}

/** How a proxy reaches a target; used when configurations are written, never when deciding. */
export interface TargetAddress {
  readonly host: string;
  readonly port?: number;
  readonly pathPrefix?: string;
  readonly auth?: string;
}

/** What an enforcement point can send a request to: provider x model x endpoint/region x credential. */
export interface TargetDeclaration {
  readonly id: string;
  readonly provider: string;
  /** The name that the provider knows the model by; it is what the enforcement point must send. */
  readonly model: string;
  readonly endpoint?: string;
  readonly region?: string;
  readonly credential?: string;
  /** The APIs that it speaks; absent: any. */
  readonly apis?: readonly Api[];
  /** The names by which clients ask for it; absent: its model. */
  readonly serves?: readonly string[];
  /** Targets that it may choose from by itself (`auto`, `latest`); it is eligible only if all of them are. */
  readonly reaches?: readonly string[];
  /** Targets of one pool are candidates together (a Keeptrusts pack is one pool). */
  readonly pool?: string;
  readonly address?: TargetAddress;
  /** The name of a secret's reference (never its value), for configurations that are written. */
  readonly secretRef?: string;
  readonly claims: readonly Claim[];
  /** `credential`: the claims are stated on the target's own credential (packs), not only on the target. */
  readonly claimsStatedOn: 'target' | 'credential';
  readonly position: SourcePosition;
  readonly places?: DeclarationPlaces;
}
