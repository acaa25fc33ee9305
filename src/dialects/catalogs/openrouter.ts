import { isCountry, normaliseRegion } from '../../core/requirements/regions';
import type { Claim } from '../../core/model/claim';
import type { ProviderTable } from '../../core/model/policy-set';
import type { MapReader, ValueReader } from '../yaml/reader';
import { quote, type Located } from '../yaml/source-text';
import { Collection, type ListedTarget } from './collect';
import type { ListNotes } from './list-notes';
import { PER_TOKEN } from './price';
import { priceClaims, type StatedPrice } from './prices';

/** Precisions that OpenRouter names. `unknown` is one of its words, and states nothing. */
const QUANTIZATIONS = [
  'int4',
  'int8',
  'fp4',
  'fp6',
  'fp8',
  'fp16',
  'bf16',
  'fp32',
  'unknown',
] as const;

/** The end of a model's name that OpenRouter documents as free of charge. */
const FREE = ':free';

/** What an answer is read with. */
export interface AnswerContext {
  readonly notes: ListNotes;
  /** What OpenRouter calls providers. */
  readonly providers: ProviderTable;
}

/** Reads the answer of `/api/v1/providers`. It knows providers only, so each stands for all its models. */
export function readOpenrouterProviders(
  items: readonly ValueReader[],
  { notes, providers }: AnswerContext,
): Collection {
  const collection = new Collection(notes);
  const seen = new Map<string, Located<string>>();
  for (const item of items) {
    const provider = item.map();
    const slug = provider?.required('slug')?.text();
    const claims = readSeat(provider?.valueUnlessNull('headquarters'));
    if (slug === undefined) continue;
    const id = providers.get(slug.value) ?? slug.value;
    const first = seen.get(id);
    seen.set(id, slug);
    if (first !== undefined) rejectSecond(item, slug, first);
    collection.addProvider(id, slug, { models: 'any', claims });
  }
  return collection;
}

function rejectSecond(item: ValueReader, slug: Located<string>, first: Located<string>): void {
  const message = `${quote(slug.value)} is a provider that stands in the list before`;
  item.report.error('duplicate_item', slug, message, {
    help: 'remove one of the two',
    related: { at: first, message: 'the first stands here' },
  });
}

/**
 * The seat of the company, as a label. It is no claim on headquarters, which are its own and its parents': of those
 * the list says nothing (L2). Where its computers stand says nothing of where a request is processed.
 */
function readSeat(reader: ValueReader | undefined): readonly Claim[] {
  const text = reader?.text();
  if (reader === undefined || text === undefined) return [];
  if (isCountry(text.value)) {
    const { position } = reader.label;
    const value = normaliseRegion(text.value);
    return [{ name: 'label:seat', value, position, assurance: 'declared' }];
  }
  reader.fail('unknown_value', `${reader.name} names ${quote(text.value)}, which is no country`, {
    help: 'name the country by its ISO 3166-1 code',
  });
  return [];
}

/**
 * Reads endpoints as `/api/v1/models/AUTHOR/SLUG/endpoints` and `/api/v1/endpoints/zdr` answer them. `model` is the id
 * that stands above them, where there is one. Which of the two answers it is stands in no file, so an endpoint is never
 * taken for one of zero data retention.
 */
export function readOpenrouterEndpoints(
  items: readonly ValueReader[],
  context: AnswerContext,
  model?: string,
): Collection {
  const collection = new Collection(context.notes);
  for (const item of items) {
    const endpoint = item.map();
    if (endpoint !== undefined) readEndpoint(endpoint, { ...context, collection, model });
  }
  return collection;
}

function readEndpoint(
  endpoint: MapReader,
  context: AnswerContext & {
    readonly collection: Collection;
    readonly model: string | undefined;
  },
): void {
  const tag = endpoint.required('tag')?.text();
  const model = endpoint.valueUnlessNull('model_id')?.text()?.value ?? context.model;
  const pricing = endpoint.valueUnlessNull('pricing')?.map();
  const quantization = readQuantization(endpoint.valueUnlessNull('quantization'));
  if (tag === undefined) return;
  const { collection, notes, providers } = context;
  const name = model ?? tag.value;
  const form = { shift: PER_TOKEN, notes, target: name, isFree: name.endsWith(FREE) };
  const prices = pricing === undefined ? [] : priceClaims(statedPrices(pricing), form);
  if (model === undefined) {
    notes.add('entry_not_taken', tag, tag.value);
    return;
  }
  const claims = [...quantization, ...prices];
  collection.addTarget({ ...placeOf(tag.value, model, providers), model, claims }, tag);
}

/** `deepinfra/fp8` is one of several endpoints of a provider for the same model. */
function placeOf(
  tag: string,
  model: string,
  providers: ProviderTable,
): Pick<ListedTarget, 'provider' | 'id' | 'endpoint'> {
  const at = tag.indexOf('/');
  const slug = at === -1 ? tag : tag.slice(0, at);
  const provider = providers.get(slug) ?? slug;
  const id = `${provider}${tag.slice(slug.length)}/${model}`;
  return at === -1 ? { provider, id } : { provider, id, endpoint: tag.slice(at + 1) };
}

function readQuantization(reader: ValueReader | undefined): readonly Claim[] {
  const word = reader?.choice(QUANTIZATIONS);
  if (reader === undefined || word === undefined || word.value === 'unknown') return [];
  const { position } = reader.label;
  return [{ name: 'quantization', value: word.value, position, assurance: 'declared' }];
}

function statedPrices(pricing: MapReader): readonly StatedPrice[] {
  const reasoning = pricing.valueUnlessNull('internal_reasoning');
  return [
    { name: 'price_prompt', usual: pricing.valueUnlessNull('prompt'), others: [] },
    {
      name: 'price_completion',
      usual: pricing.valueUnlessNull('completion'),
      others: reasoning === undefined ? [] : [reasoning],
    },
  ];
}
