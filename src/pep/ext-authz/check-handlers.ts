import type { handleUnaryCall } from '@grpc/grpc-js';

import { AuthorizationService, CheckRequest } from '../../gen/envoy/service/auth/v3/external_auth';
import type { CheckResponse } from '../../gen/envoy/service/auth/v3/external_auth';
import type { DecisionPoint } from '../../service/decision-point';
import { createDecoder } from '../incoming';
import type { Incoming } from '../incoming';
import { MAX_CHECK_BYTES } from '../limits';
import type { MakeService } from '../service-factory';
import { createUnaryHandler, invalidArgument } from '../unary';
import type { Reply } from '../unary';
import { answerToCheck, DEFECT } from './answer-to-check';
import { checkToAsk } from './check-to-ask';

/** Envoy's external authorization, with a decoder that refuses instead of throwing. */
export const AUTHORIZATION_SERVICE = {
  check: {
    ...AuthorizationService.check,
    requestDeserialize: createDecoder((bytes) => CheckRequest.decode(bytes), MAX_CHECK_BYTES),
  },
} as const;

/** The handlers of AUTHORIZATION_SERVICE. */
export interface AuthorizationHandlers {
  readonly check: handleUnaryCall<Incoming<CheckRequest>, CheckResponse>;
}

/** What the handlers need. */
export interface AuthorizationHandlerParts {
  readonly point: DecisionPoint;
  /** Told of exceptions, which are defects. */
  readonly onDefect: (error: unknown) => void;
}

/**
 * Creates the handlers of Envoy's external authorization. What an end client gets wrong is a denial; what Envoy's
 * configuration gets wrong is a gRPC error, which Envoy answers with its own error and forwards nothing.
 */
export function createAuthorizationHandlers({
  point,
  onDefect,
}: AuthorizationHandlerParts): AuthorizationHandlers {
  const check = (request: CheckRequest): Reply<CheckResponse> => {
    try {
      return answerCheck(point, request);
    } catch (error) {
      // A denial and no gRPC error: it holds even where someone told Envoy to pass what could not be asked.
      onDefect(error);
      return { answer: DEFECT };
    }
  };
  return { check: createUnaryHandler(check, onDefect) };
}

function answerCheck(point: DecisionPoint, request: CheckRequest): Reply<CheckResponse> {
  const read = checkToAsk(request);
  if ('fault' in read) return invalidArgument(read.fault);
  return { answer: answerToCheck(point.decide(read.ask), read.ask.request.context.api) };
}

/** Envoy's external authorization as a service of a server. */
export const authorizationService: MakeService = (parts) => ({
  definition: AUTHORIZATION_SERVICE,
  implementation: { ...createAuthorizationHandlers(parts) },
});
