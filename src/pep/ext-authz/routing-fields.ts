import type { Feature } from '../../core/model/api';
import { isObject } from '../json-object';
import type { JsonObject } from '../json-object';
import { MAX_JSON_DEPTH, MAX_MODEL_BYTES } from '../limits';
import { PREFERENCE_FIELDS } from '../preferences';
import type { ClientPreferences } from '../preferences';
import { foldKeyLoosely, readStrictJson } from '../strict-json';
import { exceedsBytes } from '../text-size';
import type { ReadableApi } from './api-paths';
import { BODY_FIELDS, ROUTING_FIELDS } from './body-fields';
import { EVERY_FEATURE, unite } from './features';
import type { FeatureReading } from './features';

/** The model that a request names, and what it uses. */
export interface NamedModel {
  readonly model: string;
  readonly features: readonly Feature[];
}

/** All that Ambit wants to know of a request. */
export interface RoutingFields extends NamedModel {
  readonly asked: ClientPreferences;
}

/** What a request says, or why it is refused. `problem` never repeats the body. */
export type RoutingReading = RoutingFields | { readonly problem: string };

/** Reads what a client asks for in its headers and, where it is seen, in its body. */
export type ReadPreferences = (body?: JsonObject) => ClientPreferences;

/** As deep as the parts of a message, `messages[0].content[0]`: below are values that nothing here reads. */
const CHECKED_DEPTH = 5;

/** Reads a body whole and keeps the model's name, the features and the preferences. */
export function readRoutingFields(
  api: ReadableApi,
  text: string,
  readPreferences: ReadPreferences,
): RoutingReading {
  const reading = readStrictJson(text, {
    maxDepth: MAX_JSON_DEPTH,
    checkedDepth: CHECKED_DEPTH,
    foldKey: foldKeyLoosely,
  });
  if ('problem' in reading) return { problem: describe(reading.problem) };
  if (!isObject(reading.value)) return { problem: 'the body is no JSON object' };
  return readFields(api, reading.value, readPreferences(reading.value));
}

/** What stands in backticks is from the body, which could be content. */
function describe(problem: string): string {
  return problem.includes('`')
    ? 'the body has a key twice, or once more in other letters of the same meaning'
    : `the body ${problem}`;
}

function readFields(api: ReadableApi, body: JsonObject, asked: ClientPreferences): RoutingReading {
  const known = KNOWN_NAMES[api];
  const readings: FeatureReading[] = asked.asksMore ? [EVERY_FEATURE] : [];
  for (const [key, value] of Object.entries(body)) {
    const name = known.get(foldKeyLoosely(key));
    if (name !== undefined && name !== key) {
      return { problem: `the body spells the field \`${name}\` in an unusual way` };
    }
    if (ROUTING_FIELDS.includes(key)) {
      return { problem: `the field \`${key}\` could choose another target; leave it out` };
    }
    if (key === 'model' || PREFERENCE_FIELDS.has(key)) continue;
    const features = BODY_FIELDS[api].get(key)?.(value) ?? EVERY_FEATURE;
    if (features === 'unreadable') return { problem: `the field \`${key}\` is not understood` };
    readings.push(features);
  }
  const named = withModel(body['model'], readings);
  return 'problem' in named ? named : { ...named, asked };
}

function withModel(
  model: unknown,
  readings: readonly FeatureReading[],
): NamedModel | { readonly problem: string } {
  const problem = problemOfModel(model);
  if (problem !== undefined || typeof model !== 'string') return { problem: problem ?? NO_MODEL };
  const features = unite(readings);
  if (features === 'unreadable') return { problem: 'the body is not understood' };
  return { model, features };
}

const NO_MODEL = 'the request names no model';

/** Why a value is no model's name; undefined if it is one. */
export function problemOfModel(model: unknown): string | undefined {
  if (model === undefined || model === null || model === '') return NO_MODEL;
  if (typeof model !== 'string') return 'the field `model` must be a text';
  return exceedsBytes(model, MAX_MODEL_BYTES)
    ? `the field \`model\` has more than ${String(MAX_MODEL_BYTES)} bytes`
    : undefined;
}

/** The names that Ambit knows by what a reader that ignores case makes of them. */
const KNOWN_NAMES: Readonly<Record<ReadableApi, ReadonlyMap<string, string>>> = {
  chat_completions: namesOf('chat_completions'),
  responses: namesOf('responses'),
  messages: namesOf('messages'),
  embeddings: namesOf('embeddings'),
};

function namesOf(api: ReadableApi): ReadonlyMap<string, string> {
  const names = [
    'model',
    ...BODY_FIELDS[api].keys(),
    ...ROUTING_FIELDS,
    ...PREFERENCE_FIELDS.keys(),
  ];
  return new Map(names.map((name) => [foldKeyLoosely(name), name]));
}
