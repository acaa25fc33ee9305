import type {
  CredentialDeclaration,
  EndpointDeclaration,
  ProviderDeclaration,
  TargetDeclaration,
} from '../../core/model/catalog';
import type { MapReader, ValueReader } from '../yaml/reader';
import { readBaseUrl } from './addresses';
import { readClaims } from './claims';
import { locatedAt } from './located-at';
import { NAME } from './names';
import { readTarget } from './targets';

/** What a catalog declares. */
export interface CatalogPart {
  readonly providers: readonly ProviderDeclaration[];
  readonly endpoints: readonly EndpointDeclaration[];
  readonly credentials: readonly CredentialDeclaration[];
  readonly targets: readonly TargetDeclaration[];
}

/** Reads a provider with everything that stands under it. */
export function readProvider(item: ValueReader): CatalogPart | undefined {
  const map = item.map();
  if (map === undefined) return undefined;
  const idAt = map.required('id')?.text(NAME);
  const id = idAt?.value;
  const aliases = map.texts('aliases', NAME)?.value ?? [];
  const models = map.choice('models', ['listed', 'any'], { proposed: ['listed'] });
  const claims = readClaims(map);
  // Without an id the parts are read all the same, so that their mistakes are found in the same run.
  const parts = readParts(map, id ?? '');
  map.close();
  if (id === undefined) return undefined;
  const provider = {
    id,
    aliases: aliases.map((alias) => alias.value),
    models: models?.value ?? 'listed',
    claims,
    position: map.label.position,
    places: { ...locatedAt('id', idAt), aliases: aliases.map(({ position }) => position) },
  };
  return { providers: [provider], ...parts };
}

function readParts(map: MapReader, provider: string): Omit<CatalogPart, 'providers'> {
  const items = (key: string): readonly ValueReader[] => map.list(key) ?? [];
  return {
    endpoints: items('endpoints').flatMap((item) => readEndpoint(item, provider) ?? []),
    credentials: items('credentials').flatMap((item) => readCredential(item, provider) ?? []),
    targets: items('targets').flatMap((item) => readTarget(item, provider) ?? []),
  };
}

function readEndpoint(item: ValueReader, provider: string): EndpointDeclaration | undefined {
  const map = item.map();
  const id = map?.required('id')?.text(NAME);
  const baseUrl = readBaseUrl(map?.value('base_url'));
  const region = map?.text('region', NAME);
  const claims = map === undefined ? [] : readClaims(map);
  map?.close();
  if (map === undefined || id === undefined) return undefined;
  return {
    id: id.value,
    provider,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(region === undefined ? {} : { region: region.value }),
    claims,
    position: map.label.position,
    places: { ...locatedAt('id', id), ...locatedAt('region', region) },
  };
}

/**
 * Whose credential it is must be said: the vendor's claims reach the operator's own only, so a default would be wrong
 * without a word. A misspelt owner is never answered with `operator`.
 */
function readCredential(item: ValueReader, provider: string): CredentialDeclaration | undefined {
  const map = item.map();
  const id = map?.required('id')?.text(NAME);
  const owner = map
    ?.required(
      'owner',
      'add `owner: operator` if it is yours, `owner: customer` if it is brought along',
    )
    ?.choice(['operator', 'customer'], { proposed: ['customer'] });
  const claims = map === undefined ? [] : readClaims(map);
  map?.close();
  if (map === undefined || id === undefined || owner === undefined) return undefined;
  const { position } = map.label;
  const places = locatedAt('id', id);
  return { id: id.value, provider, owner: owner.value, claims, position, places };
}
