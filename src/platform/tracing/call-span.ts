import type { CallSpan, SpanAttributes, TraceParent } from '../../ports/tracing';
import type { SpanRecord, StepRecord } from './span-record';
import type { TraceIds } from './trace-ids';

/** What spans are made with. */
export interface SpanParts {
  readonly ids: TraceIds;
  /** Milliseconds since the epoch. */
  readonly nowMs: () => number;
  /** Milliseconds that only grow. */
  readonly elapsedMs: () => number;
  /** Told of each span once, when it ends. */
  readonly onEnd: (record: SpanRecord) => void;
}

/** What a span is, from its beginning. */
export interface SpanStart {
  readonly name: string;
  readonly traceId: string;
  readonly parent: TraceParent | undefined;
}

/** Steps that one span keeps: a call has two. */
const MAX_STEPS = 8;

/** Begins a span that is sent once it ends. What is said of it later is not heard. */
export function beginSentSpan(parts: SpanParts, { name, traceId, parent }: SpanStart): CallSpan {
  const spanId = parts.ids.spanId();
  const startedMs = parts.nowMs();
  const beganMs = parts.elapsedMs();
  const steps: StepRecord[] = [];
  let attributes: SpanAttributes = {};
  let hasFailed = false;
  let hasEnded = false;
  const elapsedMs = (): number => parts.elapsedMs() - beganMs;
  return {
    traceId,
    elapsedMs,
    step: (step, since) => {
      if (hasEnded || steps.length === MAX_STEPS) return;
      const times = { beganMs: since, endedMs: elapsedMs() };
      steps.push({ spanId: parts.ids.spanId(), name: step, ...times });
    },
    say: (more) => {
      attributes = { ...attributes, ...more };
    },
    fail: () => {
      hasFailed = true;
    },
    end: () => {
      if (hasEnded) return;
      hasEnded = true;
      parts.onEnd({
        ...{ traceId, spanId, ...parentOf(parent), name, attributes, steps },
        ...{ startedMs, durationMs: elapsedMs(), hasFailed },
      });
    },
  };
}

function parentOf(parent: TraceParent | undefined): Pick<SpanRecord, 'parentId' | 'sampling'> {
  if (parent === undefined) return {};
  const { spanId: parentId, sampling } = parent;
  return sampling === undefined ? { parentId } : { parentId, sampling };
}

/** The span of a trace that is not kept: all that it has is the name of its trace. */
export function unsentSpan(traceId: string): CallSpan {
  return { traceId, elapsedMs: () => 0, step: ignore, say: ignore, fail: ignore, end: ignore };
}

function ignore(): void {
  return;
}
