import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { handleUnaryCall, ServiceDefinition } from '@grpc/grpc-js';

import { DecisionServiceService } from '../../../../src/gen/ambit/v1/decision_service';
import { PolicyServiceService } from '../../../../src/gen/ambit/v1/policy_service';

/** What a server says to a method's bytes. */
export type RawHandler = handleUnaryCall<Buffer, Buffer>;

/** Handlers by the path of the method; others are not implemented. */
export type RawHandlers = Readonly<Record<string, RawHandler>>;

/** A server that speaks bytes, so that it can say what no Ambit would say. */
export interface RawServer {
  readonly address: string;
  readonly stop: () => void;
}

/** Paths of the methods that clients call. */
export const PATHS = {
  decide: DecisionServiceService.decide.path,
  list: DecisionServiceService.listEligible.path,
  status: PolicyServiceService.getStatus.path,
  health: '/grpc.health.v1.Health/Check',
} as const;

/** Answers with these bytes. */
export function answering(bytes: Uint8Array): RawHandler {
  return (_, callback) => {
    callback(null, Buffer.from(bytes));
  };
}

/** Starts a server on a free port. */
export async function startRawServer(handlers: RawHandlers): Promise<RawServer> {
  const server = new Server();
  for (const [path, handler] of Object.entries(handlers)) {
    server.addService(definitionOf(path), { call: handler });
  }
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    address: `127.0.0.1:${String(port)}`,
    stop: () => {
      server.forceShutdown();
    },
  };
}

const asIs = (bytes: Buffer): Buffer => bytes;

function definitionOf(path: string): ServiceDefinition {
  return {
    call: {
      path,
      requestStream: false,
      responseStream: false,
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
    },
  };
}
