import type { Claim, ClaimName } from '../model/claim';
import type {
  CredentialDeclaration,
  EndpointDeclaration,
  ProviderDeclaration,
  TargetDeclaration,
} from '../model/catalog';
import type { Policy, Scope } from '../model/policy';
import type { BundleSettings, PolicySet } from '../model/policy-set';
import type { TargetIdentity } from '../policy/target-pattern';
import type { DialectNames } from './provider-tables';

/** The index of a document in the set; claims and targets carry it, because bound files are visible to few. */
export type DocumentIndex = number;

/** One claim, where it stands and in which document. */
export interface Statement {
  readonly claim: Claim;
  readonly document: DocumentIndex;
}

/** The statements of one entity (a provider, an endpoint, a target, a credential) by claim, in file order. */
export type StatementTable = ReadonlyMap<ClaimName, readonly Statement[]>;

/** A target as the engine judges it: its declarations of one id and one identity, over all documents. */
export interface CatalogTarget {
  readonly index: number;
  readonly identity: TargetIdentity & {
    readonly id: string;
    readonly provider: string;
    readonly model: string;
  };
  /** The first declaration, for what all have in common. */
  readonly declaration: TargetDeclaration;
  /** All declarations: each counts only where its document exists for the request. */
  readonly declarations: readonly Placed<TargetDeclaration>[];
  /** The documents that declare it. */
  readonly documents: readonly DocumentIndex[];
  /** Claims stated on the target itself. */
  readonly targetTable: StatementTable;
  /** Claims stated on the target's own credential by its declaration. */
  readonly credentialTable: StatementTable;
}

/** A policy with all that is known before any request. */
export interface BoundPolicy {
  readonly policy: Policy;
  readonly document: DocumentIndex;
  /** The policy's scope and its file's binding at once. */
  readonly scope: Scope;
  /** True if the file is bound: the policy then sees its own file's claims beside the unbound ones. */
  readonly bound: boolean;
  /** Place among all policies: widest scope first, then id, then file order (L5). */
  readonly order: number;
}

/** A declaration and the document that it stands in. */
export interface Placed<T> {
  readonly declaration: T;
  readonly document: DocumentIndex;
}

/** Lookups over the catalog. Keys are canonical ids; values are in file order. */
export interface CatalogIndex {
  readonly targets: readonly CatalogTarget[];
  readonly byId: ReadonlyMap<string, readonly CatalogTarget[]>;
  /** Provider and model joined by a NUL. */
  readonly byProviderModel: ReadonlyMap<string, readonly CatalogTarget[]>;
  /** By the names that clients ask for (`serves`, else the model). */
  readonly byServedName: ReadonlyMap<string, readonly CatalogTarget[]>;
  readonly byPool: ReadonlyMap<string, readonly CatalogTarget[]>;
  readonly providers: ReadonlyMap<string, readonly Placed<ProviderDeclaration>[]>;
  readonly endpoints: ReadonlyMap<string, readonly Placed<EndpointDeclaration>[]>;
  readonly credentials: ReadonlyMap<string, readonly Placed<CredentialDeclaration>[]>;
  /** Endpoints of all providers by the host of their base URL. */
  readonly endpointsByHost: ReadonlyMap<string, readonly Placed<EndpointDeclaration>[]>;
  /** The same by provider id alone. */
  readonly endpointsOf: ReadonlyMap<string, readonly Placed<EndpointDeclaration>[]>;
  readonly credentialsOf: ReadonlyMap<string, readonly Placed<CredentialDeclaration>[]>;
  /** Alias or id to id. */
  readonly providerNames: ReadonlyMap<string, string>;
  /** What dialects call the providers. */
  readonly dialectNames: DialectNames;
  /** Ids and aliases, folded. */
  readonly foldedProviderNames: ReadonlySet<string>;
  /** Ids of targets, folded. */
  readonly foldedTargetIds: ReadonlySet<string>;
  /** Claims by entity: provider id, and `provider NUL id` for endpoints and credentials. */
  readonly providerTables: ReadonlyMap<string, StatementTable>;
  readonly endpointTables: ReadonlyMap<string, StatementTable>;
  readonly credentialTables: ReadonlyMap<string, StatementTable>;
}

/** One immutable, compiled set of catalog and policies, named by its digest. */
export interface Bundle {
  readonly digest: string;
  readonly settings: BundleSettings;
  readonly set: PolicySet;
  readonly catalog: CatalogIndex;
  readonly policies: readonly BoundPolicy[];
  /** The scope keys that something but a shadow policy names, with the values they may have. */
  readonly scopeValues: Scope;
  /** By scope key, the values that anything names, shadow policies too: requests with others are all alike. */
  readonly namedScopeValues: ReadonlyMap<string, ReadonlySet<string>>;
  /** Instants at which some judgement changes, ascending. */
  readonly instantsMs: readonly number[];
}

/** Joins the parts of a key; NUL cannot stand in an id. */
export function joinKey(left: string, right: string): string {
  return `${left}\u0000${right}`;
}
