import type { CallerTraits, RequestContext } from '../../core/model/request';
import type {
  AttributeContext_HttpRequest,
  CheckRequest,
} from '../../gen/envoy/service/auth/v3/external_auth';
import type { Ask } from '../../ports/answer';
import { MAX_ID_BYTES } from '../limits';
import { exceedsBytes } from '../text-size';
import { apiOf } from './api-paths';
import type { ReadableApi } from './api-paths';
import { readBodyText } from './body-text';
import { readExtensions } from './context-extensions';
import type { Extensions } from './context-extensions';
import { readLifted } from './lifted-fields';
import { readRoutingFields } from './routing-fields';
import type { RoutingReading } from './routing-fields';

/** An ask, or what Envoy's configuration got wrong. What the end client got wrong is part of the ask. */
export type AskFromCheck = { readonly ask: Ask } | { readonly fault: string };

/** The hop to the provider writes the target's own model into the body (deploy/envoy), and claims are the catalog's. */
const ENVOY: CallerTraits = { rewritesModel: true, ownsClaims: false };

/** Reads a Check. It has no candidates, so they are the catalog's (L6), and nothing of the prompt is kept. */
export function checkToAsk({ attributes }: CheckRequest): AskFromCheck {
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
      : readRouting(api, attributes, http, extensions);
  const request = {
    context: contextOf(api, extensions, reading),
    caller: ENVOY,
    problems: 'problem' in reading ? [reading.problem] : [],
  };
  return { ask: { requestId: requestIdOf(http), request, detail: 'summary' } };
}

function readRouting(
  api: ReadableApi,
  { metadataContext }: NonNullable<CheckRequest['attributes']>,
  http: AttributeContext_HttpRequest,
  { hopClearsRoutingFields }: Extensions,
): RoutingReading {
  const body = readBodyText(http);
  if ('problem' in body) return body;
  if (body.text !== '') return readRoutingFields(api, body.text);
  return readLifted(api, metadataContext, hopClearsRoutingFields);
}

function contextOf(
  api: ReadableApi | undefined,
  { tenant, scope }: Extensions,
  reading: RoutingReading,
): RequestContext {
  return {
    ...(tenant === undefined ? {} : { tenant }),
    scope,
    ...('problem' in reading ? {} : { model: reading.model }),
    models: [],
    modelIdStyle: 'auto',
    ...(api === undefined ? {} : { api }),
    features: 'problem' in reading ? [] : reading.features,
    preferences: {},
    attributes: new Map(),
  };
}

/** Envoy's own name of the request, for records only; a long one is no reason to refuse it. */
function requestIdOf({ headers }: AttributeContext_HttpRequest): string {
  const id = headers.get('x-request-id') ?? '';
  return exceedsBytes(id, MAX_ID_BYTES) ? '' : id;
}
