import type { ListEntry, TargetList, TargetPattern } from '../../core/model/policy';
import type { MapReader, ValueReader } from '../yaml/reader';
import type { Located } from '../yaml/source-text';
import type { ConfiguredModel, ConfiguredProvider } from './providers';

/**
 * The lists of a gateway: what is configured, where a flag says that nothing else is allowed, and what is disabled,
 * whatever the flags say.
 */
export function listsOf(
  config: MapReader,
  providers: readonly ConfiguredProvider[],
): readonly TargetList[] {
  const enabled = providers.filter(({ disabled }) => !disabled);
  return [
    ...allowList(config.value('only_allow_configured_providers'), 'provider', () =>
      enabled.map(({ id }) => entryOf({ provider: id.value }, id)),
    ),
    ...allowList(config.value('only_allow_configured_models'), 'model', () =>
      enabled.flatMap(allowedModels),
    ),
    ...denyList(
      'provider',
      providers
        .filter(({ disabled }) => disabled)
        .map(({ id }) => entryOf({ provider: id.value }, id)),
    ),
    ...denyList('model', providers.flatMap(deniedModels)),
  ];
}

function allowList(
  flag: ValueReader | undefined,
  subject: TargetList['subject'],
  entries: () => readonly ListEntry[],
): readonly TargetList[] {
  if (flag?.boolean()?.value !== true) return [];
  const allowed = entries();
  if (allowed.length === 0) noteEmpty(flag, `no ${subject} is configured`);
  return [{ subject, effect: 'allow', entries: allowed, position: flag.label.position }];
}

/** Says that an allow list is empty, which ngrok documents as blocking everything. */
export function noteEmpty({ report, label }: ValueReader, why: string): void {
  // Where a name is wrong, the list only seems to be empty.
  if (report.hasErrors) return;
  report.notice('list_allows_nothing', label, `${why}, so every request is blocked`, {
    help: 'nothing, if that is meant; else name what is allowed',
  });
}

/** A list of what is denied; none where nothing is. */
export function denyList(
  subject: TargetList['subject'],
  entries: readonly ListEntry[],
): readonly TargetList[] {
  const [first] = entries;
  return first === undefined
    ? []
    : [{ subject, effect: 'deny', entries, position: first.position }];
}

/** A model is allowed at the provider that it is configured at, and nowhere else. */
function allowedModels({ id: provider, models }: ConfiguredProvider): readonly ListEntry[] {
  return models
    .filter(({ disabled }) => !disabled)
    .flatMap((model) =>
      namesOf(model).map((name) => entryOf({ provider: provider.value, model: name }, model.id)),
    );
}

/** Aliases are names of clients, and no model of the provider's is allowed by one; a ban holds for them, and under any author. */
function deniedModels({ id: provider, models }: ConfiguredProvider): readonly ListEntry[] {
  return models
    .filter(({ disabled }) => disabled)
    .flatMap((model) =>
      [...namesOf(model), `*/${model.id.value}`, ...model.aliases].map((name) =>
        entryOf({ provider: provider.value, model: name }, model.id),
      ),
    );
}

/** The model as the provider knows it, and the same with its author in front, as ngrok documents names. */
export function namesOf({ id, author }: ConfiguredModel): readonly string[] {
  return author === undefined ? [id.value] : [id.value, `${author}/${id.value}`];
}

/** An entry of a list, at the word that stands for it. */
export function entryOf(pattern: TargetPattern, word: Located<string>): ListEntry {
  return { pattern, text: textOf(pattern, word), future: false, position: word.position };
}

function textOf({ provider, model }: TargetPattern, word: Located<string>): string {
  return provider !== undefined && model !== undefined ? `${provider}:${model}` : word.value;
}
