import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import type { Connections } from './connections';
import type { HttpLimits } from './limits';

/** An answer, whole. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a server answers. */
export interface HttpAnswers {
  /** Must not reject. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<HttpAnswer>;
  /** The answer to a request that came before the one before it was answered. */
  readonly oneAtATime: HttpAnswer;
}

/** Creates a server that keeps to limits and answers nothing yet. */
export function createHttpServer(limits: HttpLimits): Server {
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.requestMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.lookEveryMs,
    keepAliveTimeout: limits.keepAliveMs,
    noDelay: true,
  });
  // The library drops in silence what goes beyond such a number, and what is dropped would not be judged.
  server.maxHeadersCount = 0;
  server.maxRequestsPerSocket = limits.requestsPerConnection;
  server.timeout = limits.readMs;
  return server;
}

/** Answers every request of a server, one after another on each connection. */
export function answerWith(server: Server, answers: HttpAnswers, connections: Connections): void {
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    void answerRequest(request, response, { answers, connections });
  };
  server.on('request', onRequest);
  // Whoever waits to be asked for a body is asked by what reads it, and not at all where nothing does.
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
  readonly answers: HttpAnswers;
  readonly connections: Connections;
}

async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { answers, connections }: Answering,
): Promise<void> {
  const isAlone = connections.begin(request.socket, response);
  const answer = isAlone ? await answers.answer(request, response) : answers.oneAtATime;
  const isLast = !isAlone || (hasBody(request) && !request.readableEnded);
  send(response, answer, isLast);
}

/** Whoever sends a body that is not read to its end gets an answer and no second one. */
function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'] ?? '0';
  return headers['transfer-encoding'] !== undefined || length !== '0';
}

function send(response: ServerResponse, answer: HttpAnswer, isLast: boolean): void {
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
