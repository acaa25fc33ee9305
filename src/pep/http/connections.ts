import type { ServerResponse } from 'node:http';
import type { Server, Socket } from 'node:net';

/** The open connections of a server. */
export interface Connections {
  /** Tells that an answer has begun. False: the one before it on this connection has not ended. */
  begin(socket: Socket, response: ServerResponse): boolean;
  /** Cuts what waits, and what answers after a time at the latest; new ones are still taken. */
  retire(closeMs: number): void;
  /** The same for good: whatever comes later is closed after its answer, too. */
  end(closeMs: number): void;
  /** Cuts the connection that came last. */
  closeLatest(): void;
}

interface OpenConnections {
  /** In the order of their coming, or of their last answer. */
  readonly open: Set<Socket>;
  readonly answering: Set<Socket>;
  /** Those that are closed after their answer. */
  readonly leaving: WeakSet<Socket>;
  latest?: Socket;
  ending: boolean;
}

/**
 * Keeps the connections of a server within their number. One more closes the one that has waited longest for a
 * request, so that whoever holds connections open cannot keep a probe out.
 */
export function limitConnections(server: Server, maximum: number): Connections {
  const state: OpenConnections = {
    open: new Set(),
    answering: new Set(),
    leaving: new WeakSet(),
    ending: false,
  };
  server.on('connection', (socket) => {
    if (state.open.size >= maximum) evict(state);
    add(state, socket);
  });
  return {
    begin: (socket, response) => begin(state, socket, response),
    retire: (closeMs) => {
      retire(state, closeMs);
    },
    end: (closeMs) => {
      state.ending = true;
      retire(state, closeMs);
    },
    closeLatest: () => {
      state.latest?.destroy();
    },
  };
}

function add(state: OpenConnections, socket: Socket): void {
  state.open.add(socket);
  state.latest = socket;
  socket.once('close', () => {
    state.open.delete(socket);
    state.answering.delete(socket);
    if (state.latest === socket) delete state.latest;
  });
}

function begin(state: OpenConnections, socket: Socket, response: ServerResponse): boolean {
  const { open, answering, leaving } = state;
  if (answering.has(socket)) return false;
  answering.add(socket);
  response.once('close', () => {
    answering.delete(socket);
    if (open.delete(socket)) open.add(socket);
    if (state.ending || leaving.has(socket)) socket.destroySoon();
  });
  return true;
}

function retire({ open, answering, leaving }: OpenConnections, closeMs: number): void {
  const former = [...open];
  for (const socket of former) {
    leaving.add(socket);
    if (!answering.has(socket)) socket.destroy();
  }
  setTimeout(() => {
    for (const socket of former) socket.destroy();
  }, closeMs).unref();
}

/** Those that are answered are nearly done, so they go only if there is no other. */
function evict({ open, answering }: OpenConnections): void {
  const [first] = open;
  const waiting = [...open].find((socket) => !answering.has(socket));
  const evicted = waiting ?? first;
  if (evicted === undefined) return;
  open.delete(evicted);
  evicted.destroy();
}
