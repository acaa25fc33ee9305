import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';

/** Names that the health service answers for: the server as a whole, and each service. */
const NAMES = [
  '',
  'ambit.v1.DecisionService',
  'ambit.v1.PolicyService',
  'envoy.service.auth.v3.Authorization',
];

/** Adds a service to a server. */
export type AddService = (
  definition: ServiceDefinition,
  implementation: UntypedServiceImplementation,
) => void;

/** grpc.health.v1: serving only while decisions are made. */
export interface Health {
  setServing(serving: boolean): void;
  addTo(addService: AddService): void;
}

/** Creates a health service that is not serving yet. */
export function createHealth(): Health {
  const service = new HealthImplementation();
  const setServing = (serving: boolean): void => {
    for (const name of NAMES) service.setStatus(name, serving ? 'SERVING' : 'NOT_SERVING');
  };
  setServing(false);
  return {
    setServing,
    addTo: (addService) => {
      service.addToServer({ addService });
    },
  };
}
