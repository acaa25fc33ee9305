import type { ListEntry, TargetPattern } from '../../core/model/policy';
import type { Located } from '../yaml/source-text';

/** A provider by its id; `custom:NAME` is the id of a custom one. */
export function providerEntry(name: Located<string>): readonly ListEntry[] {
  return [entryOf(name, { provider: name.value })];
}

/** A model by its id, at every provider. */
export function modelEntry(name: Located<string>): readonly ListEntry[] {
  return [entryOf(name, { model: name.value })];
}

/** The same; `NAME/MODEL` names the model of a custom provider, too. */
export function modelOrCustomEntry(name: Located<string>): readonly ListEntry[] {
  const [provider, model] = pairOf(name.value);
  if (provider === '') return modelEntry(name);
  return [...modelEntry(name), entryOf(name, { provider: `custom:${provider}`, model })];
}

/** A ban holds for the model with its author in front, too, as catalogs have it for some providers. */
export function bannedModel(name: Located<string>): readonly ListEntry[] {
  return [...modelOrCustomEntry(name), entryOf(name, { model: `*/${name.value}` })];
}

/** One model at one provider. */
export function mappingEntry(name: Located<string>): readonly ListEntry[] {
  const [provider, model] = pairOf(name.value);
  return [entryOf(name, { provider, model })];
}

/** A ban of one model at one provider, with its author in front, too. */
export function bannedMapping(name: Located<string>): readonly ListEntry[] {
  const [provider, model] = pairOf(name.value);
  return [...mappingEntry(name), entryOf(name, { provider, model: `*/${model}` })];
}

function pairOf(text: string): readonly [string, string] {
  const at = Math.max(text.indexOf('/'), 0);
  return [text.slice(0, at), text.slice(at + 1)];
}

function entryOf({ value, position }: Located<string>, pattern: TargetPattern): ListEntry {
  return { pattern, text: value, future: false, position };
}
