import { readFileSync, writeSync } from 'node:fs';

import { clientHeaders, grpcHeaders, named } from './client-headers';
import { PREFIX_BYTES, splitFrames } from './frames';
import { GRPC_ANSWER, HTTP_ANSWER, openLoop } from './open-loop';
import type { OpenLoop, OpenLoopCall, OpenLoopTarget } from './open-loop';
import { quantileOf } from './statistics';

/** What to do to a server, and for how long. */
export interface OverloadOrder {
  readonly address: string;
  readonly path: string;
  /** How the path is asked. Absent: `grpc`. */
  readonly kind?: 'grpc' | 'http';
  /** Bodies to send in turn, each behind the prefix of a gRPC message, which HTTP does without. */
  readonly framesFile: string;
  readonly connections: number;
  readonly callsPerSecond: number;
  readonly forMs: number;
  /** Each call says another deadline, to the microsecond, and adds it to the table of HPACK. Absent: all the same. */
  readonly isVaried?: boolean;
}

/** What came of the calls of one order. */
export interface OverloadResult {
  readonly sent: number;
  /** Answered within the deadline. */
  readonly answered: number;
  readonly refused: number;
  /** Neither in time. */
  readonly late: number;
  readonly answeredP50Ms: number;
  readonly answeredP99Ms: number;
  readonly refusedP99Ms: number;
  /** Cut together with their connection. */
  readonly broken: number;
  /** The last instant, after the start, at which a call was sent that was not answered in time. */
  readonly lastBadMs: number;
}

/** Every call's own deadline. */
const DEADLINE_MS = 1000;
const STDOUT = 1;

/** Sends at a fixed rate whether answers come or not, as clients do that do not know of each other. */
function main(): void {
  const order = JSON.parse(process.argv[2] ?? '{}') as OverloadOrder;
  const { frames } = splitFrames(readFileSync(order.framesFile));
  const ends: OpenLoopCall[] = [];
  const isHttp = order.kind === 'http';
  const bodies = isHttp ? frames.map((frame) => frame.subarray(PREFIX_BYTES)) : frames;
  const target = isHttp ? httpTarget(order.path) : grpcTarget(order);
  const open = (): OpenLoop => openLoop(order.address, target, (call) => ends.push(call));
  const loops = Array.from({ length: order.connections }, open);
  const startMs = performance.now();
  let sent = 0;
  const tick = (): void => {
    const elapsedMs = performance.now() - startMs;
    // As every client does; what is under way on the old connection still ends there.
    loops.forEach((loop, at) => {
      loop.flush();
      if (!loop.isGoing()) return;
      const next = open();
      loop.moveTo(next);
      loops[at] = next;
    });
    const due = Math.floor((Math.min(elapsedMs, order.forMs) * order.callsPerSecond) / 1000);
    for (; sent < due; sent += 1) {
      const frame = bodies[sent % bodies.length];
      if (frame !== undefined) loops[sent % loops.length]?.begin(frame);
    }
    for (const loop of loops) loop.flush();
    if (elapsedMs < order.forMs) setTimeout(tick, 1);
    else setTimeout(report, DEADLINE_MS);
  };
  const report = (): void => {
    writeSync(STDOUT, `${JSON.stringify(resultOf(ends, sent, startMs))}\n`);
    process.exit(0);
  };
  tick();
}

function grpcTarget({ path, isVaried }: OverloadOrder): OpenLoopTarget {
  const usual = grpcHeaders(path, `${String(DEADLINE_MS)}m`);
  const headers = isVaried === true ? variedHeaders(path) : () => usual;
  return { headers, giveUpMs: DEADLINE_MS, isAnswer: GRPC_ANSWER };
}

function variedHeaders(path: string): () => Buffer {
  const usual = grpcHeaders(path);
  let count = 0;
  return () => {
    count += 1;
    const timeout = `${String(DEADLINE_MS * 1000 - (count % 1000))}u`;
    return Buffer.concat([usual, named('grpc-timeout', timeout, true)]);
  };
}

function httpTarget(path: string): OpenLoopTarget {
  const headers = clientHeaders(path, 'application/json');
  return { headers: () => headers, giveUpMs: DEADLINE_MS, isAnswer: HTTP_ANSWER };
}

function resultOf(ends: readonly OpenLoopCall[], sent: number, startMs: number): OverloadResult {
  const isInTime = ({ latencyMs }: OpenLoopCall): boolean => latencyMs <= DEADLINE_MS;
  const answered = ends.filter((call) => call.how === 'answered' && isInTime(call));
  const refused = ends.filter((call) => call.how === 'refused' && isInTime(call));
  const bad = ends.filter((call) => call.how !== 'answered' || !isInTime(call));
  const latencies = (calls: readonly OpenLoopCall[]): number[] =>
    calls.map(({ latencyMs }) => latencyMs).sort((left, right) => left - right);
  return {
    sent,
    answered: answered.length,
    refused: refused.length,
    late: sent - answered.length - refused.length,
    answeredP50Ms: quantileOf(latencies(answered), 0.5),
    answeredP99Ms: quantileOf(latencies(answered), 0.99),
    broken: ends.filter(({ how }) => how === 'broken').length,
    refusedP99Ms: quantileOf(latencies(refused), 0.99),
    lastBadMs: bad.reduce((last, { sentAtMs }) => Math.max(last, sentAtMs - startMs), 0),
  };
}

main();
