import { nearestRegionNames, normaliseRegion } from '../../core/requirements/regions';
import { quote, type Located } from './source-text';
import type { Value } from './value';

/** What the name of a region may be, and what is said of another one. */
export interface RegionForm {
  readonly isKnown: (name: string) => boolean;
  /** What the name in quotes is, to complete "`allow` names ...". */
  readonly describe: (name: string) => string;
  readonly help: string;
}

/** A region as it is compared, whatever its case in the file; what is none is reported with the nearest one. */
export function readRegionName(
  reader: Value,
  text: Located<string>,
  { isKnown, describe, help }: RegionForm,
): string | undefined {
  if (isKnown(text.value)) return normaliseRegion(text.value);
  const [nearest] = nearestRegionNames(text.value).filter(isKnown);
  const message = `${reader.name} names ${describe(quote(text.value))}`;
  reader.report.error('unknown_value', text, message, {
    help,
    ...(nearest === undefined ? {} : { replacement: nearest }),
  });
  return undefined;
}
