import { status } from '@grpc/grpc-js';
import type { Client, ServiceError } from '@grpc/grpc-js';

import type { ClientFailure, ClientResult } from '../../../ports/decision-client';

/** An open client, and how long each call may take. */
export interface Connection {
  readonly client: Client;
  readonly address: string;
  readonly deadlineMs: number;
}

/** A call, with its request as bytes. */
export interface UnaryCall {
  /** As in `/ambit.v1.DecisionService/Decide`. */
  readonly path: string;
  readonly request: Uint8Array;
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

/** Makes one call. Never rejects; what goes wrong means that nothing is eligible. */
export function callUnary<Response>(
  { client, address, deadlineMs }: Connection,
  { path, request }: UnaryCall,
  decode: (bytes: Buffer) => Response,
): Promise<ClientResult<Response>> {
  return new Promise((resolve) => {
    const deadline = Date.now() + deadlineMs;
    client.makeUnaryRequest(path, asBuffer, decode, request, { deadline }, (error, response) => {
      if (error !== null) resolve({ failure: failureOf(error, address) });
      else if (response === undefined) resolve({ failure: EMPTY });
      else resolve({ answer: response });
    });
  });
}

const EMPTY: ClientFailure = {
  kind: 'refused',
  status: 'INTERNAL',
  message: 'the server sent no answer',
};

function failureOf({ code, details }: ServiceError, address: string): ClientFailure {
  const name = status[code];
  if (code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED) {
    const message = `no answer from \`${address}\` (${details}); is \`ambit serve\` running there?`;
    return { kind: 'unreachable', status: name, message };
  }
  return { kind: 'refused', status: name, message: `\`${address}\` refused the call: ${details}` };
}
