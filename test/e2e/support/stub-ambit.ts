import { Server, ServerCredentials } from '@grpc/grpc-js';

import {
  AuthorizationService,
  type CheckResponse,
  type OkHttpResponse,
} from '../../../src/gen/envoy/service/auth/v3/external_auth';

/** What stands where Ambit should be, and answers what a test says. */
export interface StubAmbit {
  /** Checks that were asked so far. */
  asked(): number;
  close(): void;
}

/** Serves Check on a unix socket with the answer of the moment. */
export async function serveStub(
  socketFile: string,
  answer: () => CheckResponse,
): Promise<StubAmbit> {
  let asked = 0;
  const server = new Server();
  server.addService(AuthorizationService, {
    check: (_call: unknown, callback: (error: null, response: CheckResponse) => void) => {
      asked += 1;
      callback(null, answer());
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socketFile}`, ServerCredentials.createInsecure(), (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
  return {
    asked: () => asked,
    close: () => {
      server.forceShutdown();
    },
  };
}

/** What a yes must bring along beside its metadata: a request header, or Envoy does not choose the route again. */
export const YES_HEADERS: OkHttpResponse = {
  headers: [
    {
      header: { key: 'x-ambit-decision-id', value: 'd', rawValue: Buffer.alloc(0) },
      append: undefined,
      appendAction: 2,
    },
  ],
  headersToRemove: [],
  responseHeadersToAdd: [],
  queryParametersToSet: [],
  queryParametersToRemove: [],
};

/** Ambit's own failure, as it answers it. */
export const OWN_FAILURE: CheckResponse = {
  status: { code: 14, message: '' },
  httpResponse: {
    $case: 'errorResponse',
    value: {
      status: { code: 503 },
      headers: [
        {
          header: { key: 'content-type', value: 'application/json', rawValue: Buffer.alloc(0) },
          append: undefined,
          appendAction: 2,
        },
      ],
      body: '{"error":{"code":"shutting_down"}}',
    },
  },
  dynamicMetadata: { decision: 'deny', outcome: 'BLOCK' },
};
