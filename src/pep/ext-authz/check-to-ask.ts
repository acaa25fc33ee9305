import type { CallerTraits, RequestContext } from '../../core/model/request';
import type {
  AttributeContext_HttpRequest,
  CheckRequest,
} from '../../gen/envoy/service/auth/v3/external_auth';
import type { Ask } from '../../ports/answer';
import type { ClientPreferenceRules } from '../../ports/client-preferences';
import { MAX_ID_BYTES } from '../limits';
import { PREFERENCE_FIELDS, readClientPreferences } from '../preferences';
import { exceedsBytes } from '../text-size';
import { apiOf } from './api-paths';
import type { ReadableApi } from './api-paths';
import { readBodyText } from './body-text';
import { readExtensions } from './context-extensions';
import type { Extensions } from './context-extensions';
import { readLifted } from './lifted-fields';
import { readRoutingFields } from './routing-fields';
import type { ReadPreferences, RoutingReading } from './routing-fields';

/** An ask, or what Envoy's configuration got wrong. What the end client got wrong is part of the ask. */
export type AskFromCheck = { readonly ask: Ask } | { readonly fault: string };

/** The hop to the provider writes the target's own model into the body (deploy/envoy), and claims are the catalog's. */
const ENVOY: CallerTraits = { rewritesModel: true, ownsClaims: false };

/** Reads a Check. It has no candidates, so they are the catalog's (L6), and nothing of the prompt is kept. */
export function checkToAsk(
  { attributes }: CheckRequest,
  rules: ClientPreferenceRules,
): AskFromCheck {
  const http = attributes?.request?.http;
  if (attributes === undefined || http === undefined) {
    return { fault: '`attributes.request.http` is missing' };
  }
  const extensions = readExtensions(attributes.contextExtensions);
  if ('fault' in extensions) return extensions;
  const api = apiOf(http.method, http.path);
  const reading: RoutingReading =
    api === undefined
      ? { problem: 'no supported API has this method and path' }
      : readRouting(
          api,
          { attributes, http },
          extensions,
          preferenceReader(http, extensions, rules),
        );
  const request = {
    context: contextOf(api, extensions, reading),
    caller: ENVOY,
    problems: 'problem' in reading ? [reading.problem] : reading.asked.problems,
  };
  return { ask: { requestId: requestIdOf(http), request, detail: 'summary' } };
}

/** A request as Envoy shows it. */
interface SeenRequest {
  readonly attributes: NonNullable<CheckRequest['attributes']>;
  readonly http: AttributeContext_HttpRequest;
}

function readRouting(
  api: ReadableApi,
  { attributes: { metadataContext }, http }: SeenRequest,
  { hopClearsRoutingFields }: Extensions,
  readPreferences: ReadPreferences,
): RoutingReading {
  const body = readBodyText(http);
  if ('problem' in body) return body;
  if (body.text !== '') return readRoutingFields(api, body.text, readPreferences);
  const lifted = readLifted(api, metadataContext, hopClearsRoutingFields);
  return 'problem' in lifted ? lifted : { ...lifted, asked: readPreferences() };
}

/**
 * Preferences in a body go on to the provider with it, and a gateway there would follow them: to a further model, for
 * one, that it was not asked about. So they are read only where the hop deletes them.
 */
function preferenceReader(
  { headers }: AttributeContext_HttpRequest,
  { hopClearsRoutingFields }: Extensions,
  rules: ClientPreferenceRules,
): ReadPreferences {
  // Envoy joins what stands in several headers of one name with commas, as HTTP has it.
  const values = new Map([...headers].map(([name, value]) => [name, [value]]));
  const formats = rules.formats.filter(
    (format) => hopClearsRoutingFields || !BODY_FORMATS.has(format),
  );
  return (body) =>
    readClientPreferences(
      { ...(body === undefined ? {} : { body }), headers: values },
      { ...rules, formats },
    );
}

const BODY_FORMATS: ReadonlySet<string> = new Set(PREFERENCE_FIELDS.values());

function contextOf(
  api: ReadableApi | undefined,
  { tenant, scope }: Extensions,
  reading: RoutingReading,
): RequestContext {
  return {
    ...(tenant === undefined ? {} : { tenant }),
    scope,
    ...('problem' in reading ? {} : { model: reading.model }),
    models: 'problem' in reading ? [] : reading.asked.models,
    modelIdStyle: 'auto',
    ...(api === undefined ? {} : { api }),
    features: 'problem' in reading ? [] : reading.features,
    preferences: 'problem' in reading ? {} : reading.asked.preferences,
    attributes: new Map(),
  };
}

/** Envoy's own name of the request, for records only; a long one is no reason to refuse it. */
function requestIdOf({ headers }: AttributeContext_HttpRequest): string {
  const id = headers.get('x-request-id') ?? '';
  return exceedsBytes(id, MAX_ID_BYTES) ? '' : id;
}
