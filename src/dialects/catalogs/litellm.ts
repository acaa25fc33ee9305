import type { Api } from '../../core/model/api';
import type { MapReader, ValueReader } from '../yaml/reader';
import type { Located } from '../yaml/source-text';
import { Collection, type ListedTarget } from './collect';
import { MODE_APIS, PATH_APIS, providerIdOf, routeOf } from './litellm-names';
import { litellmPrices } from './litellm-prices';
import type { ListNotes } from './list-notes';

/** The entry that explains the others. Its values are explanations, and its prices are 0. */
const SAMPLE = 'sample_spec';

/** Keys for a price by size of an image or by term of a contract, which no request names as its model. */
const PRICE_KEY = /(?:^|\/)(?:\d+-x-\d+|max-x-max|\d+-month-commitment)(?:\/|$)/u;

/** A region of AWS before the model, as LiteLLM documents it for Bedrock. */
const AWS_REGION = /^([a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d)\/(.+)$/u;

/**
 * Reads LiteLLM's price map, `model_prices_and_context_window.json`: models by the name that LiteLLM has for them.
 * Only ids, APIs and prices are facts that a claim or a target states; see docs/catalogs.md.
 */
export function readLitellm(root: MapReader, notes: ListNotes): Collection {
  const collection = new Collection(notes);
  for (const { key, value } of root.entries()) {
    const entry = key.value === SAMPLE ? undefined : value.map();
    if (entry === undefined) continue;
    const listed = readEntry(entry, key, notes);
    if (listed === undefined) continue;
    collection.addTarget(listed, key);
  }
  return collection;
}

/** Undefined: the entry names no target (an alias of another has no provider), which was noted or reported. */
function readEntry(
  entry: MapReader,
  key: Located<string>,
  notes: ListNotes,
): ListedTarget | undefined {
  const provider = entry.valueUnlessNull('litellm_provider');
  if (provider === undefined || PRICE_KEY.test(key.value)) {
    notes.add('entry_not_taken', key, key.value);
    return undefined;
  }
  const name = provider.text();
  if (name === undefined) return undefined;
  const apis = readApis(entry);
  return {
    provider: providerIdOf(name.value),
    ...readModel(key.value, name.value),
    ...(apis.length === 0 ? {} : { apis }),
    claims: litellmPrices(entry, key.value, notes),
  };
}

/** The provider's own name of the model, without the route that LiteLLM puts before it. */
function readModel(key: string, provider: string): { model: string; region?: string } {
  const route = `${routeOf(provider)}/`;
  const own = `${provider}/`;
  const prefix = [own, route].find((each) => key.startsWith(each)) ?? '';
  const model = key.slice(prefix.length);
  const [, region, rest] = AWS_REGION.exec(model) ?? [];
  const isRegional = providerIdOf(provider) === 'amazon-bedrock';
  return isRegional && region !== undefined && rest !== undefined
    ? { model: rest, region }
    : { model };
}

/** What `supported_endpoints` states, else what the mode means. Paths and modes without an API here say nothing. */
function readApis(entry: MapReader): readonly Api[] {
  const paths = entry.valueUnlessNull('supported_endpoints')?.list({ mayBeEmpty: true }) ?? [];
  const stated = paths.flatMap((path) => apiOf(path, PATH_APIS));
  const mode = entry.valueUnlessNull('mode');
  const ofMode = mode === undefined ? [] : apiOf(mode, MODE_APIS);
  return stated.length === 0 ? ofMode : [...new Set(stated)];
}

function apiOf(reader: ValueReader, table: ReadonlyMap<string, Api>): readonly Api[] {
  const api = table.get(reader.text()?.value ?? '');
  return api === undefined ? [] : [api];
}
