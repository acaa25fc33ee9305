import { writeSync } from 'node:fs';
import { Agent, request } from 'node:http';

import { quantileOf } from './statistics';

/** What an HTTP client is to do: so many connections, each with one request at a time. */
export interface HttpOrder {
  /** Port of 127.0.0.1. */
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: number;
  /** Answers before the window opens. */
  readonly warmAnswers: number;
  /** The window closes when it is so old. */
  readonly windowMs: number;
}

/** What it measured over its window. */
export interface HttpResult {
  readonly answers: number;
  readonly answersPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const STDOUT = 1;
const OK = 200;

/** Runs as a process of its own, away from the servers. */
function main(): void {
  const order = JSON.parse(process.argv[2] ?? '{}') as HttpOrder;
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
  const latenciesMs: number[] = [];
  let answers = 0;
  let openedAtMs: number | undefined;
  const next = (): void => {
    const sentAtMs = performance.now();
    ask(order, agent, () => {
      const nowMs = performance.now();
      answers += 1;
      if (openedAtMs !== undefined) latenciesMs.push(nowMs - sentAtMs);
      else if (answers >= order.warmAnswers) openedAtMs = nowMs;
      if (openedAtMs !== undefined && nowMs - openedAtMs >= order.windowMs) {
        finish(latenciesMs, nowMs - openedAtMs);
      }
      next();
    });
  };
  for (let each = 0; each < order.connections; each += 1) next();
}

/** Every answer must be the provider's: what is refused is quick, and would flatter. */
function ask({ port, path, headers, body }: HttpOrder, agent: Agent, onAnswer: () => void): void {
  const length = { 'content-length': Buffer.byteLength(body) };
  const options = { host: '127.0.0.1', port, path, method: 'POST', agent };
  const outgoing = request({ ...options, headers: { ...headers, ...length } }, (incoming) => {
    if (incoming.statusCode !== OK) fail(`the answer is ${String(incoming.statusCode)}`);
    incoming.resume();
    incoming.once('end', onAnswer);
  });
  outgoing.once('error', (error) => fail(error.message));
  outgoing.end(body);
}

function finish(latenciesMs: readonly number[], windowMs: number): never {
  const sorted = [...latenciesMs].sort((left, right) => left - right);
  const result: HttpResult = {
    answers: sorted.length,
    answersPerSecond: sorted.length / (windowMs / 1000),
    p50Ms: quantileOf(sorted, 0.5),
    p99Ms: quantileOf(sorted, 0.99),
  };
  writeSync(STDOUT, `${JSON.stringify(result)}\n`);
  process.exit(0);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

main();
