import type { Requirement } from '../../core/model/requirement';
import type { ReadKey } from './read-key';

/** OpenRouter's data regions that process within a place, and the place. `global` is anywhere. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ['europe', 'eu'],
  ['us', 'US'],
]);

/**
 * The regions through which requests must arrive. What arrives through one is processed wholly within it, so that
 * is what is demanded of targets: through which host a request came, nobody can tell Ambit.
 */
export function readDataRegions(read: ReadKey): readonly Requirement[] {
  const reader = read('allowed_data_regions');
  const items = reader?.list() ?? [];
  const regions = items.flatMap((item) => item.choice([...PLACES.keys(), 'global']) ?? []);
  const places = [...new Set(regions.flatMap(({ value }) => PLACES.get(value) ?? []))];
  const isAnywhere = regions.some(({ value }) => value === 'global');
  if (reader === undefined || places.length === 0 || isAnywhere) return [];
  return [
    { rule: { kind: 'processing_regions', regions: places }, position: reader.label.position },
  ];
}
