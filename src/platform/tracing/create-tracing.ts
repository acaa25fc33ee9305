import type { Clock } from '../../ports/clock';
import type { TracingConfig } from '../../ports/service-config';
import type { CallSpan, Tracing } from '../../ports/tracing';
import { rejectionIn } from '../otlp/partial-success';
import { createOtlpPost, TRACES_PATH } from '../otlp/post-json';
import { processTimers } from '../timers';
import { beginSentSpan, unsentSpan } from './call-span';
import type { SpanParts } from './call-span';
import { otlpSpans } from './otlp-spans';
import { createSpanQueue } from './span-queue';
import { createTraceIds, isKept } from './trace-ids';
import { readTracingFiles } from './tracing-files';
import type { TracingFiles } from './tracing-files';

/** What traces are made with beside their configuration. */
export interface TracingParts {
  readonly clock: Clock;
  /** The version of Ambit that the spans name. */
  readonly version: string;
  /** Told when the receiver begins to fail, with the reason, and when it takes spans again. */
  readonly onProblem: (problem: string | undefined) => void;
}

/** Traces of a configuration, once everything that it names is read. */
export async function openTracing(
  config: TracingConfig,
  environment: Readonly<Record<string, string | undefined>>,
  parts: TracingParts,
): Promise<{ readonly tracing: Tracing } | { readonly problem: string }> {
  const read = await readTracingFiles(config, environment);
  return 'problem' in read ? read : { tracing: createTracing(config, read.files, parts) };
}

/** Creates traces that are sent to an OTLP receiver. What was begun elsewhere is kept where it is kept there. */
function createTracing(
  { endpoint, ratio, timeoutMs }: TracingConfig,
  { headers, ca }: TracingFiles,
  { clock, version, onProblem }: TracingParts,
): Tracing {
  const tls = ca === undefined ? {} : { tls: { ca } };
  const receiver = createOtlpPost({ url: endpoint, headers, ...tls }, TRACES_PATH);
  const queue = createSpanQueue({
    send: async (batch, signal) => {
      const text = await receiver.post(otlpSpans(batch, version), signal);
      return rejectionIn(text, 'rejectedSpans')?.count ?? 0;
    },
    ...{ timeoutMs, onProblem, timers: processTimers },
  });
  const ids = createTraceIds();
  const parts: SpanParts = {
    ids,
    nowMs: clock.nowMs,
    elapsedMs: () => performance.now(),
    onEnd: (record) => {
      queue.add(record);
    },
  };
  return {
    begin: (name, parent): CallSpan => {
      const traceId = parent?.traceId ?? ids.traceId();
      const isSampled = parent?.isSampled ?? isKept(traceId, ratio);
      return isSampled ? beginSentSpan(parts, { name, traceId, parent }) : unsentSpan(traceId);
    },
    counts: () => queue.counts(),
    stop: async (timeoutMs) => {
      await queue.stop(timeoutMs);
      receiver.end();
    },
  };
}
