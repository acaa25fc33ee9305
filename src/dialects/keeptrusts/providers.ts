import type {
  DeclarationPlaces,
  ProviderDeclaration,
  TargetDeclaration,
} from '../../core/model/catalog';
import { canonicalId } from '../../core/policy/identifier';
import type { MapReader } from '../yaml/reader';
import { fromOnePlace } from './either-place';
import type { Notes } from './notes';
import { readTargets, type ReadTarget, type TargetContext } from './targets';

/** What the gateway itself keeps, with the keys that the documents show: nothing here says what a target does. */
const GATEWAY_SECTIONS = {
  logging: ['redact_message_bodies', 'redact_api_keys'],
  history: ['enabled'],
  cache: ['enabled'],
} as const;

/** The targets of `providers`, in file order. */
export function readProviders(
  providers: MapReader | undefined,
  context: TargetContext,
): readonly ReadTarget[] {
  return readTargets(providers?.list('targets') ?? [], context);
}

/** The sections stand in `providers` or at the top level; their keys are read to find mistakes. */
export function readGatewaySections(
  root: MapReader,
  providers: MapReader | undefined,
  notes: Notes,
): void {
  for (const [name, keys] of Object.entries(GATEWAY_SECTIONS)) {
    readGatewaySection(fromOnePlace(providers?.value(name), root.value(name)), keys, notes);
  }
}

function readGatewaySection(
  place: ReturnType<typeof fromOnePlace>,
  keys: readonly string[],
  notes: Notes,
): void {
  const section = place?.map();
  if (place === undefined || section === undefined) return;
  keys.forEach((key) => section.boolean(key));
  section.close();
  notes.inform('no_meaning_for_eligibility', place.label, {
    message: `${place.name} is accepted and has no meaning for eligibility`,
    help: 'it says what the gateway keeps, not what a target does with a request',
  });
}

/** One provider for each that a target names: a pack says nothing of a provider as a whole. */
export function declareProviders(
  targets: readonly TargetDeclaration[],
): readonly ProviderDeclaration[] {
  const providers = new Map<string, ProviderDeclaration>();
  for (const { provider, position, places } of targets) {
    const id = canonicalId(provider);
    if (providers.has(id)) continue;
    providers.set(id, {
      id: provider,
      aliases: [],
      models: 'listed',
      claims: [],
      position,
      places: providerPlaces(places),
    });
  }
  return [...providers.values()];
}

/** A provider of a pack stands where the first target names it. */
function providerPlaces(places: DeclarationPlaces | undefined): DeclarationPlaces {
  return places?.provider === undefined ? {} : { id: places.provider };
}
