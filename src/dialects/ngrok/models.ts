import type { MapReader, ValueReader } from '../yaml/reader';
import type { Located } from '../yaml/source-text';
import { readModelLabels, type Label } from './metadata';
import { MODEL_ID, PROSE } from './names';
import { rejectTwice } from './twice';

/** A model that a provider is configured with. */
export interface ConfiguredModel {
  readonly id: Located<string>;
  /** What clients may write instead; the provider does not know these. */
  readonly aliases: readonly string[];
  readonly author?: string;
  readonly disabled: boolean;
  readonly labels: readonly Label[];
}

/** What models can do decides nothing here; it is read to find mistakes. */
const CAPABILITY_LISTS = ['input_modalities', 'output_modalities', 'supported_features'];
const CAPABILITY_LIMITS = ['max_context_window', 'max_output_tokens'];

/** The models of a provider, in file order. Those with mistakes are reported and left out. */
export function readModels(reader: ValueReader | undefined): readonly ConfiguredModel[] {
  const items = reader?.list({ mayBeEmpty: true }) ?? [];
  const models = items.flatMap((item) => readModel(item) ?? []);
  const ids = models.map(({ id }) => id);
  if (reader !== undefined) rejectTwice(reader.report, 'model', ids);
  return models;
}

function readModel(item: ValueReader): ConfiguredModel | undefined {
  const map = item.map();
  if (map === undefined) return undefined;
  const id = map.required('id')?.text(MODEL_ID);
  const aliases = map.texts('id_aliases', { ...MODEL_ID, mayBeEmpty: true })?.value ?? [];
  const author = map.text('author_id', MODEL_ID)?.value;
  const disabled = map.boolean('disabled')?.value === true;
  const labels = readModelLabels(map.value('metadata'));
  readCapabilities(map);
  map.close();
  if (id === undefined) return undefined;
  return {
    id,
    aliases: aliases.map(({ value }) => value),
    ...(author === undefined ? {} : { author }),
    disabled,
    labels,
  };
}

function readCapabilities(map: MapReader): void {
  for (const key of ['display_name', 'description']) map.text(key, PROSE);
  for (const key of CAPABILITY_LISTS) map.texts(key, { mayBeEmpty: true });
  for (const key of CAPABILITY_LIMITS) map.integer(key);
}
