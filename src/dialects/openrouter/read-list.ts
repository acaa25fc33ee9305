import type { ListEntry, TargetList, TargetPattern } from '../../core/model/policy';
import { noteRestrictsNothing } from '../yaml/empty-lists';
import type { TextListRules } from '../yaml/lists';
import type { Located } from '../yaml/source-text';
import type { ReadKey } from './read-key';

/** Which list of the file it is, and what its entries are. */
export interface ListForm {
  readonly key: string;
  readonly subject: TargetList['subject'];
  readonly effect: TargetList['effect'];
  readonly rules: TextListRules;
  readonly entriesOf: (name: Located<string>) => readonly ListEntry[];
}

/** Reads one list. An empty one restricts nothing, as OpenRouter documents it, and is said. */
export function readList(read: ReadKey, form: ListForm): readonly TargetList[] {
  const reader = read(form.key);
  const names = reader?.texts({ ...form.rules, mayBeEmpty: true });
  if (reader === undefined || names === undefined || noteRestrictsNothing(reader)) return [];
  const { subject, effect } = form;
  const { label } = reader;
  return [
    { subject, effect, entries: names.value.flatMap(form.entriesOf), position: label.position },
  ];
}

/** What one word of a list stands for: catalogs have several forms for it, and any of them is meant. */
export function entriesOf(
  { value, position }: Located<string>,
  patterns: readonly TargetPattern[],
): readonly ListEntry[] {
  return patterns.map((pattern) => ({ pattern, text: value, future: false, position }));
}
