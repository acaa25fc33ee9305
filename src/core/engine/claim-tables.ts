import type { ClaimLevel } from '../model/claim';
import type { StatementTable } from './bundle';
import { joinKey } from './bundle';
import { visiblePlaced, type CatalogView } from './catalog-view';
import type { Subject } from './subject';

/** The tables that a subject's claims stand in, most specific first, and what keeps some of them out. */
export interface SubjectTables {
  readonly tables: readonly { readonly level: ClaimLevel; readonly statements: StatementTable }[];
  /** True if the credential is a customer's: contractual claims count only where stated on it (L13). */
  readonly customerCredential: boolean;
}

const NONE: StatementTable = new Map();

/** Gathers the tables of a subject. A base URL that is not the catalog's leaves none (L13). */
export function tablesOf(view: CatalogView, subject: Subject): SubjectTables {
  const { identity, target } = subject;
  const provider = identity.provider ?? '';
  const customerCredential =
    identity.credential !== undefined && !isOperators(view, provider, identity.credential);
  if (subject.foreignAddress) return { tables: [], customerCredential };
  const catalog = view.bundle.catalog;
  const own = identity.credential === target?.identity.credential;
  const credential =
    identity.credential === undefined
      ? undefined
      : catalog.credentialTables.get(joinKey(provider, identity.credential));
  const endpoint =
    identity.endpoint === undefined
      ? undefined
      : catalog.endpointTables.get(joinKey(provider, identity.endpoint));
  return {
    customerCredential,
    tables: [
      { level: 'credential', statements: (own ? target?.credentialTable : undefined) ?? NONE },
      { level: 'credential', statements: credential ?? NONE },
      { level: 'target', statements: target?.targetTable ?? NONE },
      { level: 'endpoint', statements: endpoint ?? NONE },
      { level: 'provider', statements: catalog.providerTables.get(provider) ?? NONE },
    ],
  };
}

/** Every credential that is not listed as the operator's is a customer's. */
function isOperators(view: CatalogView, provider: string, credential: string): boolean {
  const listed = visiblePlaced(
    view,
    view.bundle.catalog.credentials.get(joinKey(provider, credential)),
  );
  return listed.length > 0 && listed.every(({ owner }) => owner === 'operator');
}
