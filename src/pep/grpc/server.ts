import { join } from 'node:path';

import { Server } from '@grpc/grpc-js';
import type { ServerOptions } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { protoPath as healthProto } from 'grpc-health-check';

import { createAskLimit } from '../ask-limits';
import { createDecisionHandlers } from './decision-handlers';
import type { AddService, Health } from './health';
import type { Denials, EdgeServiceParts, MakeService } from '../service-factory';
import type { ServiceLimits } from '../../ports/service-limits';
import { trackStreams } from './open-calls';
import type { OpenCalls } from './open-calls';
import { createPolicyHandlers } from './policy-handlers';
import type { PolicyHandlerParts } from './policy-handlers';
import { transportOptions } from './load/guard-server';
import { decisionDefinition, policyDefinition } from './service-definitions';

const MS_PER_SECOND = 1000;

function optionsOf(limits: ServiceLimits): ServerOptions {
  return {
    // The largest message of all services; each decoder has its own limit below it.
    'grpc.max_receive_message_length': Math.max(limits.request_bytes, limits.check_bytes),
    ...transportOptions(limits),
    'grpc.max_connection_idle_ms': limits.idle_connection_seconds * MS_PER_SECOND,
    // Its bookkeeping costs time on each call, and nothing reads it.
    'grpc.enable_channelz': 0,
  };
}

/** The files whose services reflection shows. */
const REFLECTED = [
  'ambit/v1/decision_service.proto',
  'ambit/v1/policy_service.proto',
  'envoy/service/auth/v3/external_auth.proto',
];

/** What the services of a listener answer with. */
export type ServiceParts = Omit<PolicyHandlerParts, 'limitAsk'> & EdgeServiceParts;

/** What the server has beside its handlers. */
export interface ServerParts {
  readonly calls: OpenCalls;
  readonly health: Health;
  readonly protoDirectory: string;
  /** Services of other edges, on the same listeners. */
  readonly services: readonly MakeService[];
  /** Guards the server's connections; what some methods answer when there is too much to do is given. */
  readonly guard: (server: Server, denials: ReadonlyMap<string, Denials>) => void;
}

/** Creates the server with all services; it listens nowhere yet. */
export function createGrpcServer(handlers: ServiceParts, parts: ServerParts): Server {
  const { limits } = handlers;
  const server = new Server(optionsOf(limits));
  const denials = new Map<string, Denials>();
  const limited = { ...handlers, limitAsk: createAskLimit(limits) };
  // Streams of every service are known, so that none of them keeps a shutdown waiting.
  const addService: AddService = (definition, implementation) => {
    server.addService(definition, trackStreams(definition, implementation, parts.calls));
  };
  addService(decisionDefinition(limits.request_bytes), { ...createDecisionHandlers(limited) });
  addService(policyDefinition(limits.request_bytes), { ...createPolicyHandlers(limited) });
  for (const make of parts.services) {
    const service = make(handlers);
    addService(service.definition, service.implementation);
    for (const [path, answers] of service.denials ?? []) denials.set(path, answers);
  }
  parts.guard(server, denials);
  parts.health.addTo(addService);
  reflectionOf(parts.protoDirectory).addToServer({ addService });
  return server;
}

/** Reflection from the very files of the contract. */
function reflectionOf(protoDirectory: string): ReflectionService {
  const definition = loadSync(
    [...REFLECTED.map((file) => join(protoDirectory, file)), healthProto],
    { includeDirs: [protoDirectory], keepCase: true },
  );
  return new ReflectionService(definition);
}
