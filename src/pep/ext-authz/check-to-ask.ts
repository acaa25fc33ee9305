import type { CallerTraits, RequestContext } from '../../core/model/request';
import { EMPTY_CONTEXT } from '../../core/model/request';
import type {
  AttributeContext_HttpRequest,
  CheckRequest,
} from '../../gen/envoy/service/auth/v3/external_auth';
import type { Ask } from '../../ports/answer';
import type { ClientPreferenceRules } from '../../ports/client-preferences';
import { MAX_ID_BYTES } from '../limits';
import { exceedsBytes } from '../text-size';
import { preferenceReader, readCall } from './call-to-routing';
import type { SeenRequest } from './call-to-routing';
import { readExtensions } from './context-extensions';
import type { Extensions } from './context-extensions';
import { findRoute } from './find-route';
import type { CheckRoute, ModelsRoute } from './route';
import type { RoutingFields, RoutingReading } from './routing-fields';

/** An ask, or what Envoy's configuration got wrong. What the end client got wrong is part of the ask. */
export type AskFromCheck = ReadCheck | { readonly fault: string };

/** What a Check asks. */
export interface ReadCheck {
  readonly ask: Ask;
  /** Present: models are asked for, and nothing is to be sent to any of them. */
  readonly models?: ModelsRoute;
}

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
  // Headers that are not seen would be preferences that are not kept.
  if (http.headerMap !== undefined) {
    return { fault: '`header_map` is not read; leave `encode_raw_headers` out' };
  }
  const extensions = readExtensions(attributes.contextExtensions);
  if ('fault' in extensions) return extensions;
  const route = findRoute(http);
  const seen: SeenRequest = { http, metadata: attributes.metadataContext, extensions, rules };
  const reading = readRoute(route, seen);
  const request = {
    context: contextOf(route, extensions, reading),
    caller: callerOf(route, extensions),
    problems: 'problem' in reading ? [reading.problem] : reading.asked.problems,
  };
  const ask: Ask = { requestId: requestIdOf(http), request, detail: 'summary' };
  return route.kind === 'models' ? { ask, models: route } : { ask };
}

function readRoute(route: CheckRoute, seen: SeenRequest): RoutingReading {
  switch (route.kind) {
    case 'refused':
      return { problem: route.problem };
    case 'models':
      return { model: '', features: [], asked: preferenceReader(seen)() };
    case 'call':
      return readCall(route, seen);
  }
}

/**
 * The hop writes the model into a body. One that stands in a path is sent on as the client wrote it, unless the operator
 * states otherwise, so that it must be the target's own.
 */
function callerOf(route: CheckRoute, { hopWritesPath }: Extensions): CallerTraits {
  const isSentOn = route.kind === 'call' && route.pathModel !== undefined && !hopWritesPath;
  return isSentOn ? { ...ENVOY, rewritesModel: false } : ENVOY;
}

function contextOf(
  route: CheckRoute,
  { tenant, scope, modelsApi }: Extensions,
  reading: RoutingReading,
): RequestContext {
  const api = route.kind === 'models' ? modelsApi : route.api;
  return {
    ...EMPTY_CONTEXT,
    ...(tenant === undefined ? {} : { tenant }),
    scope,
    ...(api === undefined ? {} : { api }),
    ...('problem' in reading ? {} : askedFor(route, reading)),
  };
}

function askedFor(
  route: CheckRoute,
  { model, features, asked: { models, preferences } }: RoutingFields,
): Partial<RequestContext> {
  if (route.kind !== 'call') return { preferences };
  const streams = route.isStreaming && !features.includes('streaming');
  return { model, models, preferences, features: streams ? [...features, 'streaming'] : features };
}

/** Envoy's own name of the request, for records only; a long one is no reason to refuse it. */
function requestIdOf({ headers }: AttributeContext_HttpRequest): string {
  const id = headers.get('x-request-id') ?? '';
  return exceedsBytes(id, MAX_ID_BYTES) ? '' : id;
}
