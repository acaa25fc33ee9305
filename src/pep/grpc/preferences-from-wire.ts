import type { Preferences } from '../../core/model/request';
import { normaliseRegion } from '../../core/requirements/regions';
import { DataCollection } from '../../gen/ambit/v1/context';
import type {
  MaxPrice,
  StringList,
  Preferences as WirePreferences,
} from '../../gen/ambit/v1/context';
import { MAX_LIST_ELEMENTS, MAX_VALUE_BYTES } from '../limits';
import { exceedsBytes } from '../text-size';
import type { Violation } from './violations';

/** Where preferences stand in a request. */
const PATH = 'context.preferences';

/** What reading finds wrong: `violations` are the enforcement point's, `problems` the end client's. */
export interface Complaints {
  readonly violations: Violation[];
  readonly problems: string[];
}

const NO_PREFERENCES: Preferences = {};

/** Reads preferences. An absent field stays absent, and an empty list stays an empty list. */
export function preferencesFromWire(
  wire: WirePreferences | undefined,
  complaints: Complaints,
): Preferences {
  if (wire === undefined) return NO_PREFERENCES;
  const list = (field: StringList | undefined, name: string): readonly string[] | undefined =>
    listFromWire(field, name, complaints);
  const only = list(wire.only, 'only');
  const ignore = list(wire.ignore, 'ignore');
  const order = list(wire.order, 'order');
  const processingRegions = list(wire.processingRegions, 'processing_regions')?.map(
    normaliseRegion,
  );
  const quantizations = list(wire.quantizations, 'quantizations');
  const dataCollection = collectionFromWire(wire.dataCollection, complaints);
  const maxPrice = priceFromWire(wire.maxPrice, complaints);
  const { allowFallbacks, zeroDataRetention, noTraining, maxRetentionDays } = wire;
  if (maxRetentionDays !== undefined && !isDays(maxRetentionDays)) {
    complaints.problems.push(`${PATH}.max_retention_days is no number of days`);
  }
  return {
    ...(only === undefined ? {} : { only }),
    ...(ignore === undefined ? {} : { ignore }),
    ...(order === undefined ? {} : { order }),
    ...(allowFallbacks === undefined ? {} : { allowFallbacks }),
    ...(zeroDataRetention === undefined ? {} : { zeroDataRetention }),
    ...(noTraining === undefined ? {} : { noTraining }),
    ...(dataCollection === undefined ? {} : { dataCollection }),
    ...(maxRetentionDays === undefined ? {} : { maxRetentionDays }),
    ...(processingRegions === undefined ? {} : { processingRegions }),
    ...(quantizations === undefined ? {} : { quantizations }),
    ...(maxPrice === undefined ? {} : { maxPrice }),
  };
}

function isDays(days: number): boolean {
  return Number.isSafeInteger(days) && days >= 0;
}

function listFromWire(
  list: StringList | undefined,
  name: string,
  { problems }: Complaints,
): readonly string[] | undefined {
  if (list === undefined) return undefined;
  const { values } = list;
  if (values.length > MAX_LIST_ELEMENTS) {
    problems.push(`${PATH}.${name} has more than ${String(MAX_LIST_ELEMENTS)} elements`);
  } else if (values.includes('')) {
    problems.push(`${PATH}.${name} holds an empty name`);
  } else if (values.some((value) => exceedsBytes(value, MAX_VALUE_BYTES))) {
    problems.push(`${PATH}.${name} holds a name of more than ${String(MAX_VALUE_BYTES)} bytes`);
  }
  return [...new Set(values)];
}

function collectionFromWire(
  number: number,
  { problems }: Complaints,
): Preferences['dataCollection'] {
  switch (number) {
    case DataCollection.DATA_COLLECTION_UNSPECIFIED:
      return undefined;
    case DataCollection.DATA_COLLECTION_ALLOW:
      return 'allow';
    case DataCollection.DATA_COLLECTION_DENY:
      return 'deny';
    default:
      problems.push(`${PATH}.data_collection is not understood`);
      return undefined;
  }
}

function priceFromWire(
  price: MaxPrice | undefined,
  { problems }: Complaints,
): Preferences['maxPrice'] {
  if (price === undefined) return undefined;
  const { prompt, completion } = price;
  for (const [name, amount] of [
    ['prompt', prompt],
    ['completion', completion],
  ] as const) {
    if (amount !== undefined && !(Number.isFinite(amount) && amount >= 0)) {
      problems.push(`${PATH}.max_price.${name} is no price`);
    }
  }
  // Without any bound it restricts nothing, as the contract says.
  if (prompt === undefined && completion === undefined) return undefined;
  return {
    ...(prompt === undefined ? {} : { prompt }),
    ...(completion === undefined ? {} : { completion }),
  };
}
