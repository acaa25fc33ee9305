import type { ListEntry, TargetList } from '../../core/model/policy';
import { noteRestrictsNothing } from '../yaml/empty-lists';
import type { TextListRules } from '../yaml/lists';
import type { MapReader } from '../yaml/reader';
import type { Located } from '../yaml/source-text';
import { bannedModel, modelOrCustomEntry, providerEntry } from './entries';
import { MODELS, PROVIDERS } from './names';

/** Which list it is, and what its names are. */
interface ListForm {
  readonly key: string;
  readonly effect: TargetList['effect'];
  readonly subject: TargetList['subject'];
}

const FORMS: readonly ListForm[] = [
  { key: 'blockedProviders', effect: 'deny', subject: 'provider' },
  { key: 'allowedProviders', effect: 'allow', subject: 'provider' },
  { key: 'blockedModels', effect: 'deny', subject: 'model' },
  { key: 'allowedModels', effect: 'allow', subject: 'model' },
];

const READING: Readonly<
  Record<
    TargetList['subject'],
    {
      readonly rules: TextListRules;
      readonly entriesOf: (name: Located<string>) => readonly ListEntry[];
    }
  >
> = {
  provider: { rules: PROVIDERS, entriesOf: providerEntry },
  model: { rules: MODELS, entriesOf: modelOrCustomEntry },
};

/** The lists of a compliance policy. All of them hold together; an empty one restricts nothing, and is noted. */
export function complianceLists(policy: MapReader): readonly TargetList[] {
  return FORMS.flatMap(({ key, effect, subject }): readonly TargetList[] => {
    const { rules, entriesOf } = READING[subject];
    const reader = policy.value(key);
    const names = reader?.texts({ ...rules, mayBeEmpty: true });
    if (reader === undefined || names === undefined || noteRestrictsNothing(reader)) return [];
    const { position } = reader.label;
    const read = effect === 'deny' && subject === 'model' ? bannedModel : entriesOf;
    return [{ subject, effect, entries: names.value.flatMap(read), position }];
  });
}
