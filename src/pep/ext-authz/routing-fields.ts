import type { Feature } from '../../core/model/api';
import { isObject } from '../json-object';
import type { JsonObject } from '../json-object';
import { MAX_JSON_DEPTH, MAX_MODEL_BYTES } from '../limits';
import { PREFERENCE_FIELDS } from '../preferences';
import type { ClientPreferences } from '../preferences';
import { readStrictJson } from '../strict-json';
import { exceedsBytes } from '../text-size';
import { BODY_FIELDS, CLOUD_VERSION, ROUTING_FIELDS } from './body-fields';
import { BODY_FORMS, checkedDepthOf, foldKeyOf } from './body-forms';
import type { BodyForm } from './body-forms';
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

/** What is known of a body before it is read. */
export interface BodyKind {
  readonly form: BodyForm;
  /** The model that the path names; the body need not. */
  readonly pathModel?: string;
}

/** Reads a body whole and keeps the model's name, the features and the preferences. */
export function readRoutingFields(
  kind: BodyKind,
  text: string,
  readPreferences: ReadPreferences,
): RoutingReading {
  const reading = readStrictJson(text, {
    maxDepth: MAX_JSON_DEPTH,
    checkedDepth: checkedDepthOf(kind.form),
    foldKey: foldKeyOf(kind.form),
  });
  if ('problem' in reading) return { problem: describe(reading.problem) };
  if (!isObject(reading.value)) return { problem: 'the body is no JSON object' };
  if (kind.form === 'cloud_messages' && typeof reading.value[CLOUD_VERSION] !== 'string') {
    return { problem: `the body has no \`${CLOUD_VERSION}\`; no other vendor's body is read here` };
  }
  return readFields(kind, reading.value, readPreferences(reading.value));
}

/** What stands in backticks is from the body, which could be content. */
function describe(problem: string): string {
  return problem.includes('`')
    ? 'the body has a key twice, or once more in other letters of the same meaning'
    : `the body ${problem}`;
}

/** Reads the fields of an object that was read strictly. */
export function readFields(
  kind: BodyKind,
  body: JsonObject,
  asked: ClientPreferences,
): RoutingReading {
  const readings: FeatureReading[] = asked.asksMore ? [EVERY_FEATURE] : [];
  for (const [key, value] of Object.entries(body)) {
    const reading = readField(kind.form, key, value);
    if ('problem' in reading) return reading;
    readings.push(reading.features);
  }
  const features = unite(readings);
  if (features === 'unreadable') return { problem: 'the body is not understood' };
  const named = modelOf(kind, body['model']);
  return 'problem' in named ? named : { ...named, features, asked };
}

function readField(
  form: BodyForm,
  key: string,
  value: unknown,
): { readonly features: FeatureReading } | { readonly problem: string } {
  const names = KNOWN_NAMES[form].get(foldKeyOf(form)(key));
  if (names !== undefined && !names.has(key)) {
    const [name = ''] = names;
    return { problem: `the body spells the field \`${name}\` in an unusual way` };
  }
  if (ROUTING_FIELDS.includes(key)) {
    return { problem: `the field \`${key}\` could choose another target; leave it out` };
  }
  if (key === 'model' || PREFERENCE_FIELDS.has(key)) return { features: [] };
  const features = BODY_FIELDS[form].get(key)?.(value) ?? EVERY_FEATURE;
  if (features !== 'unreadable') return { features };
  return { problem: `the field \`${key}\` is not understood` };
}

/** The model of a request, where path and body do not contradict each other. */
function modelOf(
  { form, pathModel }: BodyKind,
  model: unknown,
): { readonly model: string } | { readonly problem: string } {
  if (pathModel !== undefined) {
    // The hop writes the path and leaves such a body as it is, so a model in it would reach the provider unjudged.
    const isLeft = form === 'gemini' || form === 'converse' || form === 'cloud_messages';
    if (model === undefined || (!isLeft && model === pathModel)) return { model: pathModel };
    return {
      problem: isLeft
        ? 'the path names the model, so the field `model` must not be there'
        : 'the field `model` names another model than the path',
    };
  }
  const problem = problemOfModel(model);
  if (problem === undefined && typeof model === 'string') return { model };
  return { problem: problem ?? NO_MODEL };
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

/** The names that Ambit knows, in every spelling that counts, by what a lenient reader makes of them. */
const KNOWN_NAMES = Object.fromEntries(BODY_FORMS.map((form) => [form, namesOf(form)])) as Readonly<
  Record<BodyForm, ReadonlyMap<string, ReadonlySet<string>>>
>;

function namesOf(form: BodyForm): ReadonlyMap<string, ReadonlySet<string>> {
  const spellings = new Map<string, Set<string>>();
  const fields = [...BODY_FIELDS[form].keys(), ...ROUTING_FIELDS, ...PREFERENCE_FIELDS.keys()];
  for (const name of ['model', ...fields]) {
    const folded = foldKeyOf(form)(name);
    spellings.set(folded, (spellings.get(folded) ?? new Set()).add(name));
  }
  return spellings;
}
