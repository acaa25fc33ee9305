import type {
  handleBidiStreamingCall,
  handleServerStreamingCall,
  ServerDuplexStream,
  ServerWritableStream,
  ServiceDefinition,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';

import { isWaiting } from './waiting-answers';

/** Milliseconds without a request after which a stream is taken as idle and may be ended. */
const QUIET_MS = 100;

/** A call that has no end of its own. */
type StreamingCall = ServerDuplexStream<unknown, unknown> | ServerWritableStream<unknown, unknown>;

/** The streams that are open, so that a shutdown can end them once they are quiet. */
export interface OpenCalls {
  /** Makes a handler's streams known. */
  track<Handler extends StreamHandler>(handler: Handler): Handler;
  /** Ends every open stream as soon as nothing comes in on it; what has come in is answered first. */
  endWhenQuiet(): void;
}

/** A handler of a streaming call. */
export type StreamHandler =
  handleBidiStreamingCall<never, never> | handleServerStreamingCall<never, never>;

interface OpenCall {
  readonly call: StreamingCall;
  lastRequestMs: number;
}

/** Creates a registry without streams. `onOpen` sees each before its handler does. */
export function createOpenCalls(
  onOpen: (call: StreamingCall) => void = () => undefined,
): OpenCalls {
  const open = new Set<OpenCall>();
  let ending = false;
  const endIfQuiet = (each: OpenCall): void => {
    if (!open.has(each)) return;
    const leftMs = quietInMs(each);
    if (leftMs > 0) setTimeout(endIfQuiet, leftMs, each).unref();
    else if (!('read' in each.call)) each.call.end();
    else setImmediate(endUnlessAsked, each);
  };
  // Where the process stood still, what came in meanwhile is read only after the timers: that is no quiet.
  const endUnlessAsked = (each: OpenCall): void => {
    if (!open.has(each) || quietInMs(each) > 0) endIfQuiet(each);
    else each.call.end();
  };
  const add = (call: StreamingCall): void => {
    const each: OpenCall = { call, lastRequestMs: performance.now() };
    open.add(each);
    // Listening for data would start the flow, so this comes after the handler's own listener.
    if ('read' in call) {
      call.on('data', () => {
        each.lastRequestMs = performance.now();
      });
    }
    for (const event of ['close', 'finish', 'cancelled', 'error']) {
      call.on(event, () => open.delete(each));
    }
    if (ending) endIfQuiet(each);
  };
  return {
    track: (handler) => trackWith(handler, { before: onOpen, after: add }),
    endWhenQuiet: () => {
      ending = true;
      for (const each of open) endIfQuiet(each);
    },
  };
}

/** Milliseconds until a stream is taken as idle, if nothing comes in on it. */
function quietInMs({ call, lastRequestMs }: OpenCall): number {
  return isHeldBack(call) ? QUIET_MS : QUIET_MS - (performance.now() - lastRequestMs);
}

/** True if requests wait to be read or answered: that nothing comes in then does not mean that all is answered. */
function isHeldBack(call: StreamingCall): boolean {
  return 'read' in call && (call.isPaused() || call.readableLength > 0 || isWaiting(call));
}

function trackWith<Handler extends StreamHandler>(
  handler: Handler,
  { before, after }: Readonly<Record<'before' | 'after', (call: StreamingCall) => void>>,
): Handler {
  const inner = handler as unknown as (call: StreamingCall) => void;
  const tracked = (call: StreamingCall): void => {
    before(call);
    inner(call);
    after(call);
  };
  return tracked as unknown as Handler;
}

/** All handlers of a service, with those of its streams tracked. */
export function trackStreams(
  definition: ServiceDefinition,
  implementation: UntypedServiceImplementation,
  calls: OpenCalls,
): UntypedServiceImplementation {
  const tracked: UntypedServiceImplementation = { ...implementation };
  for (const [name, { responseStream, originalName = name }] of Object.entries(definition)) {
    if (!responseStream) continue;
    // Handlers may go by the name of the contract, or by that name in lower camel case.
    for (const key of new Set([name, originalName])) {
      const handler = implementation[key];
      if (handler !== undefined) tracked[key] = calls.track(handler as StreamHandler) as Handler;
    }
  }
  return tracked;
}

type Handler = UntypedServiceImplementation[string];
