import type { CallerConfig } from '../../../src/ports/service-config';

/** The URI in the certificate of a caller. */
export const uriOf = (name: string): string => `spiffe://test/${name}`;

/** A caller that may claim the tenant of its own name, and otherwise what is given. */
export function callerOf(name: string, rest: Partial<CallerConfig> = {}): CallerConfig {
  return {
    name,
    certificateUris: [],
    tenants: [name],
    scopes: new Map(),
    modelIdStyle: 'auto',
    traits: { rewritesModel: true, ownsClaims: false },
    ...rest,
  };
}
