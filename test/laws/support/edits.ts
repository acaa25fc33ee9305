import type { Claim } from '../../../src/core/model/claim';
import type { Policy } from '../../../src/core/model/policy';
import type { BoundDocument, PolicyDocument, PolicySet } from '../../../src/core/model/policy-set';
import type { DecisionRequest } from '../../../src/core/model/request';

/** The set with every document changed. */
export function mapDocuments(
  set: PolicySet,
  change: (document: PolicyDocument, bound: BoundDocument) => PolicyDocument,
): PolicySet {
  return {
    ...set,
    documents: set.documents.map((bound) => ({
      ...bound,
      document: change(bound.document, bound),
    })),
  };
}

/** The set with every policy changed, left out or doubled. */
export function mapPolicies(
  set: PolicySet,
  change: (policy: Policy) => readonly Policy[],
): PolicySet {
  return mapDocuments(set, (document) => ({
    ...document,
    policies: document.policies.flatMap(change),
  }));
}

/** All policies, whatever their file. */
export function policiesOf(set: PolicySet): readonly Policy[] {
  return set.documents.flatMap(({ document }) => document.policies);
}

/**
 * What enforcing policies alone leave: the requirements of the others are gone, while lists of warn policies
 * enforce (L9).
 */
export function onlyEnforcing(set: PolicySet): PolicySet {
  return mapPolicies(set, (policy) =>
    policy.mode === 'warn' ? [{ ...policy, mode: 'enforce', requirements: [] }] : [policy],
  );
}

/** The set with every claim of the catalog changed or left out, at all levels. */
export function mapClaims(set: PolicySet, change: (claim: Claim) => readonly Claim[]): PolicySet {
  const all = <T extends { readonly claims: readonly Claim[] }>(list: readonly T[]): readonly T[] =>
    list.map((one) => ({ ...one, claims: one.claims.flatMap(change) }));
  return mapDocuments(set, (document) => ({
    ...document,
    providers: all(document.providers),
    endpoints: all(document.endpoints),
    credentials: all(document.credentials),
    targets: all(document.targets),
  }));
}

/** The request with every claim of its candidates changed or left out. */
export function mapInlineClaims(
  request: DecisionRequest,
  change: (claim: Claim) => readonly Claim[],
): DecisionRequest {
  return request.candidates === undefined
    ? request
    : {
        ...request,
        candidates: request.candidates.map((one) => ({
          ...one,
          claims: one.claims.flatMap(change),
        })),
      };
}

/** The set with one more document, last. */
export function addDocument(set: PolicySet, document: BoundDocument): PolicySet {
  return { ...set, documents: [...set.documents, document] };
}

/** The set with one more policy in its first document, which is unbound. */
export function addPolicy(set: PolicySet, policy: Policy): PolicySet {
  const [first, ...rest] = set.documents;
  if (first === undefined) {
    throw new Error('a set has a document');
  }
  const document = { ...first.document, policies: [...first.document.policies, policy] };
  return { ...set, documents: [{ ...first, document }, ...rest] };
}
