import type {
  AttributeContext_HttpRequest,
  Metadata,
} from '../../gen/envoy/service/auth/v3/external_auth';
import type { ClientPreferenceRules } from '../../ports/client-preferences';
import { PREFERENCE_FIELDS, readClientPreferences } from '../preferences';
import { readBodyText } from './body-text';
import type { Extensions } from './context-extensions';
import { leftBy, readLifted } from './lifted-fields';
import { readModelHeader } from './model-header';
import type { CallRoute } from './route';
import { readRoutingFields } from './routing-fields';
import type { BodyKind, ReadPreferences, RoutingReading } from './routing-fields';

/** A request as Envoy shows it, and by what it is read. */
export interface SeenRequest {
  readonly http: AttributeContext_HttpRequest;
  readonly metadata: Metadata | undefined;
  readonly extensions: Extensions;
  readonly rules: ClientPreferenceRules;
}

/** Reads what a call asks for: out of its body, of what was lifted from it, or of a header that the operator names. */
export function readCall(route: CallRoute, seen: SeenRequest): RoutingReading {
  const { http, metadata, extensions } = seen;
  const { hopClearsRoutingFields, hopWritesPath } = extensions;
  if (route.namesPlace && !hopWritesPath) return { problem: PLACE };
  const body = readBodyText(http);
  if ('problem' in body) return body;
  const readPreferences = preferenceReader(seen);
  if (extensions.modelHeader !== undefined) {
    return readByHeader(route, extensions.modelHeader, seen);
  }
  const kind: BodyKind = route;
  if (body.text !== '') return readRoutingFields(kind, body.text, readPreferences);
  return readLifted({ kind, metadata, hopClearsRoutingFields, readPreferences });
}

const PLACE =
  'the path names a project and a location, which no target is judged by; it is let through only where Envoy writes the path of the target';

/** The hop deletes whatever else the body says, so that nothing but the header counts. */
function readByHeader(
  { form, pathModel }: CallRoute,
  name: string,
  seen: SeenRequest,
): RoutingReading {
  const read = readModelHeader(name, seen.http.headers);
  if ('problem' in read) return read;
  if (pathModel !== undefined && pathModel !== read.model) {
    return { problem: `the header \`${name}\` names another model than the path` };
  }
  // Nobody has seen whether the body asks for a stream, and the hop passes that on.
  const features = [...new Set([...leftBy(form), 'streaming' as const])];
  return { ...read, features, asked: preferenceReader(seen)() };
}

/**
 * Preferences in a body go on to the provider with it, and a gateway there would follow them: to a further model, for
 * one, that it was not asked about. So they are read only where the hop deletes them.
 */
export function preferenceReader({ http, extensions, rules }: SeenRequest): ReadPreferences {
  // Envoy joins what stands in several headers of one name with commas, as HTTP has it.
  const values = new Map([...http.headers].map(([name, value]) => [name, [value]]));
  const formats = rules.formats.filter(
    (format) => extensions.hopClearsRoutingFields || !BODY_FORMATS.has(format),
  );
  return (body) =>
    readClientPreferences(
      { ...(body === undefined ? {} : { body }), headers: values },
      { ...rules, formats },
    );
}

const BODY_FORMATS: ReadonlySet<string> = new Set(PREFERENCE_FIELDS.values());
