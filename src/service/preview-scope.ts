import type { Bundle } from '../core/engine/bundle';
import type { Scope } from '../core/model/policy';
import type { RequestContext } from '../core/model/request';
import { scopeValueOf, TENANT_KEY } from '../core/policy/scope-match';
import type { PreviewScope, PreviewScopeKey } from './preview-document';

/** Who may be named in a request: what the bundle declares, and what its policies name. The tenant comes first. */
export function previewScope(bundle: Bundle, context: RequestContext): PreviewScope {
  const keys = [...bundle.namedScopeValues.keys()].sort(tenantFirst);
  return {
    tenantRequired: bundle.settings.tenants !== undefined,
    keys: keys.map((key) => previewKey(bundle, context, key)),
  };
}

function previewKey(bundle: Bundle, context: RequestContext, key: string): PreviewScopeKey {
  const declared = bundle.scopeValues.get(key) ?? 'any';
  const named = bundle.namedScopeValues.get(key) ?? new Set<string>();
  const value = scopeValueOf(context, key);
  return {
    key,
    values: [...new Set(declared === 'any' ? named : declared)],
    closed: declared !== 'any',
    ...(value === undefined ? {} : { value }),
  };
}

function tenantFirst(left: string, right: string): number {
  return Number(right === TENANT_KEY) - Number(left === TENANT_KEY);
}

/** A scope as an object, for documents. */
export function scopeRecord(scope: Scope): Readonly<Record<string, readonly string[] | 'any'>> {
  return Object.fromEntries(scope);
}
