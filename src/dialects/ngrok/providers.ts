import type { EndpointDeclaration, ProviderDeclaration } from '../../core/model/catalog';
import { canonicalId } from '../../core/policy/identifier';
import type { MapReader, ValueReader } from '../yaml/reader';
import { quote, type Located } from '../yaml/source-text';
import { readKeys } from './api-keys';
import { readBaseUrl } from './base-url';
import { labelClaims, readLabels, type Label } from './metadata';
import { readModels, type ConfiguredModel } from './models';
import { PROSE, PROVIDER_ID } from './names';
import { builtInProvider, NGROK_PROVIDERS } from './provider-names';
import { rejectTwice } from './twice';

export type { ConfiguredModel } from './models';

/** A provider of a gateway's configuration. */
export interface ConfiguredProvider {
  readonly id: Located<string>;
  readonly aliases: readonly Located<string>[];
  readonly disabled: boolean;
  /** The address of a provider of one's own. */
  readonly url?: Located<string>;
  readonly labels: readonly Label[];
  readonly models: readonly ConfiguredModel[];
}

/** The providers of a configuration, in file order. Those with mistakes are reported and left out. */
export function readProviders(config: MapReader): readonly ConfiguredProvider[] {
  const reader = config.value('providers');
  const items = reader?.list({ mayBeEmpty: true }) ?? [];
  if (reader?.kind === 'list' && items.length === 0) noteNone(config, reader);
  const providers = items.flatMap((item) => readProvider(item) ?? []);
  const names = providers.flatMap(({ id, aliases }) => [id, ...aliases]);
  rejectTwice(config.report, 'provider', names);
  return providers;
}

/** Documented as all built-in providers being allowed; with the flag, as none. */
function noteNone(config: MapReader, { report, label, name }: ValueReader): void {
  if (config.has('only_allow_configured_providers')) return;
  report.notice('list_restricts_nothing', label, `${name} is empty and restricts nothing`, {
    help: 'write `only_allow_configured_providers: true` if nothing else is to be allowed',
  });
}

function readProvider(item: ValueReader): ConfiguredProvider | undefined {
  const map = item.map();
  if (map === undefined) return undefined;
  const id = map.required('id')?.text(PROVIDER_ID);
  const aliases = map.texts('id_aliases', { ...PROVIDER_ID, mayBeEmpty: true })?.value ?? [];
  const url = map.value('base_url');
  if (id !== undefined) rejectTakenNames(map, id, aliases);
  const address = url === undefined ? undefined : readBaseUrl(url, id?.value ?? '');
  for (const key of ['display_name', 'description', 'website']) map.text(key, PROSE);
  const disabled = map.boolean('disabled')?.value === true;
  const labels = readLabels(map.value('metadata'));
  readKeys(map.value('api_keys'));
  const models = readModels(map.value('models'));
  map.close();
  if (id === undefined) return undefined;
  return {
    ...{ id, aliases, disabled, labels, models },
    ...(address === undefined ? {} : { url: address }),
  };
}

/** Under the name of a built-in provider, its claims would be those of somebody else. */
function rejectTakenNames(
  { report }: MapReader,
  id: Located<string>,
  aliases: readonly Located<string>[],
): void {
  for (const alias of aliases) {
    const taken = builtInProvider(alias.value);
    if (taken === undefined || taken === builtInProvider(id.value)) continue;
    report.error(
      'contradiction',
      alias,
      `${quote(alias.value)} is a built-in provider, and no alias of ${quote(id.value)}`,
      { help: 'give it an alias of its own: what is said of one must not count for the other' },
    );
  }
}

/**
 * Every model of a configured provider is known: the gateway passes on models that it does not list. A built-in
 * provider is declared as catalogs commonly list it, so that what they say of it counts.
 */
export function declareProvider(provider: ConfiguredProvider): ProviderDeclaration {
  const id = NGROK_PROVIDERS.get(provider.id.value) ?? provider.id.value;
  const aliases = [provider.id, ...provider.aliases].filter(
    ({ value }) => canonicalId(value) !== canonicalId(id),
  );
  return {
    id,
    aliases: aliases.map(({ value }) => value),
    models: 'any',
    claims: labelClaims(provider.labels),
    position: provider.id.position,
    places: { id: provider.id.position, aliases: aliases.map(({ position }) => position) },
  };
}

/** Where the gateway reaches a provider of one's own, as the one endpoint that the file knows of it. */
export function declareEndpoint({ id, url }: ConfiguredProvider): readonly EndpointDeclaration[] {
  if (url === undefined) return [];
  const { value: baseUrl, position } = url;
  return [{ id: `${id.value}-base-url`, provider: id.value, baseUrl, claims: [], position }];
}
