import type { Feature } from '../../core/model/api';
import type { Metadata } from '../../gen/envoy/service/auth/v3/external_auth';
import { isObject } from '../json-object';
import type { JsonObject } from '../json-object';
import { PREFERENCE_FIELDS } from '../preferences';
import { BODY_FIELDS, ROUTING_FIELDS } from './body-fields';
import { BODY_FORMS } from './body-forms';
import type { BodyForm } from './body-forms';
import { EVERY_FEATURE, unite } from './features';
import { readFields } from './routing-fields';
import type { BodyKind, ReadPreferences, RoutingReading } from './routing-fields';

/** The namespace into which `json_to_metadata` lifts fields of the body. */
const NAMESPACE = 'ambit.request';

/** At the end of a key: what Envoy found instead of the field, `missing` or `error`. */
const STATE = '_state';

/** What a request that Ambit sees only in parts is read with. */
export interface LiftedParts {
  readonly kind: BodyKind;
  readonly metadata: Metadata | undefined;
  readonly hopClearsRoutingFields: boolean;
  readonly readPreferences: ReadPreferences;
}

/**
 * Reads what Envoy lifted out of a body that Ambit never sees, by the rules of a whole body. Envoy lifts scalars only
 * and sees no doubled key, so what else the body asks for is unknown: it counts as every feature, unless the operator
 * states that the hop to the provider deletes all of it and sets `store` to false.
 */
export function readLifted(parts: LiftedParts): RoutingReading {
  const { kind, metadata, hopClearsRoutingFields, readPreferences } = parts;
  const lifted = metadata?.filterMetadata.get(NAMESPACE);
  const isNeeded = kind.pathModel === undefined;
  if (lifted === undefined && isNeeded) return { problem: NOTHING_SHOWN };
  const built = bodyOf(lifted ?? {}, isNeeded);
  if ('problem' in built) return built;
  const { body } = built;
  const read = readFields(kind, body, readPreferences(body));
  if ('problem' in read) return read;
  if (!hopClearsRoutingFields) return { ...read, features: EVERY_FEATURE };
  const features = unite([leftBy(kind.form), read.features]);
  return features === 'unreadable'
    ? { problem: 'the body is not understood' }
    : { ...read, features };
}

/** Told to whoever sets the enforcement point up: a client that sends no body learns at least that. */
const NOTHING_SHOWN =
  'no model is known, because no body came along; a proxy that keeps bodies back names it in `x-ambit-model`, and Envoy shows it by `with_request_body` or `json_to_metadata`';

/** What a cleared body still uses: nothing but, for the APIs that store by default, the word not to. */
export function leftBy(form: BodyForm): readonly Feature[] {
  return form === 'responses' ? ['no_store'] : [];
}

/** The object that the lifted fields stood in; a dot in a key is a step down. */
function bodyOf(
  lifted: JsonObject,
  needsModel: boolean,
): { readonly body: JsonObject } | { readonly problem: string } {
  const body: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(lifted)) {
    if (key.endsWith(STATE)) {
      const problem = problemOfState(key, value, needsModel);
      if (problem !== undefined) return { problem };
      // A state beside its field would be a contradiction.
      if (key.slice(0, -STATE.length) in lifted) return { problem: CONTRADICTION };
    } else if (!isKnown(key)) return { problem: 'Envoy lifts a field that is not known here' };
    else if (!put(body, key.split('.'), value)) return { problem: CONTRADICTION };
  }
  return { body };
}

const CONTRADICTION = 'what Envoy lifted out of the body contradicts itself';

function problemOfState(key: string, value: unknown, needsModel: boolean): string | undefined {
  if (value === 'missing' && !(needsModel && key === `model${STATE}`)) return undefined;
  return key === `model${STATE}`
    ? 'the body has no readable `model`'
    : 'the body is not readable as JSON';
}

/** Fields that bodies of some form have. What stands below one that states preferences is theirs to know. */
function isKnown(key: string): boolean {
  const [top = '', ...below] = key.split('.');
  return below.length === 0 ? TOP_LEVEL.has(top) : PREFERENCE_FIELDS.has(top);
}

const TOP_LEVEL: ReadonlySet<string> = new Set([
  'model',
  ...ROUTING_FIELDS,
  ...PREFERENCE_FIELDS.keys(),
  ...BODY_FORMS.flatMap((form) => [...BODY_FIELDS[form].keys()]),
]);

/** False if something else stands there. */
function put(object: Record<string, unknown>, steps: readonly string[], value: unknown): boolean {
  const [step = '', ...below] = steps;
  if (below.length === 0) {
    if (Object.hasOwn(object, step)) return false;
    object[step] = value;
    return true;
  }
  const inner = Object.hasOwn(object, step) ? object[step] : (object[step] = {});
  return isObject(inner) && put(inner, below, value);
}
