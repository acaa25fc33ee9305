import type { ServerHttp2Session } from 'node:http2';

import type { Server } from '@grpc/grpc-js';

/** The open sessions of each server. The library keeps them to itself, and can only end them for good. */
const SESSIONS = new WeakMap<Server, Set<ServerHttp2Session>>();

/** Those whose clients were told to connect anew. */
const RETIRED = new WeakSet<ServerHttp2Session>();

/** Milliseconds for a client to show that it has read that it shall come anew. */
const NOTICE_MS = 1000;

/** Keeps a session in mind until it closes. */
export function keepSession(server: Server, session: ServerHttp2Session): void {
  const sessions = SESSIONS.get(server) ?? new Set();
  SESSIONS.set(server, sessions.add(session));
  session.once('close', () => sessions.delete(session));
}

/** Has the clients of all open sessions connect anew. What they have begun is answered, unless it outlives the time. */
export function retireSessions(server: Server, timeoutMs: number): void {
  for (const session of [...(SESSIONS.get(server) ?? [])]) {
    retireSession(session, timeoutMs + NOTICE_MS);
  }
}

/** True once the client of a session was told to connect anew. */
export function isRetired(session: ServerHttp2Session): boolean {
  return RETIRED.has(session);
}

/** Closes the session that was opened last; clients try again what they asked meanwhile. */
export function closeLatestSession(server: Server): void {
  [...(SESSIONS.get(server) ?? [])].at(-1)?.close();
}

/**
 * Has a client connect anew. It is told first which call is the last that is answered here, so that it asks those again that
 * cross the notice on their way; Node can tell it no later one, since HTTP/2 passes over all that comes after a notice.
 */
export function retireSession(session: ServerHttp2Session, timeoutMs: number): void {
  if (session.destroyed) return;
  const end = setTimeout(() => {
    session.destroy();
  }, timeoutMs).unref();
  session.once('close', () => {
    clearTimeout(end);
  });
  if (session.closed || RETIRED.has(session)) return;
  RETIRED.add(session);
  const close = (): void => {
    clearTimeout(late);
    if (!session.destroyed) session.close();
  };
  const late = setTimeout(close, NOTICE_MS).unref();
  session.goaway(0);
  session.ping(close);
}
