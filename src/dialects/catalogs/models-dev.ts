import type { MapReader, ValueReader } from '../yaml/reader';
import { quote, type Located } from '../yaml/source-text';
import { Collection } from './collect';
import type { ListNotes } from './list-notes';
import { PER_MILLION_TOKENS } from './price';
import { priceClaims, type StatedPrice } from './prices';

/**
 * Reads `api.json` of models.dev: providers by id, each with its models by id. Only ids and prices are facts that a
 * claim states; see docs/catalogs.md for what is passed over.
 */
export function readModelsDev(root: MapReader, notes: ListNotes): Collection {
  const collection = new Collection(notes);
  for (const { key, value } of root.entries()) {
    const provider = value.map();
    if (provider === undefined) continue;
    checkId(provider, key);
    const models = provider.required('models')?.map();
    if (!collection.addProvider(key.value, key)) continue;
    for (const model of models?.entries() ?? []) {
      readModel(model, { provider: key.value, collection, notes });
    }
  }
  return collection;
}

function readModel(
  { key, value }: { readonly key: Located<string>; readonly value: ValueReader },
  context: {
    readonly provider: string;
    readonly collection: Collection;
    readonly notes: ListNotes;
  },
): void {
  const map = value.map();
  if (map === undefined) return;
  checkId(map, key);
  const { provider, collection, notes } = context;
  const cost = map.valueUnlessNull('cost')?.map();
  const target = `${provider}/${key.value}`;
  const claims =
    cost === undefined
      ? []
      : priceClaims(statedPrices(cost), { shift: PER_MILLION_TOKENS, notes, target });
  collection.addTarget({ provider, model: key.value, claims }, key);
}

/** A model may cost more beyond a length of the context, and its reasoning more than the rest of its answer. */
function statedPrices(cost: MapReader): readonly StatedPrice[] {
  const tiers = [
    cost.valueUnlessNull('context_over_200k')?.map(),
    ...(cost.valueUnlessNull('tiers')?.list({ mayBeEmpty: true }) ?? []).map((tier) => tier.map()),
  ].filter((tier) => tier !== undefined);
  const all = (key: string): readonly ValueReader[] =>
    [cost, ...tiers].flatMap((each) => each.valueUnlessNull(key) ?? []);
  const usual = (key: string): ValueReader | undefined => cost.valueUnlessNull(key);
  return [
    { name: 'price_prompt', usual: usual('input'), others: all('input') },
    {
      name: 'price_completion',
      usual: usual('output'),
      others: [...all('output'), ...all('reasoning')],
    },
  ];
}

/** The id stands twice, as key and inside; where the two differ, neither can be trusted. */
function checkId(map: MapReader, key: Located<string>): void {
  const id = map.required('id')?.text();
  if (id === undefined || id.value === key.value) return;
  const message = `${quote(key.value)} states the id ${quote(id.value)}, which is another`;
  map.report.error('contradiction', id, message, {
    help: 'fetch the list again',
    related: { at: key, message: 'the key stands here' },
  });
}
