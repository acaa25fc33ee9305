import type { ClaimValue } from '../../core/model/claim';
import type { CatalogClaim, CatalogTarget } from '../../gen/ambit/v1/catalog';
import type { GetCatalogResponse } from '../../gen/ambit/v1/policy_service';
import type { CatalogEntry, CatalogPage, ClaimInForce } from '../../service/catalog-query';
import { bundleRefToWire } from './answer-to-wire';
import { formatInstant } from './instants';
import { positionToWire } from './reason-to-wire';
import { WIRE_APIS, WIRE_ASSURANCES, WIRE_CLAIM_LEVELS } from './wire-enums';

/** One page of the catalog. */
export function catalogToWire(page: CatalogPage): GetCatalogResponse {
  return {
    targets: page.entries.map(entryToWire),
    nextPageToken: page.nextPageToken,
    bundle: bundleRefToWire(page.bundle),
  };
}

function entryToWire(entry: CatalogEntry): CatalogTarget {
  const claims = entry.claims.map(claimToWire);
  const source = positionToWire(entry.declaration.position);
  if (entry.kind === 'provider') {
    const { id } = entry.declaration;
    return { target: id, provider: id, apis: [], serves: [], claims, source };
  }
  const { id, provider, model, region, endpoint, credential, apis, serves } = entry.declaration;
  return {
    target: id,
    provider,
    model,
    region,
    endpoint,
    credential,
    apis: (apis ?? []).map((api) => WIRE_APIS[api]),
    serves: serves ?? [model],
    claims,
    source,
  };
}

function claimToWire({ claim, level }: ClaimInForce): CatalogClaim {
  const { checkedAtMs, expiresAtMs } = claim;
  return {
    name: claim.name,
    value: valueToWire(claim.value),
    level: WIRE_CLAIM_LEVELS[level],
    source: positionToWire(claim.position),
    evidence: claim.evidence,
    assurance: WIRE_ASSURANCES[claim.assurance],
    checkedAt: checkedAtMs === undefined ? undefined : formatInstant(checkedAtMs),
    expiresAt: expiresAtMs === undefined ? undefined : formatInstant(expiresAtMs),
    apis: (claim.apis ?? []).map((api) => WIRE_APIS[api]),
    features: claim.features ?? [],
  };
}

function valueToWire(value: ClaimValue): CatalogClaim['value'] {
  if (typeof value === 'boolean') return { $case: 'boolValue', value };
  if (typeof value === 'number') return { $case: 'numberValue', value };
  if (typeof value === 'string') return { $case: 'stringValue', value };
  return { $case: 'listValue', value: { values: value } };
}
