import type { ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';

/** What carries a session. */
export interface GuardedWire {
  /** Bytes of HTTP/2 that the client's machine has taken so far. */
  readonly takenBytes: number;
  /** All that it has taken so far, and what waits for it, where that is known. */
  readonly sentBytes: number;
  readonly waitingBytes: number;
  /** Tells the client with what code of HTTP/2 its connection ends, and why, as far as it still reads. */
  sayGoaway(code: number, reason: string): void;
  /** Ends the connection, whatever is still to be written on it. */
  cut(): void;
}

/** The wire of a session that reads from its connection itself. */
export function wireOf(session: ServerHttp2Session, connection: Socket): GuardedWire {
  return {
    get takenBytes() {
      return session.destroyed ? 0 : session.socket.bytesWritten;
    },
    // HTTP/2 writes past the connection's own queue.
    sentBytes: 0,
    waitingBytes: 0,
    sayGoaway: (code, reason) => {
      try {
        session.goaway(code, 0, Buffer.from(reason));
      } catch {
        // The session is gone already, which is what was wanted.
      }
    },
    cut: () => void connection.destroy(),
  };
}
