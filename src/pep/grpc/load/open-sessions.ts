import type { ServerHttp2Session } from 'node:http2';

import type { Server } from '@grpc/grpc-js';

/** The open sessions of each server. The library keeps them to itself, and can only end them for good. */
const SESSIONS = new WeakMap<Server, Set<ServerHttp2Session>>();

/** Those whose clients were told to connect anew. */
const RETIRED = new WeakSet<ServerHttp2Session>();

/** A stream id that no stream exceeds: what is under way when the client reads it is still answered. */
const ANY_STREAM = 2 ** 31 - 1;

/** Milliseconds for a client to show that it has read that it shall come anew. */
const NOTICE_MS = 1000;

/** Keeps a session in mind until it closes. */
export function keepSession(server: Server, session: ServerHttp2Session): void {
  const sessions = SESSIONS.get(server) ?? new Set();
  SESSIONS.set(server, sessions.add(session));
  session.once('close', () => sessions.delete(session));
}

/** Has the clients of all open sessions connect anew: none of their calls is lost, unless it outlives the time. */
export function retireSessions(server: Server, timeoutMs: number): void {
  const sessions = [...(SESSIONS.get(server) ?? [])];
  sessions.forEach(retireSession);
  setTimeout(() => {
    for (const session of sessions) session.destroy();
  }, timeoutMs + NOTICE_MS).unref();
}

/** Closes the session that was opened last; clients try again what they asked meanwhile. */
export function closeLatestSession(server: Server): void {
  [...(SESSIONS.get(server) ?? [])].at(-1)?.close();
}

/** Has a client connect anew. It is told first, so that no call crosses the closing on its way. */
export function retireSession(session: ServerHttp2Session): void {
  if (session.closed || session.destroyed || RETIRED.has(session)) return;
  RETIRED.add(session);
  const close = (): void => {
    clearTimeout(late);
    if (!session.destroyed) session.close();
  };
  const late = setTimeout(close, NOTICE_MS).unref();
  session.goaway(0, ANY_STREAM);
  session.ping(close);
}
