import type { handleUnaryCall } from '@grpc/grpc-js';

import {
  AuthorizationService,
  CheckRequest,
  CheckResponse,
} from '../../gen/envoy/service/auth/v3/external_auth';
import { admitAsk } from '../admit-ask';
import { createAskLimit } from '../ask-limits';
import type { LimitAsk } from '../ask-limits';
import type { CallFacts } from '../call-rules';
import { createDecoder } from '../incoming';
import type { CallFailure, Incoming } from '../incoming';
import type { EdgeServiceParts, MakeService } from '../service-factory';
import type { CheckAnswerer } from '../shared/answer-check';
import { createUnaryHandler, invalidArgument } from '../unary';
import type { Reply } from '../unary';
import type { Ask } from '../../ports/answer';
import { afterwards } from '../../service/soon';
import type { Soon } from '../../service/soon';
import type { ReadValues } from '../trace-context';
import { createModelPages } from '../shared/model-pages';
import type { ModelPages } from '../shared/model-pages';
import { pageToCheck } from './page-to-check';
import type { ModelsRoute } from './route';
import { answerToCheck, DEFECT, NOT_PERMITTED, OVERLOADED, TOO_LARGE } from './answer-to-check';
import { checkToAsk } from './check-to-ask';

/** The handlers of the service. */
export interface AuthorizationHandlers {
  readonly check: handleUnaryCall<Incoming<CheckRequest>, CheckResponse>;
}

interface CheckParts extends EdgeServiceParts {
  readonly limitAsk: LimitAsk;
  readonly pages: ModelPages;
}

/** The answer to a Check, or why there is none. */
type CheckReply = Soon<Reply<CheckResponse>>;

/** Envoy's external authorization, with a decoder that refuses instead of throwing. */
export function authorizationDefinition(limitBytes: number) {
  const requestDeserialize = createDecoder((bytes) => CheckRequest.decode(bytes), limitBytes);
  return { check: { ...AuthorizationService.check, requestDeserialize } } as const;
}

/**
 * Creates the handlers of Envoy's external authorization. What an end client gets wrong is a denial; what Envoy's
 * configuration gets wrong is a gRPC error, which Envoy answers with its own error and forwards nothing.
 */
export function createAuthorizationHandlers(edge: EdgeServiceParts): AuthorizationHandlers {
  const { answer } = createCheckAnswerer(edge);
  const traits = { answerRefusal: denialFor, traceIn: traceInCheck };
  return { check: createUnaryHandler(answer, edge.rules, traits) };
}

/** Creates what answers Checks, for this protocol and for those that bring the same request in another form. */
export function createCheckAnswerer(edge: EdgeServiceParts): CheckAnswerer {
  const limitAsk = createAskLimit(edge.limits);
  const parts: CheckParts = { ...edge, limitAsk, pages: createModelPages(edge, limitAsk) };
  const answer = (request: CheckRequest, facts: CallFacts): CheckReply => {
    const failed = (error: unknown): Reply<CheckResponse> => {
      // An answer and no gRPC error: it denies even where someone told Envoy to pass what could not be asked.
      parts.rules.onDefect(error);
      facts.span?.fail();
      return { answer: DEFECT };
    };
    try {
      const reply = answerCheck(parts, request, facts);
      return reply instanceof Promise ? reply.catch(failed) : reply;
    } catch (error) {
      return failed(error);
    }
  };
  return { answer, denialFor };
}

/** The headers of the request that is asked about; with its own tracing off, Envoy hands on those of the client. */
function traceInCheck({ attributes }: CheckRequest): ReadValues {
  const headers = attributes?.request?.http?.headers;
  return (name) => {
    const value = headers?.get(name);
    return value === undefined ? [] : [value];
  };
}

/** Denials, so that they hold even where someone told Envoy to pass what it could not ask about. */
function denialFor({ reason }: CallFailure): CheckResponse | undefined {
  if (reason === 'identity' || reason === 'rights') return NOT_PERMITTED;
  if (reason === 'size') return TOO_LARGE;
  return reason === 'deadline' || reason === 'overload' ? OVERLOADED : undefined;
}

function answerCheck(parts: CheckParts, request: CheckRequest, facts: CallFacts): CheckReply {
  const { point, rules, limitAsk, clientPreferences } = parts;
  const read = checkToAsk(request, clientPreferences);
  if ('fault' in read) {
    // Envoy tells nobody what is wrong with its configuration, so the log does.
    return { failure: { ...invalidArgument(read.fault).failure, isMisconfigured: true } };
  }
  const limited = limitAsk(read.ask);
  if ('failure' in limited) return limited;
  const admitted = admitAsk(limited.ask, facts);
  if ('failure' in admitted) return admitted;
  const { ask } = admitted;
  if (read.models !== undefined) return answerModels(parts, { ask, facts }, read.models);
  return afterwards(point.decide(ask, 'check', facts.pressure), (answer) => {
    const response = answerToCheck(answer, ask.request.context.api);
    rules.decided('check', answer, facts);
    return { answer: response };
  });
}

/** Models are listed in several turns, so that other Checks need not wait for them. */
function answerModels(
  { pages }: CheckParts,
  { ask, facts }: { readonly ask: Ask; readonly facts: CallFacts },
  { name }: ModelsRoute,
): CheckReply {
  const { api } = ask.request.context;
  const found = name === undefined ? pages.list(ask, facts) : pages.find(ask, facts, name);
  return afterwards(found, (page) => pageToCheck(page, api));
}

/** Envoy's external authorization as a service of a server. */
export const authorizationService: MakeService = (parts) => ({
  definition: authorizationDefinition(parts.limits.check_bytes),
  implementation: { ...createAuthorizationHandlers(parts) },
  denials: new Map([
    [
      AuthorizationService.check.path,
      {
        overloaded: CheckResponse.encode(OVERLOADED).finish(),
        tooLarge: CheckResponse.encode(TOO_LARGE).finish(),
      },
    ],
  ]),
});
