import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';

import type { DecisionPoint } from '../service/decision-point';

/** A gRPC service of an edge. */
export interface EdgeService {
  readonly definition: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
}

/** What the service of an edge decides with, and whom it tells of defects. */
export interface EdgeServiceParts {
  readonly point: DecisionPoint;
  readonly onDefect: (error: unknown) => void;
}

/** Makes the service of an edge; main.ts says which ones a server has. */
export type MakeService = (parts: EdgeServiceParts) => EdgeService;
