import type { ServerHttp2Session } from 'node:http2';

/** What carries a session. */
export interface GuardedWire {
  /** Bytes that the client's machine has taken so far. */
  readonly takenBytes: number;
  /** Tells the client with what code of HTTP/2 its connection ends, and why, as far as it still reads. */
  sayGoaway(code: number, reason: string): void;
  /** Ends the connection at once where its client does not take what is written and HTTP/2 would wait for that. */
  cutIfStuck(): void;
}

/** The wire of a session that reads from its connection itself. */
export function wireOf(session: ServerHttp2Session): GuardedWire {
  return {
    get takenBytes() {
      return session.destroyed ? 0 : session.socket.bytesWritten;
    },
    sayGoaway: (code, reason) => {
      try {
        session.goaway(code, 0, Buffer.from(reason));
      } catch {
        // The session is gone already, which is what was wanted.
      }
    },
    // Node destroys the connection together with its session.
    cutIfStuck: () => undefined,
  };
}
