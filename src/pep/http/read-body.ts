import type { IncomingMessage, ServerResponse } from 'node:http';

import { status } from '@grpc/grpc-js';

import { sizeFailure } from '../incoming';
import type { CallFailure } from '../incoming';
import { invalidArgument } from '../unary';

/** A body, whole, or why there is none. */
export type BodyReading = { readonly body: Buffer } | { readonly failure: CallFailure };

/** What reading a body needs. */
export interface BodyParts {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Counts bytes as they come; whoever counts them gives them back with the answer. */
  readonly hold: (bytes: number) => void;
}

/** Reads a body, and no byte more than the limit. The server itself cuts whoever is too slow. Never rejects. */
export async function readBody(parts: BodyParts, limitBytes: number): Promise<BodyReading> {
  const { request, response } = parts;
  const { headers } = request;
  const fault = framingFault(request);
  if (fault !== undefined) return invalidArgument(fault);
  if (Number(headers['content-length'] ?? 0) > limitBytes) {
    return { failure: sizeFailure(limitBytes) };
  }
  if (headers.expect !== undefined) response.writeContinue();
  return collect(parts, limitBytes);
}

/** What intermediaries read differently, so that bytes of one request could be another one to somebody. */
function framingFault({ headers, httpVersion }: IncomingMessage): string | undefined {
  const coding = headers['transfer-encoding'];
  if (coding === undefined) return undefined;
  if (httpVersion !== '1.1') return '`transfer-encoding` is of HTTP/1.1; send a length';
  return coding.toLowerCase() === 'chunked'
    ? undefined
    : '`transfer-encoding` must be `chunked` alone';
}

function collect({ request, hold }: BodyParts, limitBytes: number): Promise<BodyReading> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      // What comes after the limit is taken off the connection until that is closed, and not kept.
      if (bytes > limitBytes) return;
      bytes += chunk.length;
      if (bytes > limitBytes) {
        chunks.length = 0;
        resolve({ failure: sizeFailure(limitBytes) });
        return;
      }
      hold(chunk.length);
      chunks.push(chunk);
    });
    request.once('end', () => {
      // Nobody judges what stands behind a body.
      resolve(request.rawTrailers.length > 0 ? TRAILERS : { body: Buffer.concat(chunks) });
    });
    // Either comes where the client goes away; an error that nobody hears would end the process.
    request.on('error', () => {
      resolve(BROKEN);
    });
    request.once('close', () => {
      resolve(BROKEN);
    });
  });
}

const TRAILERS = invalidArgument('trailers behind the body are not read; send none');

const BROKEN: { readonly failure: CallFailure } = {
  failure: { code: status.CANCELLED, details: 'the body broke off', reason: 'malformed' },
};
