import type { RequestContext } from '../model/request';
import { canonicalId } from '../policy/identifier';
import { parseModelName } from '../policy/model-name';
import type { Bundle } from './bundle';
import { providerIdOf } from './catalog-view';
import type { Subject } from './subject';

/** A name that the client asks for, without its pin. */
export interface RequestedModel {
  /** Canonical id of the provider that the name pins. */
  readonly pin?: string;
  readonly name: string;
}

/** All names that the client asks for, `model` first (L6, L7). */
export function requestedModels(
  bundle: Bundle,
  context: RequestContext,
): readonly RequestedModel[] {
  const texts = context.model === undefined ? context.models : [context.model, ...context.models];
  if (texts.length === 0) return [];
  const { providerNames, dialectNames } = bundle.catalog;
  const isProvider = (name: string): boolean =>
    providerNames.has(canonicalId(name)) || dialectNames.known.has(canonicalId(name));
  return texts.map((text) => {
    const { pin, name } = parseModelName(text, context.modelIdStyle, isProvider);
    const canonical = canonicalId(name);
    return pin === undefined
      ? { name: canonical }
      : { pin: providerIdOf(bundle, pin), name: canonical };
  });
}

/** The names by which clients ask for the subject. */
export function servedNames({ target, identity }: Subject): readonly string[] {
  const served = target?.declaration.serves;
  if (served !== undefined) return served.map(canonicalId);
  return identity.model === undefined ? [] : [identity.model];
}
