import { FEATURES } from '../../core/model/api';
import type { Feature } from '../../core/model/api';

/** The features that a part of a request uses, or that it cannot be read. */
export type FeatureReading = readonly Feature[] | 'unreadable';

/**
 * What stands for a part of a request that nobody has listed: it could be any feature, so it counts as all of them,
 * and only a claim that names them all covers it.
 */
export const EVERY_FEATURE: readonly Feature[] = FEATURES.filter(
  (feature) => feature !== 'no_store',
);

/** All features of several parts; unreadable as soon as one part is. */
export function unite(readings: readonly FeatureReading[]): FeatureReading {
  const found = new Set<Feature>();
  for (const reading of readings) {
    if (reading === 'unreadable') return 'unreadable';
    for (const feature of reading) found.add(feature);
  }
  // A request that refers to what is stored at the provider uses the store, whatever it asks for its own answer.
  if (found.has('store')) found.delete('no_store');
  return [...found];
}
