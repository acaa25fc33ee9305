import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

import { status } from '@grpc/grpc-js';

import type { CallRules, TimedCall } from '../call-rules';
import type { CallFailure } from '../incoming';
import { invalidArgument } from '../unary';
import type { CallSpan } from '../../ports/tracing';
import { INTERNAL_ERROR } from '../../service/refusals';
import type { MakeCheckAnswerer } from '../shared/answer-check';
import type {
  ConnectionShare,
  HttpServerParts,
  MakeHttpServer,
  SocketServer,
} from '../socket-server';
import { createCheckRoutes } from './check-routes';
import { limitConnections } from './connections';
import { errorAnswer, failureAnswer } from './error-answer';
import { answerWith, createHttpServer } from './http-server';
import type { HttpAnswer } from './http-server';
import { beginRequest } from './begin-request';
import { apiLimits, MAX_HEADERS } from './limits';
import { createModelRoutes } from './model-routes';
import { readBody } from './read-body';
import type { BodyParts } from './read-body';
import { findRoute } from './router';
import type { FoundRoute, Routes } from './router';

/** Says how the HTTP server of a listener is made; Checks are answered by what also answers them over gRPC. */
export function apiServerWith(makeAnswerer: MakeCheckAnswerer): MakeHttpServer {
  return (parts) => createApiServer(parts, makeAnswerer);
}

/** Creates the HTTP server of a listener, with all of its routes. */
function createApiServer(parts: HttpServerParts, makeAnswerer: MakeCheckAnswerer): SocketServer {
  const { rules, shareLoad } = parts;
  const server = createHttpServer(apiLimits(parts.limits));
  const shares = new WeakMap<Socket, ConnectionShare>();
  server.on('connection', (socket) => shares.set(socket, shareLoad(socket)));
  // The listener counts connections, and closes those beyond their number.
  const connections = limitConnections(server, Infinity);
  const routes = new Map([...createModelRoutes(parts), ...createCheckRoutes(parts, makeAnswerer)]);
  const answer = (request: IncomingMessage, response: ServerResponse): Promise<HttpAnswer> => {
    const share = shares.get(request.socket);
    // Every connection has one; without it nothing is answered but that.
    if (share === undefined) return Promise.resolve(DEFECT);
    return answerWithin({ rules, routes, share }, request, response);
  };
  answerWith(server, { answer, oneAtATime: ONE_AT_A_TIME }, connections);
  server.on('error', rules.onDefect);
  // Requests that come too slowly are looked for from here on; the library begins with that where it listens itself.
  server.emit('listening');
  return {
    protocol: 'http/1.1',
    accept: (socket) => {
      server.emit('connection', socket);
    },
    closeLatest: () => {
      connections.closeLatest();
    },
    retire: (timeoutMs) => {
      connections.retire(timeoutMs);
    },
    drain: (timeoutMs) => {
      connections.end(timeoutMs);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

const ONE_AT_A_TIME = errorAnswer({
  status: 400,
  code: 'invalid_request',
  message: 'send a request once the one before is answered',
});

interface Answering {
  readonly rules: CallRules;
  readonly routes: Routes;
  readonly share: ConnectionShare;
}

/** Answers within what the service can do now. */
async function answerWithin(
  parts: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<HttpAnswer> {
  const { rules, share } = parts;
  const shed = share.admitCall();
  if (shed !== undefined) {
    rules.refused(shed.failure, {});
    return failureAnswer(shed.failure);
  }
  const hold = holdWhile(response, share);
  const answer = await answerSafely(parts, { request, response, hold });
  hold(Buffer.byteLength(answer.body));
  return answer;
}

/** Counts bytes of a call until its answer is taken or nobody is left to take it, and settles the call then. */
function holdWhile(response: ServerResponse, share: ConnectionShare): (bytes: number) => void {
  let held = 0;
  response.once('close', () => {
    share.release(held);
    share.settleCall();
  });
  return (bytes) => {
    // Whoever went away while the answer was made has taken all that was counted with it.
    if (response.closed) return;
    held += bytes;
    share.hold(bytes);
  };
}

async function answerSafely(parts: Answering, call: BodyParts): Promise<HttpAnswer> {
  try {
    return await answerRouted(parts, call);
  } catch (error) {
    parts.rules.onDefect(error);
    return DEFECT;
  }
}

async function answerRouted(parts: Answering, call: BodyParts): Promise<HttpAnswer> {
  const { url = '', rawHeaders } = call.request;
  const found = findRoute(parts.routes, url);
  const span = beginRequest(parts.rules, found?.path, rawHeaders);
  try {
    return await answerFound(parts, call, { found, span });
  } catch (error) {
    span?.fail();
    throw error;
  } finally {
    span?.end();
  }
}

/** What a request found, and its span. */
interface Found {
  readonly found: FoundRoute | undefined;
  readonly span: CallSpan | undefined;
}

/** Who asks is settled before anything else, so that strangers learn nothing. */
async function answerFound(
  { rules }: Answering,
  call: BodyParts,
  { found, span }: Found,
): Promise<HttpAnswer> {
  const { method = '', rawHeaders, socket } = call.request;
  const admitted = rules.admit(callOn(socket), span);
  if ('failure' in admitted) {
    rules.refused(admitted.failure, { span });
    return failureAnswer(admitted.failure);
  }
  if (rawHeaders.length > 2 * MAX_HEADERS) {
    rules.refused(TOO_MANY_HEADERS, admitted);
    return failureAnswer(TOO_MANY_HEADERS);
  }
  if (found === undefined) {
    rules.refused(NO_PATH, admitted);
    return NOT_FOUND;
  }
  const { route, rest, query } = found;
  if (route.methods === 'any' || route.methods.includes(method)) {
    const body = (limitBytes: number) => readBody(call, limitBytes);
    return route.answer({ method, rest, query, rawHeaders, readBody: body }, admitted);
  }
  rules.refused(NO_METHOD, admitted);
  return methodNotAllowed(route.methods);
}

/** A request of HTTP has no deadline that it could tell. */
function callOn(socket: Socket): TimedCall {
  const certificate = socket instanceof TLSSocket ? socket.getPeerCertificate() : undefined;
  // Where none is shown, the library gives an empty object.
  const sslPeerCertificate = certificate?.fingerprint256 === undefined ? undefined : certificate;
  return {
    getAuthContext: () => (sslPeerCertificate === undefined ? {} : { sslPeerCertificate }),
    getDeadline: () => Infinity,
  };
}

const { failure: TOO_MANY_HEADERS } = invalidArgument(
  `a request has at most ${String(MAX_HEADERS)} headers`,
);
const NO_PATH: CallFailure = unimplemented('the path is not known');
const NO_METHOD: CallFailure = unimplemented('the path has no such method');

function unimplemented(details: string): CallFailure {
  return { code: status.UNIMPLEMENTED, details, reason: 'invalid' };
}

const NOT_FOUND = errorAnswer({
  status: 404,
  code: 'not_found',
  message:
    'the path is not known; known are `/v1/models`, `/v1/models/MODEL`, `/ext-authz/…` and `/forward-auth`',
});

const DEFECT = errorAnswer({
  status: INTERNAL_ERROR.httpStatus,
  code: INTERNAL_ERROR.code,
  message: INTERNAL_ERROR.message,
});

function methodNotAllowed(methods: readonly string[]): HttpAnswer {
  const allow = methods.join(', ');
  return errorAnswer({
    status: 405,
    code: 'method_not_allowed',
    message: `the path has ${allow} only`,
    headers: { Allow: allow },
  });
}
