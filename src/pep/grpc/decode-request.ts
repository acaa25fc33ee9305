import { DecideStreamRequest } from '../../gen/ambit/v1/decision_service';
import { DecideRequest } from '../../gen/ambit/v1/request';
import { asBuffer } from './as-buffer';
import type { AskFromWire } from './from-wire';
import { decideRequestFromWire } from './from-wire';
import { createPartsReader } from './request-parts';
import { DELIMITED, findWireProblem, TAG_TYPE_BITS } from './strict-wire';
import { WireCursor } from './wire-cursor';
import { DECIDE_SCHEMA, DECIDE_STREAM_SCHEMA } from './wire-schema';

/** Reads a DecideRequest from its bytes; throws only on what no decoder can read. */
export type RequestReader = (bytes: Uint8Array) => AskFromWire;

/** One request of a stream: what it asks, and the id that its answer goes by (empty: none was read). */
export interface StreamAsk {
  readonly requestId: string;
  readonly read: AskFromWire;
}

/**
 * Creates a reader that takes a short way for parts that it has read before. What is unusual in any way goes the
 * whole way, which is the one that defines what a message means.
 */
export function createRequestReader(): RequestReader {
  const readParts = createPartsReader(readScanned);
  return (bytes) => readParts(asBuffer(bytes)) ?? readWhole(bytes);
}

/** Reads a DecideRequest without any memory of earlier ones. */
export function readWhole(bytes: Uint8Array): AskFromWire {
  const problem = findWireProblem(bytes, DECIDE_SCHEMA);
  if (problem !== undefined) return { violations: [problem] };
  return readScanned(bytes);
}

/** Reads what a scan has found to be the same to every decoder. */
function readScanned(bytes: Uint8Array): AskFromWire {
  return decideRequestFromWire(DecideRequest.decode(bytes));
}

/** Reads a DecideStreamRequest; throws only on what no decoder can read. */
export function readStreamRequest(bytes: Uint8Array, readRequest: RequestReader): StreamAsk {
  const usual = requestInside(bytes);
  const read = usual === undefined ? undefined : readRequest(usual);
  if (read !== undefined && 'ask' in read) {
    const { requestId } = read.ask;
    return { requestId, read: requestId === '' ? NO_ID : read };
  }
  const problem = findWireProblem(bytes, DECIDE_STREAM_SCHEMA);
  const requestId = DecideStreamRequest.decode(bytes).request?.requestId ?? '';
  return { requestId, read: problem === undefined ? (read ?? MISSING) : { violations: [problem] } };
}

/** The bytes of the request, if the message holds one and nothing else. */
function requestInside(bytes: Uint8Array): Uint8Array | undefined {
  const cursor = new WireCursor(bytes);
  if (!cursor.readUint32(bytes.length) || cursor.value !== REQUEST_TAG) return undefined;
  if (!cursor.readUint32(bytes.length)) return undefined;
  return cursor.value === bytes.length - cursor.at ? bytes.subarray(cursor.at) : undefined;
}

/** The tag of DecideStreamRequest.request. */
const REQUEST_TAG = (1 << TAG_TYPE_BITS) | DELIMITED;

const MISSING: AskFromWire = { violations: [{ path: 'request', problem: 'is missing' }] };
const NO_ID: AskFromWire = {
  violations: [
    { path: 'request.request_id', problem: 'is empty; it tells the answers of a stream apart' },
  ],
};
