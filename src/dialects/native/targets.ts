import { APIS } from '../../core/model/api';
import type { DeclarationPlaces, TargetDeclaration } from '../../core/model/catalog';
import type { MapReader, ValueReader } from '../yaml/reader';
import type { Located } from '../yaml/source-text';
import { readAddress, type ReadAddress } from './addresses';
import { readClaims } from './claims';
import { placeOf } from './contradictions';
import { locatedAt } from './located-at';
import { NAME } from './names';
import { readWords } from './provenance';

/**
 * Reads a target. `provider` is given for those under a provider; those apart name theirs. Undefined: a part of
 * its identity is missing or wrong, which was reported.
 */
export function readTarget(item: ValueReader, provider?: string): TargetDeclaration | undefined {
  const map = item.map();
  if (map === undefined) return undefined;
  const id = map.text('id', NAME);
  const ownProvider = provider === undefined ? map.required('provider')?.text(NAME) : undefined;
  const owner = provider ?? ownProvider?.value;
  const named = map.required('model')?.text(NAME);
  const model = named?.value;
  const { addressPlaces, ...place } = readPlace(map);
  const names = readNames(map);
  const claims = readClaims(map);
  const pool = map.text('pool', NAME);
  const statedOn = map.choice('claims_stated_on', ['target', 'credential']);
  map.close();
  if (owner === undefined || model === undefined) return undefined;
  const region = place.region === undefined ? '' : `@${place.region}`;
  return {
    id: id?.value ?? `${owner}/${model}${region}`,
    provider: owner,
    model,
    ...place,
    ...names,
    ...textPart('pool', pool),
    claims,
    claimsStatedOn: statedOn?.value ?? 'target',
    position: map.label.position,
    places: {
      ...placesOf(map),
      ...addressPlaces,
      ...locatedAt('id', id ?? named),
      ...locatedAt('provider', ownProvider),
    },
  };
}

/** Where a target says what it refers to. */
function placesOf(map: MapReader): DeclarationPlaces {
  const reaches = map.value('reaches')?.node;
  return {
    ...locatedAt('endpoint', map.value('endpoint')?.node),
    ...locatedAt('region', map.value('region')?.node),
    ...locatedAt('credential', map.value('credential')?.node),
    ...(reaches?.kind === 'list' ? { reaches: reaches.items.map(({ position }) => position) } : {}),
  };
}

type Place = Pick<TargetDeclaration, 'endpoint' | 'region' | 'credential' | 'apis' | 'address'>;

/** `endpoint` is the id of one that the provider declares, or the address itself. */
function readPlace(map: MapReader): Place & { readonly addressPlaces: DeclarationPlaces } {
  const endpoint = map.value('endpoint');
  const isInline = endpoint?.kind === 'map';
  const endpointId = isInline ? undefined : endpoint?.text(NAME);
  const inline = readAddress(isInline ? endpoint.map() : undefined, true);
  const region = map.text('region', NAME);
  const credential = map.text('credential', NAME);
  const apis = readWords(map.value('apis'), APIS) ?? inline.apis;
  const apart = readAddress(map.map('address'), false);
  const address = apart.address ?? inline.address;
  if (isInline) rejectSecondPlace(map, endpoint, inline);
  return {
    ...textPart('endpoint', endpointId),
    ...textPart('region', region),
    ...textPart('credential', credential),
    ...(apis === undefined ? {} : { apis }),
    ...(address === undefined ? {} : { address }),
    addressPlaces: apart.address === undefined ? inline.places : apart.places,
  };
}

function textPart<K extends string>(
  key: K,
  text: Located<string> | undefined,
): Partial<Record<K, string>> {
  // The cast restores the key, which a computed property loses.
  return text === undefined ? {} : ({ [key]: text.value } as Record<K, string>);
}

/** Address and APIs stand once: inline in the endpoint, or beside it. */
function rejectSecondPlace(map: MapReader, endpoint: ValueReader, inline: ReadAddress): void {
  const second =
    map.value('address') ?? (inline.apis === undefined ? undefined : map.value('apis'));
  if (second === undefined) return;
  const place = placeOf(endpoint.label);
  const message = `${second.name} is stated a second time, first in \`endpoint\` at ${place}`;
  second.report.error('contradiction', second.label, message, {
    help: 'remove one of the two',
    related: { at: endpoint.label, message: 'the first stands here' },
  });
}

function readNames(map: MapReader): Pick<TargetDeclaration, 'serves' | 'reaches'> {
  const serves = map.texts('serves', NAME)?.value;
  const reaches = map.texts('reaches', NAME)?.value;
  return {
    ...(serves === undefined ? {} : { serves: serves.map((name) => name.value) }),
    ...(reaches === undefined ? {} : { reaches: reaches.map((name) => name.value) }),
  };
}
