import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism, constants, setPriority } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import type { LoadOrder, LoadResult } from './load-client';

/** Servers and clients have a CPU each, where there are two. */
const SERVER_CPU = '0';
const CLIENT_CPU = '1';

const TASKSET = '/usr/bin/taskset';

/** Milliseconds that a server has to say where it listens, and to end. */
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;

/** Bytes of a failed process's output that its error shows. */
const SHOWN_CHARS = 1000;

/** What runs still; nothing that a measurement started outlives it. */
const STARTED = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of STARTED) child.kill('SIGKILL');
});

/** A server process that listens. */
export interface ServerProcess {
  readonly pid: number;
  readonly address: string;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

/** Starts Node with these arguments and waits for the line of JSON that names an `address`. */
export async function startServer(args: readonly string[]): Promise<ServerProcess> {
  const child = spawnOn(SERVER_CPU, args, 'inherit');
  const late = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
  const address = child.stdout === null ? undefined : await findAddress(child.stdout);
  clearTimeout(late);
  if (address === undefined || child.pid === undefined) {
    throw new Error(`the server \`${args.join(' ')}\` did not start`);
  }
  return { pid: child.pid, address, stop: () => stopChild(child) };
}

async function findAddress(output: Readable): Promise<string | undefined> {
  for await (const line of createInterface({ input: output })) {
    const address = addressIn(line);
    if (address === undefined) continue;
    // What comes later is dropped, so that a full pipe never holds the server.
    output.resume();
    return address;
  }
  return undefined;
}

function addressIn(line: string): string | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    const address: unknown =
      typeof entry === 'object' && entry !== null && 'address' in entry ? entry.address : undefined;
    return typeof address === 'string' ? address : undefined;
  } catch {
    return undefined;
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  clearTimeout(late);
}

/** Runs a client to its end; what it prints is its result as JSON. */
export async function runClient<Result>(clientFile: string, order: object): Promise<Result> {
  const child = spawnOn(CLIENT_CPU, [clientFile, JSON.stringify(order)], 'pipe');
  let output = '';
  let complaint = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`the load failed: ${complaint.slice(-SHOWN_CHARS)}`);
  return JSON.parse(output) as Result;
}

/** Runs a load client to its end. */
export function runLoad(clientFile: string, order: LoadOrder): Promise<LoadResult> {
  return runClient(clientFile, order);
}

/**
 * Starts a client that goes on until it is stopped. It gets what other clients leave of their CPU, so that they wait for
 * the server and not for it. It is ready once it has written anything.
 */
export function startClient(
  clientFile: string,
  order: object,
): { readonly ready: Promise<unknown>; readonly stop: () => Promise<void> } {
  const child = spawnOn(CLIENT_CPU, [clientFile, JSON.stringify(order)], 'inherit');
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const ready = child.stdout === null ? Promise.resolve() : once(child.stdout, 'data');
  return { ready, stop: () => stopChild(child) };
}

/** taskset becomes the program that it starts, so that the child's pid is Node's. */
function spawnOn(cpu: string, args: readonly string[], stderr: 'inherit' | 'pipe'): ChildProcess {
  const options: SpawnOptions = { stdio: ['ignore', 'pipe', stderr] };
  const child = isPinned()
    ? spawn(TASKSET, ['-c', cpu, process.execPath, ...args], options)
    : spawn(process.execPath, args, options);
  STARTED.add(child);
  child.once('exit', () => STARTED.delete(child));
  return child;
}

/** A file in the folder that runs the program on the clients' CPU, where they have one. */
export function besideClients(program: string, folder: string): string {
  const file = join(folder, basename(program));
  const command = isPinned() ? `${TASKSET} -c ${CLIENT_CPU} ${program}` : program;
  writeFileSync(file, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
  return file;
}

/** True if servers and clients have CPUs of their own. */
export function isPinned(): boolean {
  return existsSync(TASKSET) && availableParallelism() > 1;
}
