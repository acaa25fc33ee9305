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
  const isProvider = (name: string): boolean => bundle.catalog.providerNames.has(canonicalId(name));
  return texts.map((text) => {
    const { pin, name } = parseModelName(text, context.modelIdStyle, isProvider);
    const canonical = canonicalId(name);
    return pin === undefined
      ? { name: canonical }
      : { pin: providerIdOf(bundle, pin), name: canonical };
  });
}

/** True if a client gets this subject by asking for the name. */
export function servesName({ target, identity }: Subject, name: string): boolean {
  const served = target?.declaration.serves;
  return served === undefined
    ? identity.model === name
    : served.some((each) => canonicalId(each) === name);
}
