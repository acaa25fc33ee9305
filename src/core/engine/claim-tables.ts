import type { CredentialDeclaration } from '../model/catalog';
import type { ClaimLevel } from '../model/claim';
import type { StatementTable } from './bundle';
import { joinKey } from './bundle';
import { placedInSight, visiblePlaced, type CatalogView, type ClaimSight } from './catalog-view';
import type { Subject } from './subject';

/** The tables that a subject's claims stand in, most specific first, and what keeps some of them out. */
export interface SubjectTables {
  readonly tables: readonly { readonly level: ClaimLevel; readonly statements: StatementTable }[];
  /** True if the credential is a customer's: contractual claims count only where stated on it (L13). */
  readonly isCustomers: (sight: ClaimSight) => boolean;
  /** True if the traffic goes where the catalog knows of nothing, so that nothing is inherited (L13). */
  readonly isForeign: (sight: ClaimSight) => boolean;
}

const NONE: StatementTable = new Map();

/** Gathers the tables of a subject. */
export function tablesOf(view: CatalogView, subject: Subject): SubjectTables {
  const { identity, target, foreignAddress } = subject;
  const provider = identity.provider ?? '';
  const keyOf = (id: string | undefined): string | undefined =>
    id === undefined ? undefined : joinKey(provider, id);
  const credential = keyOf(identity.credential);
  const endpoint = keyOf(identity.endpoint);
  const { credentialTables, endpointTables, providerTables } = view.bundle.catalog;
  const own = identity.credential === target?.identity.credential;
  return {
    isCustomers: (sight) => credential !== undefined && !isOperators(view, credential, sight),
    isForeign: (sight) =>
      foreignAddress || (endpoint !== undefined && !isKnownEndpoint(view, endpoint, sight)),
    tables: [
      { level: 'credential', statements: (own ? target?.credentialTable : undefined) ?? NONE },
      { level: 'credential', statements: find(credentialTables, credential) },
      { level: 'target', statements: target?.targetTable ?? NONE },
      { level: 'endpoint', statements: find(endpointTables, endpoint) },
      { level: 'provider', statements: find(providerTables, provider) },
    ],
  };
}

function find(
  tables: ReadonlyMap<string, StatementTable>,
  key: string | undefined,
): StatementTable {
  return (key === undefined ? undefined : tables.get(key)) ?? NONE;
}

/**
 * Every credential that is not listed as the operator's is a customer's. A bound file lists one for its own
 * policies only, as it does with claims (design, section 4).
 */
function isOperators(view: CatalogView, key: string, sight: ClaimSight): boolean {
  const placed = view.bundle.catalog.credentials.get(key);
  const isOperator = ({ owner }: CredentialDeclaration): boolean => owner === 'operator';
  return (
    placedInSight(view, placed, sight).some(isOperator) &&
    visiblePlaced(view, placed).every(isOperator)
  );
}

/** An endpoint that only a bound file declares is known to that file's policies only. */
function isKnownEndpoint(view: CatalogView, key: string, sight: ClaimSight): boolean {
  return placedInSight(view, view.bundle.catalog.endpoints.get(key), sight).length > 0;
}
