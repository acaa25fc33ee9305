/** Where a call stands in a trace that somebody else began (W3C Trace Context). */
export interface TraceParent {
  /** 32 digits, hexadecimal, in small letters, not all zero. */
  readonly traceId: string;
  /** 16 digits of the same kind. */
  readonly spanId: string;
  /** Whether whoever began the trace keeps it. */
  readonly isSampled: boolean;
  /** What OpenTelemetry itself says of the sampling (`ot` of `tracestate`). Absent: nothing. */
  readonly sampling?: string;
}

/**
 * Everything that a span can say, and so what it cannot: no field for a prompt, a header, metadata, a name of a model or
 * anything else that an end client writes.
 */
export interface SpanAttributes {
  /** How the decision was asked for: one of CALL_METHODS. */
  readonly 'ambit.method'?: string;
  /** A caller's name in the configuration. */
  readonly 'ambit.caller'?: string;
  readonly 'ambit.decision.id'?: string;
  /** One of OUTCOMES. */
  readonly 'ambit.outcome'?: string;
  /** The code that leads a block. */
  readonly 'ambit.block.code'?: string;
  readonly 'ambit.candidates.eligible'?: number;
  readonly 'ambit.candidates.blocked'?: number;
  /** The codes for which candidates are blocked, each once: the first of each candidate. */
  readonly 'ambit.candidates.codes'?: readonly string[];
  readonly 'ambit.bundle.digest'?: string;
  /** Why the call was refused: one of REFUSAL_REASONS. */
  readonly 'ambit.refusal'?: string;
  /** The name of the gRPC status that it was refused with. */
  readonly 'rpc.response.status_code'?: string;
}

/** The parts of a call that have spans of their own: judging, and waiting until the evidence is kept. */
export type SpanStep = 'decide' | 'record';

/** The span of one call, or of one request of a stream. Nothing here ever throws or waits. */
export interface CallSpan {
  /** The trace that it belongs to, whether or not that is kept. */
  readonly traceId: string;
  /** Milliseconds since it began. */
  elapsedMs(): number;
  /** Adds a step that began at a time since the span began, in milliseconds, and ends now. */
  step(name: SpanStep, beganMs: number): void;
  /** Says more; what was said before under the same name is replaced. */
  say(attributes: SpanAttributes): void;
  /** Ambit itself failed. */
  fail(): void;
  /** Ends it, and hands it to be sent. */
  end(): void;
}

/** Begins the span of a call. `name` is one of the product's own, never anything that a client chose. */
export type BeginSpan = (name: string, parent: TraceParent | undefined) => CallSpan;

/** What became of spans since the start. */
export interface SpanCounts {
  /** Taken by the receiver. */
  readonly sent: number;
  /** Not sent: too many waited, or the receiver did not take them. */
  readonly lost: number;
}

/** Traces that are sent somewhere. */
export interface Tracing {
  readonly begin: BeginSpan;
  readonly counts: () => SpanCounts;
  /** Sends what waits, within milliseconds, and ends. Never rejects. */
  stop(timeoutMs: number): Promise<void>;
}
