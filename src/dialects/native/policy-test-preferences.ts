import type { Preferences } from '../../core/model/request';
import { normaliseRegion } from '../../core/requirements/regions';
import type { MapReader } from '../yaml/reader';

/**
 * Reads the preferences of a test's request. Lists may be empty here, and only here: an empty list of a request has a
 * meaning that is to be tested (L4).
 */
export function readPreferences(map: MapReader | undefined): Preferences | undefined {
  if (map === undefined) return undefined;
  const listOf = (key: string): readonly string[] | undefined =>
    map.texts(key, { mayBeEmpty: true })?.value.map((text) => text.value);
  const regions = listOf('processing_regions')?.map(normaliseRegion);
  const read = {
    only: listOf('only'),
    ignore: listOf('ignore'),
    order: listOf('order'),
    allowFallbacks: map.boolean('allow_fallbacks')?.value,
    zeroDataRetention: map.boolean('zero_data_retention')?.value,
    noTraining: map.boolean('no_training')?.value,
    dataCollection: map.choice('data_collection', ['allow', 'deny'])?.value,
    maxRetentionDays: map.integer('max_retention_days')?.value,
    processingRegions: regions,
    quantizations: listOf('quantizations'),
    maxPrice: readMaxPrice(map.map('max_price')),
  };
  map.close();
  return withoutAbsent(read);
}

function readMaxPrice(map: MapReader | undefined): Preferences['maxPrice'] {
  if (map === undefined) return undefined;
  const prompt = map.number('prompt')?.value;
  const completion = map.number('completion')?.value;
  map.close();
  return withoutAbsent({ prompt, completion });
}

/** An object without the keys that are undefined, so that absent stays absent. */
export function withoutAbsent<T extends object>(
  parts: T,
): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
