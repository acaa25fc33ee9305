import type { Socket } from 'node:net';

import type { CallFailure } from './incoming';
import type { EdgeServiceParts } from './service-factory';

/** What speaks on the connections that a listener accepts; the listener owns the sockets, and knows who may come. */
export interface SocketServer {
  /** The protocol as TLS names it (ALPN). */
  readonly protocol: 'h2' | 'http/1.1';
  /** Takes over a connection whose client may speak. */
  accept(socket: Socket): void;
  /** Closes the connection that was taken over last, before anything is answered on it. */
  closeLatest(): void;
  /** Has all clients connect anew. What they have asked is answered first, unless it outlives the time. */
  retire(timeoutMs: number): void;
  /** Lets all calls end within the time; connections on which nothing goes on are closed at once. */
  drain(timeoutMs: number): void;
  /** Settles once nothing is left, after all connections have closed. */
  close(): Promise<void>;
}

/** What one connection takes of what the service can do. It ends with the connection by itself. */
export interface ConnectionShare {
  /** Takes a call; a failure says that there is too much to do. */
  admitCall(): { readonly failure: CallFailure } | undefined;
  /** The call is answered, or nobody waits for its answer. */
  settleCall(): void;
  /** Counts bytes of answers that are not taken. */
  hold(bytes: number): void;
  release(bytes: number): void;
}

/** Counts a connection until it closes. */
export type ShareLoad = (socket: Socket) => ConnectionShare;

/** What an HTTP server answers with. */
export interface HttpServerParts extends EdgeServiceParts {
  readonly shareLoad: ShareLoad;
}

/** Makes the HTTP server of a listener; main.ts says which one. */
export type MakeHttpServer = (parts: HttpServerParts) => SocketServer;
