import type { CallerTraits, ModelIdStyle, RequestContext } from '../core/model/request';
import type { Ask } from '../ports/answer';
import type { CallerConfig } from '../ports/service-config';

/** Who asks, as the configuration knows it, and what it may claim. */
export interface Caller {
  /** Its name in the configuration; empty for whoever reaches a listener where no callers are configured. */
  readonly name: string;
  /** Applies its rights to an ask: what it may not claim is refused before anything is decided. */
  admit(ask: Ask): Admission;
}

/** An ask as its caller may ask it, or what it may not claim. */
export type Admission = { readonly ask: Ask } | { readonly overstep: Overstep };

/** What a caller claimed and may not, for its operator; `field` is a path of the contract. */
export interface Overstep {
  readonly field: string;
  readonly problem: string;
}

/** Callers rewrite the model and own no claims, unless the configuration says otherwise. */
const DEFAULT_TRAITS: CallerTraits = { rewritesModel: true, ownsClaims: false };

/** Whoever reaches a listener where no callers are configured: it may claim any tenant and scope. */
export const ANYONE: Caller = { name: '', admit: (ask) => ({ ask }) };

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
    admit: (ask) => {
      const context = admitContext(ask.request.context);
      if ('problem' in context) return { overstep: context };
      return { ask: withContext(ask, context, config.traits) };
    },
  };
}

function withContext(ask: Ask, context: RequestContext, traits: CallerTraits): Ask {
  const { request } = ask;
  const isDefault =
    traits.rewritesModel === DEFAULT_TRAITS.rewritesModel &&
    traits.ownsClaims === DEFAULT_TRAITS.ownsClaims;
  if (isDefault && context === request.context) return ask;
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

function overstepOfScope(
  { scopes }: CallerConfig,
  { scope }: RequestContext,
): Overstep | undefined {
  if (scopes === 'any') return undefined;
  for (const [key, value] of scope) {
    const values = scopes.get(key);
    if (values === 'any' || values?.includes(value) === true) continue;
    const field = `context.scope[${JSON.stringify(key)}]`;
    return { field, problem: 'has a value that this caller may not claim' };
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
