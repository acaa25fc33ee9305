import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { createConnection } from 'node:net';
import type { Socket } from 'node:net';

import { startDiagnostics } from '../../../../src/pep/http/diagnostics-server';
import type { Diagnostics, DiagnosticsParts } from '../../../../src/pep/http/diagnostics-server';
import type { HealthCheck } from '../../../../src/ports/health-check';

/** What the server shows, and what it told of. */
export interface Stage {
  liveness: readonly HealthCheck[];
  readiness: readonly HealthCheck[];
  metrics: () => Promise<string>;
  readonly defects: unknown[];
}

/** A stage on which all is well. */
export function createStage(): Stage {
  return {
    liveness: [{ name: 'event_loop', state: 'ok' }],
    readiness: [
      { name: 'bundle', state: 'ok' },
      { name: 'sources', state: 'ok' },
    ],
    metrics: () => Promise.resolve('up 1\n'),
    defects: [],
  };
}

/** Starts the server on a free port of loopback, unless the parts say otherwise. */
export async function start(
  stage: Stage,
  parts: Partial<DiagnosticsParts> = {},
): Promise<Diagnostics> {
  const started = await startDiagnostics({
    address: '127.0.0.1:0',
    liveness: () => stage.liveness,
    readiness: () => stage.readiness,
    metrics: { render: (format) => stage.metrics().then((text) => `# ${format}\n${text}`) },
    onDefect: (error) => stage.defects.push(error),
    ...parts,
  });
  if ('problem' in started) throw new Error(started.problem);
  return started.diagnostics;
}

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Asks with Node's own client, over the address's transport. */
export function ask(
  { address }: Pick<Diagnostics, 'address'>,
  path: string,
  options: {
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  } = {},
): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { ...whereTo(address), path, method, headers, agent: false },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8').on('data', (part: string) => (text += part));
        incoming.once('error', reject);
        incoming.once('end', () => {
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
        });
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** A bare connection, and what came on it. */
export interface RawConnection {
  readonly socket: Socket;
  readonly received: () => string;
  /** True once the server has ended or cut it. */
  readonly ended: () => boolean;
}

/** Connects, and reads unless told not to. */
export async function connectRaw(
  { address }: Pick<Diagnostics, 'address'>,
  reads = true,
): Promise<RawConnection> {
  const socket = createConnection(whereTo(address));
  let text = '';
  let ended = false;
  // Without this listener a cut would end the test's process.
  socket.on('error', () => (ended = true));
  socket.on('close', () => (ended = true));
  socket.on('end', () => (ended = true));
  await new Promise((resolve) => socket.once('connect', resolve));
  if (reads) socket.setEncoding('latin1').on('data', (part: string) => (text += part));
  return { socket, received: () => text, ended: () => ended };
}

/** A request as it goes on the wire. */
export function wireRequest(path: string, ...headers: readonly string[]): string {
  return [`GET ${path} HTTP/1.1`, 'Host: probe', ...headers, '', ''].join('\r\n');
}

function whereTo(
  address: string,
): { socketPath: string; path: string } | { host: string; port: number } {
  if (address.startsWith('unix:')) {
    const path = address.slice('unix:'.length);
    return { socketPath: path, path };
  }
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(address) ?? [];
  return { host, port: Number(port) };
}

/** A promise that a test settles by hand. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

/** Creates one that is open. */
export function createDeferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
