import { readFileSync, writeSync } from 'node:fs';
import type { ClientHttp2Session } from 'node:http2';

import { cpuMicrosecondsOf, residentMibOf } from './cpu-time';
import { splitFrames } from './frames';
import { callUnary, createMessageCounter, openSession, startCall } from './raw-grpc';
import { quantileOf } from './statistics';

/** What a load client is to do. Everything is bounded: by answers, and by time where answers do not come. */
export interface LoadOrder {
  readonly address: string;
  /** `/package.Service/Method`. */
  readonly path: string;
  readonly kind: 'unary' | 'stream';
  /** A file of frames, sent one after another and then from the start again. */
  readonly framesFile: string;
  readonly inFlight: number;
  /** Answers before the window opens. */
  readonly warmAnswers: number;
  /** The window closes when it has so many answers and is so old. */
  readonly windowAnswers: number;
  readonly windowMs: number;
  /** After this time the client gives up. */
  readonly limitMs: number;
  readonly serverPid: number;
}

/** What a load client measured over its window. Instants are microseconds of the system's monotonic clock. */
export interface LoadResult {
  readonly answers: number;
  readonly cpuMicrosPerAnswer: number;
  readonly answersPerSecond: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  readonly answerBytes: number;
  readonly serverMib: number;
  readonly openedAtMicros: number;
  readonly closedAtMicros: number;
  /** Share of the window in which the client was busy; near 1 the client and not the server is the limit. */
  readonly clientBusy: number;
}

/** Sends one more request; reports its answer once. */
type Send = (onAnswer: (answerBytes: number) => void) => void;

const STDOUT = 1;
const NANOSECONDS_PER_MICROSECOND = 1000;

function nowMicros(): number {
  return Number(process.hrtime.bigint()) / NANOSECONDS_PER_MICROSECOND;
}

/** Runs as a process of its own, so that the client's work is on another CPU than the server's. */
function main(): void {
  const order = JSON.parse(process.argv[2] ?? '{}') as LoadOrder;
  const session = openSession(order.address);
  const { frames } = splitFrames(readFileSync(order.framesFile));
  const nextFrame = rotate(frames);
  const send =
    order.kind === 'unary'
      ? unarySender(session, order.path, nextFrame)
      : streamSender(session, order.path, nextFrame);
  setTimeout(() => {
    fail(`no result after ${String(order.limitMs)} ms`);
  }, order.limitMs).unref();
  run(order, send);
}

function rotate(frames: readonly Buffer[]): () => Buffer {
  let at = 0;
  return () => {
    const frame = frames[at];
    if (frame === undefined) fail('there are no frames to send');
    at = (at + 1) % frames.length;
    return frame;
  };
}

function unarySender(session: ClientHttp2Session, path: string, nextFrame: () => Buffer): Send {
  return (onAnswer) => {
    callUnary(session, path, nextFrame(), ({ status, message, answer }) => {
      if (status !== '0') fail(`the server refuses: status ${status}, ${message}`);
      onAnswer(answer.length);
    });
  };
}

/** One stream; answers are taken to come in the order of the requests, as those of all rows here do. */
function streamSender(session: ClientHttp2Session, path: string, nextFrame: () => Buffer): Send {
  const call = startCall(session, path);
  const waiting: ((bytes: number) => void)[] = [];
  call.on(
    'data',
    createMessageCounter((bytes) => waiting.shift()?.(bytes)),
  );
  call.on('close', () => {
    fail(`the server ends the stream: ${String(call.rstCode)}`);
  });
  return (onAnswer) => {
    waiting.push(onAnswer);
    call.write(nextFrame());
  };
}

interface Window {
  readonly openedAtMicros: number;
  readonly serverCpuMicros: number;
  readonly clientCpuMicros: number;
  readonly latenciesMicros: number[];
}

function run(order: LoadOrder, send: Send): void {
  let answers = 0;
  let window: Window | undefined;
  const next = (): void => {
    const sentAtMicros = nowMicros();
    send((answerBytes) => {
      const atMicros = nowMicros();
      answers += 1;
      if (window === undefined) {
        if (answers >= order.warmAnswers) window = openWindow(order.serverPid);
      } else {
        window.latenciesMicros.push(atMicros - sentAtMicros);
        if (isFull(window, order, atMicros)) finish(order, window, answerBytes);
      }
      next();
    });
  };
  for (let each = 0; each < order.inFlight; each += 1) next();
}

function openWindow(serverPid: number): Window {
  return {
    serverCpuMicros: cpuMicrosecondsOf(serverPid),
    clientCpuMicros: cpuMicrosecondsOf(process.pid),
    openedAtMicros: nowMicros(),
    latenciesMicros: [],
  };
}

function isFull(window: Window, order: LoadOrder, atMicros: number): boolean {
  return (
    window.latenciesMicros.length >= order.windowAnswers &&
    atMicros - window.openedAtMicros >= order.windowMs * 1000
  );
}

function finish({ serverPid }: LoadOrder, window: Window, answerBytes: number): never {
  const { openedAtMicros } = window;
  const closedAtMicros = nowMicros();
  const micros = closedAtMicros - openedAtMicros;
  const cpuMicros = cpuMicrosecondsOf(serverPid) - window.serverCpuMicros;
  const clientMicros = cpuMicrosecondsOf(process.pid) - window.clientCpuMicros;
  const sorted = window.latenciesMicros.sort((left, right) => left - right);
  const result: LoadResult = {
    answers: sorted.length,
    cpuMicrosPerAnswer: cpuMicros / sorted.length,
    answersPerSecond: sorted.length / (micros / 1e6),
    p50Micros: quantileOf(sorted, 0.5),
    p99Micros: quantileOf(sorted, 0.99),
    answerBytes,
    serverMib: residentMibOf(serverPid),
    openedAtMicros,
    closedAtMicros,
    clientBusy: clientMicros / micros,
  };
  writeSync(STDOUT, `${JSON.stringify(result)}\n`);
  process.exit(0);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

main();
