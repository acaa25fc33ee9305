import type {
  CredentialDeclaration,
  EndpointDeclaration,
  TargetDeclaration,
} from '../../../core/model/catalog';
import type { PolicyDocument } from '../../../core/model/policy-set';
import { printClaims } from './print-claims';
import type { PrintedDocument } from './printed-document';
import { statedOnly } from './stated-only';

/** What a file declares as a native catalog; none if it declares nothing. */
export function printCatalog(
  document: PolicyDocument,
  { name, head }: Pick<PrintedDocument, 'name' | 'head'>,
): readonly PrintedDocument[] {
  const spec = statedOnly({
    providers: providerIds(document).map((id) => printProvider(document, id)),
    targets: document.targets.map(printTarget),
  });
  return Object.keys(spec).length === 0
    ? []
    : [{ kind: 'Catalog', name, spec, head, comments: [] }];
}

/** Endpoints and credentials stand below their provider, which is named again where it is another file's. */
function providerIds({ providers, endpoints, credentials }: PolicyDocument): readonly string[] {
  const owners = [...endpoints, ...credentials].map(({ provider }) => provider);
  return [...new Set([...providers.map(({ id }) => id), ...owners])];
}

function printProvider(document: PolicyDocument, id: string): object {
  const declared = document.providers.find((each) => each.id === id);
  const mine = <T extends { readonly provider: string }>(all: readonly T[]): readonly T[] =>
    all.filter(({ provider }) => provider === id);
  return statedOnly({
    id,
    aliases: declared?.aliases,
    models: declared?.models === 'any' ? 'any' : undefined,
    claims: printClaims(declared?.claims ?? []),
    endpoints: mine(document.endpoints).map(printEndpoint),
    credentials: mine(document.credentials).map(printCredential),
  });
}

function printEndpoint({ id, baseUrl, region, claims }: EndpointDeclaration): object {
  return statedOnly({ id, base_url: baseUrl, region, claims: printClaims(claims) });
}

function printCredential({ id, owner, claims }: CredentialDeclaration): object {
  return statedOnly({ id, owner, claims: printClaims(claims) });
}

function printTarget(target: TargetDeclaration): object {
  const { id, provider, model, endpoint, region, credential, apis, serves, reaches, pool } = target;
  const isOnCredential = target.claimsStatedOn === 'credential' && target.claims.length > 0;
  return statedOnly({
    id,
    provider,
    model,
    endpoint,
    region,
    credential,
    apis,
    serves,
    reaches,
    address: printAddress(target.address),
    pool: printPool(pool),
    claims: printClaims(target.claims),
    claims_stated_on: isOnCredential ? 'credential' : undefined,
  });
}

/** Packs are named freely, and pools as ids are. No two names become one, or the pools would be one, too. */
function printPool(pool: string | undefined): string | undefined {
  return pool?.replace(
    /[^!-$&-)+-~]/gu,
    (character) => `%${(character.codePointAt(0) ?? 0).toString(16)};`,
  );
}

function printAddress(address: TargetDeclaration['address']): object | undefined {
  if (address === undefined) return undefined;
  const { host, port, pathPrefix, auth } = address;
  return statedOnly({ host, port, path_prefix: pathPrefix, auth });
}
