import type { Scope } from '../core/model/policy';
import type { CallerTraits, ModelIdStyle, RequestContext } from '../core/model/request';
import { holdsValue, TENANT_KEY } from '../core/policy/scope-match';
import type { Ask } from '../ports/answer';
import type { CallerConfig } from '../ports/service-config';

/** Who asks, as the configuration knows it, and what it may claim. */
export interface Caller {
  /** Its name in the configuration; empty for whoever reaches a listener where no callers are configured. */
  readonly name: string;
  /** Applies its rights to an ask: what it may not claim is refused before anything is decided. */
  admit(ask: Ask): Admission;
  /** True if there is a request of its own to which a file that is bound to this scope could say something. */
  maySee(binding: Scope): boolean;
  /** True if it may claim any tenant, so that files and their mistakes, which are of all tenants, may be shown to it. */
  readonly maySeeFiles: boolean;
}

/** An ask as its caller may ask it, or what it may not claim. */
export type Admission = { readonly ask: Ask } | { readonly overstep: Overstep };

/** What a caller claimed and may not, for its operator; `field` is a path of the contract. */
export interface Overstep {
  readonly field: string;
  readonly problem: string;
}

/** Whoever reaches a listener where no callers are configured: it may claim any tenant and scope. */
export const ANYONE: Caller = {
  name: '',
  admit: (ask) => ({ ask }),
  maySee: () => true,
  maySeeFiles: true,
};

/** Creates a caller from its configuration. */
export function createCaller(config: CallerConfig): Caller {
  // Enforcement points send the same few contexts again and again, and readers keep them.
  const known = new WeakMap<RequestContext, RequestContext | Overstep>();
  const admitContext = (context: RequestContext): RequestContext | Overstep => {
    const found = known.get(context);
    if (found !== undefined) return found;
    const made = claimedBy(config, context);
    known.set(context, made);
    return made;
  };
  return {
    name: config.name,
    maySeeFiles: config.tenants === 'any',
    admit: (ask) => {
      const context = admitContext(ask.request.context);
      if ('problem' in context) return { overstep: context };
      return { ask: withContext(ask, context, config.traits) };
    },
    maySee: (binding) =>
      [...binding].every(([key, values]) => mayClaimOneOf(values, claimsOf(config, key))),
  };
}

/** The values of a scope key that a caller may claim; undefined: none. */
function claimsOf(
  { tenants, scopes }: CallerConfig,
  key: string,
): readonly string[] | 'any' | undefined {
  if (key === TENANT_KEY) return tenants;
  return scopes === 'any' ? 'any' : scopes.get(key);
}

function mayClaimOneOf(
  values: readonly string[] | 'any',
  claims: readonly string[] | 'any' | undefined,
): boolean {
  if (claims === undefined) return false;
  return claims === 'any' || claims.some((claim) => holdsValue(values, claim));
}

function withContext(ask: Ask, context: RequestContext, configured: CallerTraits): Ask {
  const { request } = ask;
  // An edge may know that what this one request names is sent on, however the caller rewrites all others.
  const rewritesModel = configured.rewritesModel && request.caller.rewritesModel;
  const traits = { ...configured, rewritesModel };
  const isSame =
    traits.rewritesModel === request.caller.rewritesModel &&
    traits.ownsClaims === request.caller.ownsClaims;
  if (isSame && context === request.context) return ask;
  return { ...ask, request: { ...request, context, caller: traits } };
}

function claimedBy(config: CallerConfig, context: RequestContext): RequestContext | Overstep {
  const overstep =
    overstepOfTenant(config, context) ??
    overstepOfScope(config, context) ??
    overstepOfStyle(config, context);
  if (overstep !== undefined) return overstep;
  const tenant = context.tenant ?? onlyTenant(config);
  const style: ModelIdStyle =
    config.modelIdStyle === 'auto' ? context.modelIdStyle : config.modelIdStyle;
  if (tenant === context.tenant && style === context.modelIdStyle) return context;
  return { ...context, ...(tenant === undefined ? {} : { tenant }), modelIdStyle: style };
}

/** A request that names no tenant gets its caller's only one (L1). */
function onlyTenant({ tenants }: CallerConfig): string | undefined {
  return tenants !== 'any' && tenants.length === 1 ? tenants[0] : undefined;
}

function overstepOfTenant(
  { tenants }: CallerConfig,
  { tenant }: RequestContext,
): Overstep | undefined {
  if (tenant === undefined || tenants === 'any' || tenants.includes(tenant)) return undefined;
  return { field: 'context.tenant', problem: 'is not one of this caller’s tenants' };
}

/** What is said of a key that `scopes` does not name: another value would not do either. */
const NOT_ITS_KEY = 'is a scope key that this caller may not claim';

function overstepOfScope(
  { scopes }: CallerConfig,
  { scope }: RequestContext,
): Overstep | undefined {
  if (scopes === 'any') return undefined;
  for (const [key, value] of scope) {
    const values = scopes.get(key);
    if (values === 'any' || values?.includes(value) === true) continue;
    const field = `context.scope[${JSON.stringify(key)}]`;
    const isNamed = values !== undefined;
    const problem = isNamed ? 'has a value that this caller may not claim' : NOT_ITS_KEY;
    return { field, problem };
  }
  return undefined;
}

function overstepOfStyle(
  { modelIdStyle }: CallerConfig,
  context: RequestContext,
): Overstep | undefined {
  const isFree = modelIdStyle === 'auto' || context.modelIdStyle === 'auto';
  if (isFree || modelIdStyle === context.modelIdStyle) return undefined;
  return {
    field: 'context.model_id_style',
    problem: 'differs from what is configured for this caller',
  };
}
