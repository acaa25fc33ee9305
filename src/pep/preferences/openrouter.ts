import { isObject } from '../json-object';
import { advising, readKeys, refusing, refusingWhenOn, stating } from './keys';
import type { KeyTable, ReadKey } from './keys';
import type { Notes } from './notes';
import { amount, modelNames, names, price, truth, wordOf, wordsOf } from './values';
import type { Parsed } from './values';

/** Precisions that OpenRouter names. `unknown` is met by a claim of that name only, never by no claim (L1). */
const PRECISIONS = 'int4 int8 fp4 fp6 fp8 fp16 bf16 fp32 unknown'.split(' ');

const NOT_PRICED = 'bounds a price that no claim tells';

const PRICES: KeyTable = table({
  prompt: stating('maxPromptPrice', price),
  completion: stating('maxCompletionPrice', price),
  request: refusing(NOT_PRICED),
  image: refusing(NOT_PRICED),
  audio: refusing(NOT_PRICED),
});

/** Keys of `provider` as OpenRouter documents them. It takes null for absent everywhere. */
const PROVIDER: KeyTable = table({
  only: stating('only', names),
  ignore: stating('ignore', names),
  order: stating('order', names),
  allow_fallbacks: stating('allowFallbacks', truth),
  zdr: stating('zeroDataRetention', truth),
  data_collection: stating('dataCollection', wordOf('allow', 'deny')),
  quantizations: stating('quantizations', wordsOf(PRECISIONS)),
  max_price: (value, place, notes) => {
    readKeys(value, place, PRICES, notes);
  },
  require_parameters: refusingWhenOn('asks what each target supports, of which no claim tells'),
  enforce_distillable_text: refusingWhenOn('asks for a licence, of which no claim tells'),
  sort: advising(sorting),
  preferred_min_throughput: advising(percentiles),
  preferred_max_latency: advising(percentiles),
});

/** The fields of a body that are OpenRouter's, but `plugins`. */
const FIELDS: ReadonlyMap<string, ReadKey> = new Map<string, ReadKey>([
  [
    'provider',
    (value, place, notes) => {
      readKeys(value, place, PROVIDER, notes);
    },
  ],
  ['models', stating('models', modelNames)],
  ['route', advising(wordOf('fallback'))],
  ['transforms', advising(wordsOf(['middle-out']))],
  ['plugins', readPlugins],
]);

/** Reads one of OpenRouter's fields of a body. */
export function readOpenRouter(field: string, value: unknown, notes: Notes): void {
  if (value !== null) FIELDS.get(field)?.(value, field, notes);
}

/** Plugins run beside the provider, where zero data retention does not reach: they could use any feature. */
function readPlugins(value: unknown, place: string, notes: Notes): void {
  if (!Array.isArray(value)) notes.problems.push(`\`${place}\` must be a list`);
  else if (value.length > 0) notes.asksMore = true;
}

function table(keys: Readonly<Record<string, ReadKey>>): KeyTable {
  return { keys: new Map(Object.entries(keys)), nullable: true };
}

const METRIC = wordOf('price', 'throughput', 'latency', 'exacto');
const PARTITION = wordOf('model', 'none');

function sorting(value: unknown): Parsed<unknown> {
  if (!isObject(value)) return METRIC(value);
  const holds = Object.entries(value).every(([key, item]) => {
    if (key !== 'by' && key !== 'partition') return false;
    return item === null || 'value' in (key === 'by' ? METRIC(item) : PARTITION(item));
  });
  return holds
    ? { value }
    : { problem: 'must name a metric in `by`, and `model` or `none` in `partition`' };
}

const PERCENTILES = ['p50', 'p75', 'p90', 'p99'];

function percentiles(value: unknown): Parsed<unknown> {
  if (!isObject(value)) return amount(value);
  const holds = Object.entries(value).every(
    ([key, item]) => PERCENTILES.includes(key) && (item === null || 'value' in amount(item)),
  );
  return holds ? { value } : { problem: `must give numbers under ${PERCENTILES.join(', ')}` };
}
