import type { ListEntry, TargetList } from '../../core/model/policy';
import type { MapReader } from '../yaml/reader';
import type { TextListRules } from '../yaml/lists';
import type { Located } from '../yaml/source-text';
import { MAX_SLUG_CHARS, noteIfEmpty } from './list-rules';

/** A `*` would be a pattern, which Vercel's list is not. */
const MODELS: TextListRules = {
  pattern: /^[^\s*/]+\/[^\s*]+$/u,
  form: '`creator/model`, such as `openai/gpt-5`, without `*`',
  maxChars: MAX_SLUG_CHARS,
  mayBeEmpty: true,
};

/** The models that are on. New ones are off, so the list is all there is. */
export function readModelAllowlist(team: MapReader): readonly TargetList[] {
  const reader = team.value('model_allowlist');
  const models = reader?.texts(MODELS);
  if (reader === undefined || models === undefined) return [];
  noteIfEmpty(reader, models.value);
  return [
    {
      subject: 'model',
      effect: 'allow',
      entries: models.value.flatMap(entriesOf),
      position: reader.label.position,
    },
  ];
}

/**
 * A model is the one that its target names in full, and the one that its creator itself serves under the bare
 * name. Elsewhere a bare name says nothing of whose model it is.
 */
function entriesOf({ value, position }: Located<string>): readonly ListEntry[] {
  const at = value.indexOf('/');
  const common = { text: value, future: false, position };
  return [
    { pattern: { model: value }, ...common },
    { pattern: { provider: value.slice(0, at), model: value.slice(at + 1) }, ...common },
  ];
}
