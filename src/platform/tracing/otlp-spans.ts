import { otlpAttribute, otlpResource } from '../otlp/attributes';
import type { AttributeValue } from '../otlp/attributes';
import type { SpanRecord, StepRecord } from './span-record';

/** `SpanKind` of OTLP. */
const INTERNAL = 1;
const SERVER = 2;

/** `StatusCode` of OTLP. */
const ERROR = 2;

/** The flags of a span that is sampled; the second says that it is known whether the parent is remote, the third that it is. */
const FLAGS = { sampled: 0x01, isRemoteKnown: 0x100, isRemote: 0x200 } as const;

const LOCAL_PARENT = FLAGS.sampled | FLAGS.isRemoteKnown;

const NANOSECONDS_PER_MS = 1_000_000;

/** The text of an `ExportTraceServiceRequest` in OTLP's JSON, in which 64-bit numbers are strings. */
export function otlpSpans(batch: readonly SpanRecord[], version: string): string {
  const resource = otlpResource({ 'service.version': version });
  const scopeSpans = [{ scope: { name: 'ambit', version }, spans: batch.flatMap(spansOf) }];
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans }] });
}

function spansOf(record: SpanRecord): readonly object[] {
  return [callSpan(record), ...record.steps.map((step) => stepSpan(record, step))];
}

function callSpan(record: SpanRecord) {
  const { traceId, spanId, parentId, sampling, name, startedMs, durationMs } = record;
  const isRemote = parentId !== undefined;
  return {
    ...{ traceId, spanId, name, kind: SERVER },
    ...(sampling === undefined ? {} : { traceState: `ot=${sampling}` }),
    ...(isRemote ? { parentSpanId: parentId } : {}),
    flags: isRemote ? LOCAL_PARENT | FLAGS.isRemote : LOCAL_PARENT,
    startTimeUnixNano: nanoseconds(startedMs, 0),
    endTimeUnixNano: nanoseconds(startedMs, durationMs),
    attributes: attributesOf(record),
    status: record.hasFailed ? { code: ERROR } : {},
  };
}

function attributesOf({ attributes }: SpanRecord): readonly object[] {
  const stated = Object.entries(attributes) as [string, AttributeValue | undefined][];
  return stated.flatMap(([key, value]) => (value === undefined ? [] : otlpAttribute([key, value])));
}

function stepSpan({ traceId, spanId: parentSpanId, startedMs }: SpanRecord, step: StepRecord) {
  const { spanId, name, beganMs, endedMs } = step;
  return {
    ...{ traceId, spanId, parentSpanId, name, kind: INTERNAL, flags: LOCAL_PARENT },
    startTimeUnixNano: nanoseconds(startedMs, beganMs),
    endTimeUnixNano: nanoseconds(startedMs, endedMs),
    status: {},
  };
}

/** Added as whole numbers: the time of day in nanoseconds has more digits than a number of JavaScript. */
function nanoseconds(startedMs: number, sinceMs: number): string {
  const since = BigInt(Math.round(sinceMs * NANOSECONDS_PER_MS));
  return String(BigInt(Math.round(startedMs)) * BigInt(NANOSECONDS_PER_MS) + since);
}
