import type {
  CredentialDeclaration,
  EndpointDeclaration,
  ProviderDeclaration,
  TargetDeclaration,
} from './catalog';
import type { Policy, Scope } from './policy';
import type { SourcePosition } from './source-position';

/** Advice for the enforcement point's own routing; it never changes what is eligible. */
export interface RoutingAdvice {
  readonly strategy?: string;
  readonly triggers: readonly string[];
  readonly maxFallbackAttempts?: number;
  readonly position: SourcePosition;
}

/** What one file states, whatever its dialect. */
export interface PolicyDocument {
  readonly file: string;
  readonly dialect: string;
  readonly providers: readonly ProviderDeclaration[];
  readonly endpoints: readonly EndpointDeclaration[];
  readonly credentials: readonly CredentialDeclaration[];
  readonly targets: readonly TargetDeclaration[];
  readonly policies: readonly Policy[];
  readonly routing?: RoutingAdvice;
}

/** A file and whom it is for. A bound file exists only where its scope matches (design, section 4). */
export interface BoundDocument {
  readonly document: PolicyDocument;
  /** Absent: the file applies to all. */
  readonly binding?: Scope;
}

/** What the root file says of the whole bundle. */
export interface BundleSettings {
  readonly name: string;
  /** An integer that the operator raises. */
  readonly revision?: number;
  /** `allow`: a request that no policy applies to is allowed (L10). */
  readonly whenNoPolicyApplies: 'block' | 'allow';
  /** The tenants that exist; absent: the bundle serves all. */
  readonly tenants?: readonly string[];
  /** The values that scope keys may have; absent keys have those that policies name. */
  readonly scopeValues: Scope;
  /** Whom to ask about a block, one sentence, where the leading policy does not say. */
  readonly contact?: string;
  readonly places?: BundlePlaces;
}

/** Where the root file states what it declares. */
export interface BundlePlaces {
  /** By place in `tenants`. */
  readonly tenants: readonly SourcePosition[];
  /** By key of `scopeValues`. */
  readonly scopeValues: ReadonlyMap<string, SourcePosition>;
}

/** What a dialect calls providers: its names, each with the id under which catalogs commonly list the provider. */
export type ProviderTable = ReadonlyMap<string, string>;

/** Everything that a bundle is compiled from, in file order. */
export interface PolicySet {
  readonly settings: BundleSettings;
  readonly documents: readonly BoundDocument[];
  /** By dialect; absent: none is known. A name counts only where no file declares it and one declares its id. */
  readonly providerTables?: ReadonlyMap<string, ProviderTable>;
}

/** Settings of a set that has no Bundle document. */
export const DEFAULT_SETTINGS: BundleSettings = {
  name: 'default',
  whenNoPolicyApplies: 'block',
  scopeValues: new Map(),
};
