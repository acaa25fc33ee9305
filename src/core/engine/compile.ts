import type { Claim } from '../model/claim';
import type { Policy, Scope } from '../model/policy';
import type { PolicySet } from '../model/policy-set';
import { canonicalId } from '../policy/identifier';
import { intersectScopes, TENANT_KEY } from '../policy/scope-match';
import { ageLimitMs } from '../requirements/certifications';
import type { BoundPolicy, Bundle } from './bundle';
import { indexCatalog } from './catalog-index';

/**
 * Compiles a set that has no errors into a bundle. Total for such a set; for one with errors the result blocks
 * at least what the errors concern. `digest` names the content and is made at the edge.
 */
export function compileBundle(set: PolicySet, digest: string): Bundle {
  const scopes = scopesOf(set, () => true);
  const scopeValues = collectScopeValues(
    set,
    scopesOf(set, ({ mode }) => mode !== 'shadow'),
  );
  return {
    digest,
    settings: set.settings,
    set,
    catalog: indexCatalog(set),
    policies: orderPolicies(set),
    scopeValues,
    namedScopeValues: collectNamedValues([scopeValues, ...scopes]),
    instantsMs: collectInstants(set),
  };
}

/** The next instant after `nowMs` at which a judgement may change, in milliseconds; undefined: never. */
export function validUntilMs(bundle: Bundle, nowMs: number): number | undefined {
  return bundle.instantsMs.find((instant) => instant > nowMs);
}

function orderPolicies(set: PolicySet): readonly BoundPolicy[] {
  const placed = set.documents.flatMap(({ document, binding }, index) =>
    document.policies.map((policy) => ({
      policy,
      document: index,
      bound: binding !== undefined,
      scope: binding === undefined ? policy.scope : intersectScopes(policy.scope, binding),
    })),
  );
  placed.sort(
    (left, right) =>
      left.scope.size - right.scope.size || compareText(left.policy.id, right.policy.id),
  );
  return placed.map((each, order) => ({ ...each, order }));
}

/** Compares by code unit, so that the order is the same on every machine. */
function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * The bundle's own values of a key win; other keys have those that policies and bindings name. Shadow policies
 * change nothing (L9), so they neither close a key nor open a value of it.
 */
function collectScopeValues(set: PolicySet, scopes: readonly Scope[]): Scope {
  const all = new Map<string, readonly string[] | 'any'>();
  for (const scope of scopes) {
    for (const [key, values] of scope) all.set(key, uniteValues(all.get(key) ?? [], values));
  }
  for (const [key, values] of set.settings.scopeValues) all.set(key, values);
  if (set.settings.tenants !== undefined) all.set(TENANT_KEY, set.settings.tenants);
  return all;
}

function uniteValues(
  left: readonly string[] | 'any',
  right: readonly string[] | 'any',
): readonly string[] | 'any' {
  return left === 'any' || right === 'any' ? 'any' : [...left, ...right];
}

function collectNamedValues(scopes: readonly Scope[]): ReadonlyMap<string, ReadonlySet<string>> {
  const named = new Map<string, Set<string>>();
  for (const scope of scopes) {
    for (const [key, values] of scope) {
      const known = named.get(key) ?? new Set<string>();
      if (values !== 'any') values.forEach((value) => known.add(canonicalId(value)));
      named.set(key, known);
    }
  }
  return named;
}

function scopesOf(set: PolicySet, counts: (policy: Policy) => boolean): readonly Scope[] {
  return set.documents.flatMap(({ document, binding }) => [
    ...document.policies.filter(counts).map(({ scope }) => scope),
    ...(binding === undefined ? [] : [binding]),
  ]);
}

function collectInstants(set: PolicySet): readonly number[] {
  const claims = set.documents.flatMap(({ document }) =>
    [document.providers, document.endpoints, document.credentials, document.targets].flatMap(
      (declarations) => declarations.flatMap((declaration) => declaration.claims),
    ),
  );
  const limits = new Set(
    set.documents.flatMap(({ document }) =>
      document.policies.flatMap(({ requirements }) =>
        requirements.flatMap(({ rule }) =>
          [rule, ...(rule.kind === 'minimum_assurance' ? rule.of : [])].flatMap((each) => {
            const limit = ageLimitMs(each);
            return limit === undefined ? [] : [limit];
          }),
        ),
      ),
    ),
  );
  const instants = new Set(claims.flatMap((claim) => instantsOf(claim, limits)));
  return [...instants].sort((left, right) => left - right);
}

function instantsOf(claim: Claim, ageLimitsMs: ReadonlySet<number>): readonly number[] {
  const checkedAtMs = claim.checkedAtMs;
  const ages =
    checkedAtMs === undefined
      ? []
      : [...ageLimitsMs].flatMap((limit) => [checkedAtMs, checkedAtMs + limit]);
  return claim.expiresAtMs === undefined ? ages : [...ages, claim.expiresAtMs];
}
