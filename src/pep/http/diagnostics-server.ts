import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import { formatAddress, parseAddress } from '../../platform/address';
import { bindTo } from '../../platform/bind';
import { answerPage, ONE_AT_A_TIME } from './answer';
import type { DiagnosticsSources, PageAnswer } from './answer';
import { limitConnections } from './connections';
import type { Connections } from './connections';
import { DIAGNOSTICS_LIMITS } from './limits';
import type { DiagnosticsLimits } from './limits';

/** Diagnostics that answer. */
export interface Diagnostics {
  /** The text of the address, port filled in. */
  readonly address: string;
  /** Takes no new connections, and settles when all are closed, which takes a second at most. */
  close(): Promise<void>;
}

/** What diagnostics are made of. */
export interface DiagnosticsParts extends DiagnosticsSources {
  /**
   * `HOST:PORT` or `unix:/PATH`. Plaintext beyond loopback is allowed, because kubelet and Prometheus come from
   * elsewhere; nothing that is shown is secret.
   */
  readonly address: string;
  readonly limits?: DiagnosticsLimits;
}

/** Starts /livez, /readyz and /metrics. `problem` tells why they cannot be. */
export async function startDiagnostics(
  parts: DiagnosticsParts,
): Promise<{ readonly diagnostics: Diagnostics } | { readonly problem: string }> {
  const { limits = DIAGNOSTICS_LIMITS } = parts;
  const parsed = parseAddress(parts.address);
  if (parsed === undefined) {
    return { problem: `\`${parts.address}\` is no address; write \`HOST:PORT\` or \`unix:/PATH\`` };
  }
  const server = createHttpServer(limits);
  const connections = limitConnections(server, limits.connections);
  answerWith(server, parts, connections);
  const bound = await bindTo(server, parsed, '--diagnostics');
  if ('problem' in bound) return bound;
  // What a connection does wrong later concerns that connection, and has been answered by the library.
  server.on('error', parts.onDefect);
  return {
    diagnostics: {
      address: formatAddress(bound.address),
      close: () => closeServer(server, connections, limits),
    },
  };
}

function createHttpServer(limits: DiagnosticsLimits): Server {
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.requestMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.lookEveryMs,
    keepAliveTimeout: limits.keepAliveMs,
    noDelay: true,
  });
  server.maxHeadersCount = limits.headers;
  server.maxRequestsPerSocket = limits.requestsPerConnection;
  server.timeout = limits.readMs;
  return server;
}

function answerWith(server: Server, sources: DiagnosticsSources, connections: Connections): void {
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    void answerRequest(request, response, { sources, connections });
  };
  server.on('request', onRequest);
  // No body is wanted, so none is asked to be sent.
  server.on('checkContinue', onRequest);
  server.on('connect', (_request, socket) => {
    // The library has let go of the socket, and an error that nobody hears would end the process.
    socket.on('error', () => undefined);
    socket.end(NO_TUNNEL, () => socket.destroy());
  });
}

/** The answer to CONNECT, which the library hands over as a bare socket. */
const NO_TUNNEL =
  'HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

interface Answering {
  readonly sources: DiagnosticsSources;
  readonly connections: Connections;
}

async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { sources, connections }: Answering,
): Promise<void> {
  const { method = '', url: target = '', headers } = request;
  const isAlone = connections.begin(request.socket, response);
  const answer = isAlone
    ? await answerPage(sources, { method, target, accept: headers.accept })
    : ONE_AT_A_TIME;
  const isLast = !isAlone || hasBody(request);
  send(response, answer, isLast);
}

/** A body is never read: whoever sends one gets an answer and no second one. */
function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'] ?? '0';
  return headers['transfer-encoding'] !== undefined || length !== '0';
}

function send(response: ServerResponse, answer: PageAnswer, isLast: boolean): void {
  const { status, contentType, body, headers = {} } = answer;
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'",
    ...headers,
    ...(isLast ? { Connection: 'close' } : {}),
  });
  response.end(body);
}

function closeServer(
  server: Server,
  connections: Connections,
  { closeMs }: DiagnosticsLimits,
): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    connections.end(closeMs);
  });
}
