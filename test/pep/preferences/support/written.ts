import type { Preferences } from '../../../../src/core/model/request';
import { chance, pick } from '../../../generators/source';
import type { Source } from '../../../generators/source';

/** A body and headers that are being written. */
export interface Draft {
  readonly gateway: Record<string, unknown>;
  readonly provider: Record<string, unknown>;
  readonly headers: Record<string, string>;
}

type Write = (value: unknown, draft: Draft) => void;

const inGateway =
  (key: string): Write =>
  (value, { gateway }) => {
    gateway[key] = value;
  };

const inProvider =
  (key: string): Write =>
  (value, { provider }) => {
    provider[key] = value;
  };

const inHeader =
  (word: string): Write =>
  (value, { headers }) => {
    headers[`ambit-prefer-${word}`] = Array.isArray(value) ? value.join(', ') : String(value);
  };

/** All places in which each preference can be stated; a price has two parts, each with places of its own. */
const PLACES: Readonly<Record<Exclude<keyof Preferences, 'maxPrice'>, readonly Write[]>> = {
  only: [inGateway('only'), inProvider('only'), inHeader('only')],
  ignore: [inProvider('ignore'), inHeader('ignore')],
  order: [inGateway('order'), inProvider('order'), inHeader('order')],
  allowFallbacks: [inProvider('allow_fallbacks'), inHeader('allow-fallbacks')],
  zeroDataRetention: [
    inGateway('zeroDataRetention'),
    inProvider('zdr'),
    inHeader('zero-data-retention'),
  ],
  noTraining: [inGateway('disallowPromptTraining'), inHeader('no-training')],
  dataCollection: [inProvider('data_collection'), inHeader('data-collection')],
  maxRetentionDays: [inHeader('max-retention-days')],
  processingRegions: [inHeader('processing-regions')],
  quantizations: [inProvider('quantizations'), inHeader('quantizations')],
};

/** Writes preferences as a client would: each in one of its places, or alike in two. */
export function written(source: Source, { maxPrice, ...wish }: Preferences): Draft {
  const draft: Draft = { gateway: {}, provider: {}, headers: {} };
  for (const [name, value] of Object.entries(wish)) {
    const places = PLACES[name as keyof typeof PLACES];
    pick(source, places)(value, draft);
    if (chance(source, 25)) pick(source, places)(value, draft);
  }
  if (maxPrice === undefined) return draft;
  if (chance(source, 50)) inProvider('max_price')(maxPrice, draft);
  else {
    for (const [part, amount] of Object.entries(maxPrice)) {
      inHeader(`max-price-${part}`)(amount, draft);
    }
  }
  return draft;
}

/** The body of a draft. */
export function bodyOf({ gateway, provider }: Draft): Readonly<Record<string, unknown>> {
  return {
    model: 'm-small',
    ...(Object.keys(gateway).length > 0 ? { providerOptions: { gateway } } : {}),
    ...(Object.keys(provider).length > 0 ? { provider } : {}),
  };
}
