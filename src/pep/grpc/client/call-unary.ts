import { status } from '@grpc/grpc-js';
import type { Client, ServiceError } from '@grpc/grpc-js';

import type { ClientFailure, ClientResult } from '../../../ports/decision-client';
import { asBuffer } from '../as-buffer';

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

/** Makes one call. Never rejects; what goes wrong means that nothing is eligible. */
export function callUnary<Response>(
  { client, address, deadlineMs }: Connection,
  { path, request }: UnaryCall,
  decode: (bytes: Buffer) => Response,
): Promise<ClientResult<Response>> {
  return new Promise((resolve) => {
    const deadline = Date.now() + deadlineMs;
    client.makeUnaryRequest(path, asBuffer, decode, request, { deadline }, (error, response) => {
      if (error !== null) resolve({ failure: failureOf(error, address, deadlineMs) });
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

// The caller names the address and the way out; what is said here is only the reason, so that it is said once.
function failureOf(
  { code, details }: ServiceError,
  address: string,
  deadlineMs: number,
): ClientFailure {
  const name = status[code];
  if (code === status.UNAVAILABLE) {
    return { kind: 'unreachable', status: name, message: connectionReason(details) };
  }
  if (code === status.DEADLINE_EXCEEDED) {
    const message = `it did not answer within ${String(deadlineMs)} ms`;
    return { kind: 'unreachable', status: name, message };
  }
  return { kind: 'refused', status: name, message: `\`${address}\` refused the call: ${details}` };
}

/** The library's text in the words of people; what is not known stays, without its empty notes. */
function connectionReason(details: string): string {
  if (details.includes('ECONNREFUSED')) return 'the connection is refused';
  if (details.includes('ENOENT')) return 'there is no such socket';
  if (details.includes('EACCES')) return 'permission is denied';
  const reason = details
    .replace('No connection established. Last error: ', '')
    .replace(/\.?\s*Resolution note: $/, '')
    .replace(/\s*\(\d{4}-\d\d-\d\dT[^)]*\)/, '')
    .trim();
  return reason === 'Failed to connect'
    ? 'it closes the connection, as a listener with `tls` does: this client speaks plaintext only'
    : reason;
}
