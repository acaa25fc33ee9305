import type { Preferences } from '../../core/model/request';
import type { ClientPreferenceRules, PreferenceFormat } from '../../ports/client-preferences';
import type { JsonObject } from '../json-object';
import { readHeaders } from './headers';
import { createNotes } from './notes';
import type { Notes } from './notes';
import { readOpenRouter } from './openrouter';
import { readVercel } from './vercel';

/** What an end client wrote. */
export interface ClientWriting {
  /** A body that was parsed strictly: no key stands twice, or once more in other letters. Absent: it is not seen. */
  readonly body?: JsonObject;
  /** All values of each header, by its name; a list in one value and several values are told apart. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/** What an end client asks for beside the policy. It narrows only. */
export interface ClientPreferences {
  /** Provider names are as the client wrote them. */
  readonly preferences: Preferences;
  /** Names of models beside `model`, in the order to try. */
  readonly models: readonly string[];
  /** What is wrong, in one sentence each, without any of the text. Not empty: the request is to be blocked. */
  readonly problems: readonly string[];
  /** True: the body asks for what is no preference (plugins, options of a provider) and could use any feature. */
  readonly asksMore: boolean;
}

/** The fields of a body in which clients state preferences, and whose words they are. */
export const PREFERENCE_FIELDS: ReadonlyMap<string, PreferenceFormat> = new Map([
  ['providerOptions', 'vercel'],
  ['provider', 'openrouter'],
  ['models', 'openrouter'],
  ['route', 'openrouter'],
  ['transforms', 'openrouter'],
  ['plugins', 'openrouter'],
]);

/**
 * Reads a client's preferences wherever it may state them. Total. What is not understood, not read here, or stated
 * twice in different ways is a problem: nothing that would narrow is passed over.
 */
export function readClientPreferences(
  { body, headers }: ClientWriting,
  rules: ClientPreferenceRules,
): ClientPreferences {
  const notes = createNotes();
  for (const [field, value] of Object.entries(body ?? {})) readField(field, value, rules, notes);
  readHeaders(headers, rules, notes);
  const { values, problems, asksMore } = notes;
  const { models = [], maxPromptPrice, maxCompletionPrice, ...others } = values;
  const maxPrice = {
    ...(maxPromptPrice === undefined ? {} : { prompt: maxPromptPrice }),
    ...(maxCompletionPrice === undefined ? {} : { completion: maxCompletionPrice }),
  };
  // A bound that says nothing is none.
  const isBound = Object.keys(maxPrice).length > 0;
  const preferences: Preferences = { ...others, ...(isBound ? { maxPrice } : {}) };
  return { preferences, models, problems, asksMore };
}

function readField(
  field: string,
  value: unknown,
  rules: ClientPreferenceRules,
  notes: Notes,
): void {
  const format = PREFERENCE_FIELDS.get(field);
  if (format === undefined) return;
  if (!rules.formats.includes(format)) {
    notes.problems.push(`the field \`${field}\` could choose another target; leave it out`);
  } else if (format === 'vercel') readVercel(value, notes);
  else readOpenRouter(field, value, notes);
}
