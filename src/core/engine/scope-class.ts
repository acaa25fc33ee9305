import type { AppliedPolicy } from '../model/decision';
import type { RequestContext } from '../model/request';
import type { ReasonCode } from '../model/reason';
import { canonicalId } from '../policy/identifier';
import { holdsValue, matchScope, scopeValueOf, TENANT_KEY } from '../policy/scope-match';
import type { BoundPolicy, Bundle } from './bundle';

/** A policy that applies, and whether it counts for L10. */
export interface ApplicablePolicy {
  readonly bound: BoundPolicy;
  readonly counts: boolean;
}

/** All requests that the same policies and files concern. */
export interface ScopeClass {
  /** Applicable policies, widest first; shadow ones too. */
  readonly policies: readonly ApplicablePolicy[];
  readonly applied: readonly AppliedPolicy[];
  /** By document index: true if the file exists for these requests. */
  readonly visible: readonly boolean[];
  /** Set if the class is refused as a whole. */
  readonly refusal?: Refusal;
}

/** Why a whole request is refused before any target is judged. */
export interface Refusal {
  readonly code: ReasonCode;
  readonly message: string;
}

/** Classes kept per epoch; a bundle that declares more combinations recomputes them. */
const MAX_CLASSES = 4096;

/** Stands for all values that a key may have and no policy names, so that classes stay few. */
const DECLARED = '\u0001';

/** Stands for all values that a key may not have. */
const FOREIGN = '\u0002';

/** The class of a request, from the cache where it is there. */
export function classify(
  bundle: Bundle,
  classes: Map<string, ScopeClass>,
  context: RequestContext,
): ScopeClass {
  const key = classKey(bundle, context);
  const existing = classes.get(key);
  if (existing !== undefined) return existing;
  if (classes.size >= MAX_CLASSES) classes.clear();
  const fresh = buildClass(bundle, context);
  classes.set(key, fresh);
  return fresh;
}

function classKey(bundle: Bundle, context: RequestContext): string {
  let key = '';
  for (const name of bundle.namedScopeValues.keys()) {
    const value = scopeValueOf(context, name);
    key += value === undefined ? '\u0000-' : `\u0000=${classValue(bundle, name, value)}`;
  }
  return key;
}

/** A value that nothing names is like every other such value, save that it may be one that is not declared. */
function classValue(bundle: Bundle, key: string, value: string): string {
  const canonical = canonicalId(value);
  if (bundle.namedScopeValues.get(key)?.has(canonical) === true) return canonical;
  const declared = holdsValue(bundle.scopeValues.get(key) ?? [], canonical);
  return declared ? DECLARED : FOREIGN;
}

function buildClass(bundle: Bundle, context: RequestContext): ScopeClass {
  const valueOf = (key: string): string | undefined => scopeValueOf(context, key);
  const policies = bundle.policies.flatMap((bound): readonly ApplicablePolicy[] => {
    const match = matchScope(bound.scope, valueOf);
    return match === 'no' ? [] : [{ bound, counts: match === 'counts' }];
  });
  const refusal = findRefusal(bundle, context, policies);
  return {
    policies,
    applied: Object.freeze(policies.map(toApplied)),
    visible: bundle.set.documents.map(
      ({ binding }) => binding === undefined || matchScope(binding, valueOf) === 'counts',
    ),
    ...(refusal === undefined ? {} : { refusal }),
  };
}

/** Frozen, because every answer of the class holds it. */
function toApplied({ bound: { policy }, counts }: ApplicablePolicy): AppliedPolicy {
  const { id, mode, logSelection, records } = policy;
  const wish = records?.recordsAll === undefined ? {} : { recordsAll: records.recordsAll };
  return Object.freeze({ id, mode, counts, logSelection, ...wish });
}

function findRefusal(
  bundle: Bundle,
  context: RequestContext,
  policies: readonly ApplicablePolicy[],
): Refusal | undefined {
  if (bundle.settings.tenants !== undefined && context.tenant === undefined) {
    return {
      code: 'tenant_required',
      message: 'the request names no tenant, and the policy declares tenants',
    };
  }
  const foreign = foreignKeys(bundle, context);
  const [firstForeign] = foreign.includes(TENANT_KEY) ? [TENANT_KEY] : foreign;
  if (firstForeign !== undefined) return refuseKey(firstForeign);
  const counting = policies.some(({ bound, counts }) => counts && bound.policy.mode !== 'shadow');
  if (counting || bundle.settings.whenNoPolicyApplies === 'allow') return undefined;
  return {
    code: 'no_policy_applies',
    message: 'no policy applies to this request, and the default is to block',
  };
}

/** Keys of the request whose value is not one that the bundle declares. */
function foreignKeys(bundle: Bundle, context: RequestContext): readonly string[] {
  return [...bundle.scopeValues]
    .filter(([key, values]) => {
      const value = scopeValueOf(context, key);
      return value !== undefined && !holdsValue(values, value);
    })
    .map(([key]) => key);
}

function refuseKey(key: string): Refusal {
  return key === TENANT_KEY
    ? { code: 'unknown_tenant', message: 'the tenant is not one that the policy declares' }
    : {
        code: 'unknown_scope',
        message: `the value of scope key \`${key}\` is not one that the policy declares`,
      };
}
