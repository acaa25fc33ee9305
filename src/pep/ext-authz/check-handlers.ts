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
import { createUnaryHandler, invalidArgument } from '../unary';
import type { Reply } from '../unary';
import { answerToCheck, DEFECT, NOT_PERMITTED, OVERLOADED, TOO_LARGE } from './answer-to-check';
import { checkToAsk } from './check-to-ask';

/** The handlers of the service. */
export interface AuthorizationHandlers {
  readonly check: handleUnaryCall<Incoming<CheckRequest>, CheckResponse>;
}

interface CheckParts extends EdgeServiceParts {
  readonly limitAsk: LimitAsk;
}

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
  const parts: CheckParts = { ...edge, limitAsk: createAskLimit(edge.limits) };
  const check = (request: CheckRequest, facts: CallFacts): Reply<CheckResponse> => {
    try {
      return answerCheck(parts, request, facts);
    } catch (error) {
      // A denial and no gRPC error: it holds even where someone told Envoy to pass what could not be asked.
      parts.rules.onDefect(error);
      return { answer: DEFECT };
    }
  };
  return { check: createUnaryHandler(check, parts.rules, denialFor) };
}

/** Denials, so that they hold even where someone told Envoy to pass what it could not ask about. */
function denialFor({ reason }: CallFailure): CheckResponse | undefined {
  if (reason === 'identity' || reason === 'rights') return NOT_PERMITTED;
  return reason === 'deadline' ? OVERLOADED : undefined;
}

function answerCheck(
  { point, rules, limitAsk, clientPreferences }: CheckParts,
  request: CheckRequest,
  facts: CallFacts,
): Reply<CheckResponse> {
  const read = checkToAsk(request, clientPreferences);
  if ('fault' in read) return invalidArgument(read.fault);
  const limited = limitAsk(read.ask);
  if ('failure' in limited) return limited;
  const admitted = admitAsk(limited.ask, facts.caller);
  if ('failure' in admitted) return admitted;
  const answer = point.decide(admitted.ask, 'check', facts.pressure);
  const response = answerToCheck(answer, admitted.ask.request.context.api);
  rules.decided('check', answer.decision, facts);
  return { answer: response };
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
