import type { Claim, ClaimValue } from '../../../core/model/claim';
import { statedOnly } from './stated-only';

/** The claims of a declaration as its `claims` mapping; undefined: there are none. */
export function printClaims(claims: readonly Claim[]): object | undefined {
  if (claims.length === 0) return undefined;
  const printed: Record<string, unknown> = {};
  for (const claim of claims) {
    const [name, key] = keysOf(claim.name);
    const value = printClaim(claim);
    printed[name] = key === undefined ? value : { ...(printed[name] as object), [key]: value };
  }
  return printed;
}

/** Prices, certifications and labels stand in mappings of their own. */
function keysOf(name: Claim['name']): readonly [name: string, key?: string] {
  const separator = name.indexOf(':');
  if (separator >= 0) {
    const group = name.startsWith('label:') ? 'labels' : 'certifications';
    return [group, name.slice(separator + 1)];
  }
  return name.startsWith('price_') ? ['price', name.slice('price_'.length)] : [name];
}

/** The value alone, or, where something is known of its origin or what it covers, the long form. */
function printClaim(claim: Claim): unknown {
  const value = printValue(claim.name, claim.value);
  const rest = statedOnly({
    source: claim.evidence,
    assurance: claim.assurance === 'declared' ? undefined : claim.assurance,
    checked_at: printInstant(claim.checkedAtMs),
    expires_at: printInstant(claim.expiresAtMs),
    apis: claim.apis,
    features: claim.features,
  });
  return Object.keys(rest).length === 0 ? value : { value, ...rest };
}

function printValue(name: Claim['name'], value: ClaimValue): unknown {
  if (name !== 'nested_gateway') return value;
  return value === 'fallback_off' ? value : value === 'routes_on';
}

function printInstant(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
