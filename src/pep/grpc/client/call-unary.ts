import { status } from '@grpc/grpc-js';
import type { Client, ServiceError } from '@grpc/grpc-js';

import type { ClientFailure, ClientResult } from '../../../ports/decision-client';
import { asBuffer } from '../as-buffer';

/** An open client, and how long each call may take. */
export interface Connection {
  readonly client: Client;
  readonly address: string;
  readonly deadlineMs: number;
  /** True: over TLS. */
  readonly isSecure: boolean;
}

/** A call, with its request as bytes. */
export interface UnaryCall {
  /** As in `/ambit.v1.DecisionService/Decide`. */
  readonly path: string;
  readonly request: Uint8Array;
}

/** Makes one call. Never rejects; what goes wrong means that nothing is eligible. */
export function callUnary<Response>(
  connection: Connection,
  { path, request }: UnaryCall,
  decode: (bytes: Buffer) => Response,
): Promise<ClientResult<Response>> {
  const { client, deadlineMs } = connection;
  return new Promise((resolve) => {
    const deadline = Date.now() + deadlineMs;
    client.makeUnaryRequest(path, asBuffer, decode, request, { deadline }, (error, response) => {
      if (error !== null) resolve({ failure: failureOf(error, connection) });
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
  { address, deadlineMs, isSecure }: Connection,
): ClientFailure {
  const name = status[code];
  if (code === status.UNAVAILABLE) {
    return { kind: 'unreachable', status: name, message: connectionReason(details, isSecure) };
  }
  if (code === status.DEADLINE_EXCEEDED) {
    const message = `it did not answer within ${String(deadlineMs)} ms`;
    return { kind: 'unreachable', status: name, message };
  }
  return { kind: 'refused', status: name, message: `\`${address}\` refused the call: ${details}` };
}

/** The library's text in the words of people; what is not known stays, without its empty notes. */
function connectionReason(details: string, isSecure: boolean): string {
  if (details.includes('ECONNREFUSED')) return 'the connection is refused';
  if (details.includes('ENOENT')) return 'there is no such socket';
  if (details.includes('EACCES')) return 'permission is denied';
  const reason = details
    .replace('No connection established. Last error: ', '')
    .replace(/\.?\s*Resolution note: $/, '')
    .replace(/\s*\(\d{4}-\d\d-\d\dT[^)]*\)/, '')
    .trim();
  if (reason !== 'Failed to connect') return reason;
  return isSecure ? CLOSES_TLS : CLOSES_PLAINTEXT;
}

const CLOSES_PLAINTEXT =
  'it closes the connection, as a listener with `tls` does with plaintext; `--ca-file` speaks TLS';

const CLOSES_TLS =
  'it closes the connection, as a listener with `client_ca_file` does unless `--cert-file` shows what it trusts';
