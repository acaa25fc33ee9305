import type { BlockSettings, ListEntry, Policy, TargetList } from '../../core/model/policy';
import type { TextListRules } from '../yaml/lists';
import type { MapReader } from '../yaml/reader';
import type { Located } from '../yaml/source-text';
import { bannedMapping, bannedModel, mappingEntry, modelEntry, providerEntry } from './entries';
import { makePolicy } from './make-policy';
import { MAPPINGS, MODELS, PROVIDERS } from './names';

/** What the three lists of a restriction name. */
interface Named {
  readonly providers: readonly ListEntry[];
  readonly models: readonly ListEntry[];
}

/** LLMGateway publishes no words for it, and those of the compliance policy name whom it does not belong to. */
const BLOCK: BlockSettings = { status: 403 };

/**
 * Reads the restriction that LLMGateway's staff sets. Its lists are one: a target that any of them names is what is
 * allowed, or what is denied. An empty one is a policy only where it allows, and then nothing passes it.
 */
export function readRestriction(restriction: MapReader, id: string): readonly Policy[] {
  const mode = restriction.required('mode')?.choice(['allow', 'deny'], { proposed: [] })?.value;
  const isBan = mode === 'deny';
  const providers = readEntries(restriction, 'providers', PROVIDERS, providerEntry);
  const models = [
    ...readEntries(restriction, 'models', MODELS, isBan ? bannedModel : modelEntry),
    ...readEntries(restriction, 'mappings', MAPPINGS, isBan ? bannedMapping : mappingEntry),
  ];
  // Why it was set is for the record of LLMGateway's staff.
  restriction.text('note');
  restriction.close();
  if (mode === undefined) return [];
  if (providers.length + models.length === 0) noteEmpty(restriction, mode);
  const lists =
    mode === 'allow'
      ? [unionOf(restriction, { providers, models })]
      : denyLists(restriction, { providers, models });
  return lists.length === 0
    ? []
    : [makePolicy(restriction, id, { lists, requirements: [], block: BLOCK })];
}

function readEntries(
  restriction: MapReader,
  key: string,
  rules: TextListRules,
  entriesOf: (name: Located<string>) => readonly ListEntry[],
): readonly ListEntry[] {
  const names = restriction.texts(key, { ...rules, mayBeEmpty: true });
  return names?.value.flatMap(entriesOf) ?? [];
}

/** One allow list of all that is named: what is on it by any of its entries is served. */
function unionOf({ label }: MapReader, { providers, models }: Named): TargetList {
  const isOfModels = providers.length === 0 && models.length > 0;
  return {
    subject: isOfModels ? 'model' : 'provider',
    effect: 'allow',
    entries: [...providers, ...models],
    position: label.position,
  };
}

function denyLists({ label: { position } }: MapReader, named: Named): readonly TargetList[] {
  const lists: readonly TargetList[] = [
    { subject: 'provider', effect: 'deny', entries: named.providers, position },
    { subject: 'model', effect: 'deny', entries: named.models, position },
  ];
  return lists.filter(({ entries }) => entries.length > 0);
}

function noteEmpty({ report, label, path }: MapReader, mode: 'allow' | 'deny'): void {
  // Where a name is wrong, the restriction only seems to be empty.
  if (report.hasErrors) return;
  if (mode === 'allow') {
    report.notice(
      'list_allows_nothing',
      label,
      `\`${path}\` allows nothing: every request is blocked`,
      {
        help: 'nothing, if that is meant; else name what is served',
      },
    );
    return;
  }
  report.notice('list_restricts_nothing', label, `\`${path}\` denies nothing and is no policy`, {
    help: 'name what is denied, or remove the key',
  });
}
