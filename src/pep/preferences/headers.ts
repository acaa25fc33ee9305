import { nearestName } from '../../core/model/nearest-name';
import { PREFERENCE_WORDS } from '../../ports/client-preferences';
import type { ClientPreferenceRules, PreferenceWord } from '../../ports/client-preferences';
import { stating } from './keys';
import type { ReadKey } from './keys';
import type { Notes, StatedName, StatedValues } from './notes';
import { names, regions, wordOf } from './values';
import type { Parse, Parsed } from './values';

/** What every header of a preference begins with. */
const PREFIX = 'ambit-prefer-';

/** LLMGateway's header: where the request may be processed. Its value is compared without case. */
const RESIDENCY = 'x-llmgateway-data-residency';

/** A whole number without sign, zeros before it, or fraction. */
const WHOLE = /^(?:0|[1-9]\d{0,8})$/;

const DECIMAL = /^(?:0|[1-9]\d{0,11})(?:\.\d{1,12})?$/;

const READERS: Readonly<Record<PreferenceWord, ReadKey>> = {
  only: listing('only', names),
  ignore: listing('ignore', names),
  order: listing('order', names),
  'allow-fallbacks': stating('allowFallbacks', spelledTruth),
  'zero-data-retention': stating('zeroDataRetention', spelledTruth),
  'no-training': stating('noTraining', spelledTruth),
  'data-collection': stating('dataCollection', wordOf('allow', 'deny')),
  'max-retention-days': stating('maxRetentionDays', spelled(WHOLE, 'a whole number of days')),
  'processing-regions': listing('processingRegions', regions),
  quantizations: listing('quantizations', names),
  'max-price-prompt': stating('maxPromptPrice', spelled(DECIMAL, 'a price, such as 0.5')),
  'max-price-completion': stating('maxCompletionPrice', spelled(DECIMAL, 'a price, such as 0.5')),
};

/** Reads the headers that state preferences; all others are none of its business. */
export function readHeaders(
  headers: ReadonlyMap<string, readonly string[]>,
  rules: ClientPreferenceRules,
  notes: Notes,
): void {
  for (const [written, values] of headers) {
    const name = written.toLowerCase();
    if (name === RESIDENCY) {
      const read = rules.formats.includes('llmgateway') ? readResidency : refuse;
      for (const value of values) read(value, name, notes);
    } else if (name.startsWith(PREFIX)) {
      const read = readerOf(name.slice(PREFIX.length), rules);
      for (const value of values) read(value.trim(), name, notes);
    }
  }
}

function readerOf(word: string, { headers }: ClientPreferenceRules): ReadKey {
  const known = PREFERENCE_WORDS.find((each) => each === word);
  if (known === undefined) return refuseUnknown;
  return headers.includes(known) ? READERS[known] : refuse;
}

/** Not read as if it were not there: its client believes that it holds. */
function refuse(_value: unknown, place: string, { problems }: Notes): void {
  problems.push(`\`${place}\` is not read here; leave it out`);
}

function refuseUnknown(_value: unknown, place: string, { problems }: Notes): void {
  const nearest = nearestName(place.slice(PREFIX.length), PREFERENCE_WORDS);
  const help =
    nearest === undefined
      ? `known are ${PREFERENCE_WORDS.join(', ')}`
      : `\`${PREFIX}${nearest}\` may be meant`;
  problems.push(`a header \`${PREFIX}…\` is not known; ${help}`);
}

const readResidency: ReadKey = (value, place, notes) => {
  stating('processingRegions', oneRegion)(value, place, notes);
};

function oneRegion(value: unknown): Parsed<readonly string[]> {
  return regions([typeof value === 'string' ? value.trim() : value]);
}

/** An empty header is an empty list, which is not the same as no header (L4). */
function listing<N extends StatedName>(name: N, parse: Parse<StatedValues[N]>): ReadKey {
  return stating(name, (value) => {
    const text = String(value);
    return parse(text === '' ? [] : text.split(',').map((item) => item.trim()));
  });
}

function spelledTruth(value: unknown): Parsed<boolean> {
  if (value === 'true' || value === 'false') return { value: value === 'true' };
  return { problem: 'must be `true` or `false`' };
}

function spelled(form: RegExp, what: string): Parse<number> {
  return (value) =>
    typeof value === 'string' && form.test(value)
      ? { value: Number(value) }
      : { problem: `must be ${what}` };
}
