import type { Metadata } from '@grpc/grpc-js';

import type { TraceParent } from '../ports/tracing';

/** Gives every value of a header or of metadata, by its name in small letters. */
export type ReadValues = (name: string) => readonly (string | Buffer)[];

/** What a call of gRPC tells of its trace. */
interface TracedCall {
  readonly metadata: Pick<Metadata, 'get'>;
  getPath(): string;
}

/** The name of a call's span: that of its method, which is one of the contract's. */
export function nameOfCall(call: TracedCall): string {
  return call.getPath().slice(1);
}

/** The trace that the metadata of a call tells of. */
export function parentOfCall({ metadata }: TracedCall): TraceParent | undefined {
  return readTraceParent((name) => metadata.get(name));
}

/** Version, trace, parent and flags (W3C Trace Context, level 2). A later version may say more behind them. */
const TRACEPARENT = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/u;

const SAMPLED = 0x01;
const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);

/** What OpenTelemetry says of sampling: a threshold and a random value. Everything else in the list may be anything. */
const SAMPLING = /^(?:(?:th|rv):[\da-f]{1,14})(?:;(?:th|rv):[\da-f]{1,14})?$/u;

/** Characters of `tracestate` that are looked at. */
const MAX_STATE_CHARS = 4096;

/**
 * The trace that a call belongs to. Undefined: it brings none, or one that is malformed or stands twice, and a new trace
 * begins. Total, whatever the values are.
 */
export function readTraceParent(values: ReadValues): TraceParent | undefined {
  const stated = values('traceparent');
  if (stated.length === 0) return fromBinary(values('grpc-trace-bin'));
  const [text] = stated;
  const parent = stated.length === 1 && typeof text === 'string' ? fromText(text) : undefined;
  if (parent === undefined) return undefined;
  const sampling = samplingIn(values('tracestate'));
  return sampling === undefined ? parent : { ...parent, sampling };
}

function fromText(text: string): TraceParent | undefined {
  const [, version = '', traceId = '', spanId = '', flags = '', rest] =
    TRACEPARENT.exec(text) ?? [];
  const isKnown = version !== '' && version !== 'ff' && (version !== '00' || rest === undefined);
  if (!isKnown) return undefined;
  return parentOf(traceId, spanId, Number.parseInt(flags, 16));
}

function parentOf(traceId: string, spanId: string, flags: number): TraceParent | undefined {
  if (traceId === NO_TRACE || spanId === NO_SPAN) return undefined;
  return { traceId, spanId, isSampled: (flags & SAMPLED) === SAMPLED };
}

/** The list's member of OpenTelemetry itself, if it is what it should be. */
function samplingIn(values: ReturnType<ReadValues>): string | undefined {
  const text = values.join(',');
  if (text.length > MAX_STATE_CHARS) return undefined;
  const members = text.split(',').map((member) => member.trim());
  const own = members.find((member) => member.startsWith('ot='))?.slice('ot='.length);
  return own !== undefined && SAMPLING.test(own) ? own : undefined;
}

/** Bytes of the binary form of gRPC: version, then each field behind its number. */
const BINARY = { bytes: 29, trace: 2, span: 19, flags: 28 } as const;

function fromBinary(values: ReturnType<ReadValues>): TraceParent | undefined {
  const [bytes] = values;
  if (values.length !== 1 || !Buffer.isBuffer(bytes) || bytes.length !== BINARY.bytes)
    return undefined;
  const isKnown = [0, 1, 18, 27].every((at, number) => bytes[at] === Math.max(0, number - 1));
  if (!isKnown) return undefined;
  const traceId = bytes.toString('hex', BINARY.trace, BINARY.span - 1);
  const spanId = bytes.toString('hex', BINARY.span, BINARY.flags - 1);
  return parentOf(traceId, spanId, bytes[BINARY.flags] ?? 0);
}
