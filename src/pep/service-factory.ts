import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';

import type { ClientPreferenceRules } from '../ports/client-preferences';
import type { ServiceLimits } from '../ports/service-limits';
import type { DecisionPoint } from '../service/decision-point';
import type { CallRules } from './call-rules';

/** Encoded messages that a method answers where it is not asked at all. */
export interface Denials {
  /** There is too much to do, or too little time. */
  readonly overloaded: Uint8Array;
  /** What asks is larger than it may be. */
  readonly tooLarge: Uint8Array;
}

/** A gRPC service of an edge. */
export interface EdgeService {
  readonly definition: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
  /**
   * What is answered by the path of a method. Absent: a gRPC error. For clients that may be configured to pass what
   * they could not ask about.
   */
  readonly denials?: ReadonlyMap<string, Denials>;
}

/** What the service of an edge decides with, and what holds for every call of its listener. */
export interface EdgeServiceParts {
  readonly point: DecisionPoint;
  readonly rules: CallRules;
  readonly limits: ServiceLimits;
  /** What of an end client's preferences is read, where its own request is seen. */
  readonly clientPreferences: ClientPreferenceRules;
}

/** Makes the service of an edge; main.ts says which ones a server has. */
export type MakeService = (parts: EdgeServiceParts) => EdgeService;
