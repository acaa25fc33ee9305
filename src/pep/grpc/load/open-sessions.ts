import { constants } from 'node:http2';
import type { ServerHttp2Session } from 'node:http2';

import type { Server } from '@grpc/grpc-js';

import type { GuardedWire } from './guarded-wire';

/** The open sessions of each server. The library keeps them to itself, and can only end them for good. */
const SESSIONS = new WeakMap<Server, Map<ServerHttp2Session, GuardedWire>>();

/** Milliseconds for a client to show that it has read that it shall come anew. */
const NOTICE_MS = 1000;

/** Keeps a session in mind until it closes. */
export function keepSession(server: Server, session: ServerHttp2Session, wire: GuardedWire): void {
  const sessions = SESSIONS.get(server) ?? new Map<ServerHttp2Session, GuardedWire>();
  SESSIONS.set(server, sessions.set(session, wire));
  session.once('close', () => sessions.delete(session));
}

/** Has the clients of all open sessions connect anew: none of their calls is lost, unless it outlives the time. */
export function retireSessions(server: Server, timeoutMs: number): void {
  const sessions = [...(SESSIONS.get(server) ?? [])];
  for (const [session, wire] of sessions) retire(session, wire);
  setTimeout(() => {
    for (const [session] of sessions) session.destroy();
  }, timeoutMs + NOTICE_MS).unref();
}

/** Closes the session that was opened last; clients try again what they asked meanwhile. */
export function closeLatestSession(server: Server): void {
  [...(SESSIONS.get(server)?.keys() ?? [])].at(-1)?.close();
}

/**
 * Tells the client first, so that no call crosses the closing on its way. Where nothing can be said now, the closing itself tells
 * it which call is the last that is answered here, and clients ask later ones again.
 */
function retire(session: ServerHttp2Session, wire: GuardedWire): void {
  if (session.closed || session.destroyed) return;
  const close = (): void => {
    clearTimeout(late);
    if (!session.destroyed) session.close();
  };
  const late = setTimeout(close, NOTICE_MS).unref();
  wire.sayGoaway(constants.NGHTTP2_NO_ERROR, '');
  session.ping(close);
}
