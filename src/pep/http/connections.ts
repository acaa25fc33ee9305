import type { ServerResponse } from 'node:http';
import type { Server, Socket } from 'node:net';

/** The open connections of a server. */
export interface Connections {
  /** Tells that an answer has begun. False: the one before it on this connection has not ended. */
  begin(socket: Socket, response: ServerResponse): boolean;
  /** Cuts what waits, and what answers after a time at the latest; new ones are no longer taken. */
  end(closeMs: number): void;
}

/**
 * Keeps the connections of a server within their number. One more closes the one that has waited longest for a
 * request, so that whoever holds connections open cannot keep a probe out.
 */
export function limitConnections(server: Server, maximum: number): Connections {
  // In the order of their coming, or of their last answer.
  const open = new Set<Socket>();
  const answering = new Set<Socket>();
  let ending = false;
  server.on('connection', (socket) => {
    if (open.size >= maximum) evict(open, answering);
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      answering.delete(socket);
    });
  });
  return {
    begin: (socket, response) => {
      if (answering.has(socket)) return false;
      answering.add(socket);
      response.once('close', () => {
        answering.delete(socket);
        if (open.delete(socket)) open.add(socket);
        if (ending) socket.destroySoon();
      });
      return true;
    },
    end: (closeMs) => {
      ending = true;
      for (const socket of open) if (!answering.has(socket)) socket.destroy();
      setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, closeMs).unref();
    },
  };
}

/** Those that are answered are nearly done, so they go only if there is no other. */
function evict(open: Set<Socket>, answering: ReadonlySet<Socket>): void {
  const [first] = open;
  const waiting = [...open].find((socket) => !answering.has(socket));
  const evicted = waiting ?? first;
  if (evicted === undefined) return;
  open.delete(evicted);
  evicted.destroy();
}
