import { rmSync } from 'node:fs';
import { createServer as createHttp2Server, type Http2Session } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';

/** What stands where Ambit should be and does not do what Ambit does. */
export interface BrokenAmbit {
  /** Connections or calls so far, whichever it can tell. */
  asked(): number;
  close(): Promise<void>;
}

/** Puts one on the unix socket. */
export type Breakage = (socketFile: string) => Promise<BrokenAmbit>;

interface Closable {
  destroy(): void;
}

/** Listens, and ends with everything that is still open. */
async function serveOn(
  server: Server,
  socketFile: string,
  open: ReadonlySet<Closable>,
): Promise<() => Promise<void>> {
  await new Promise<void>((resolve) => server.listen(socketFile, resolve));
  return async () => {
    for (const connection of open) connection.destroy();
    await new Promise((resolve) => server.close(resolve));
    rmSync(socketFile, { force: true });
  };
}

/** Takes connections, which this handles. */
export const takingConnections =
  (handle: (connection: Socket) => void): Breakage =>
  async (socketFile) => {
    let asked = 0;
    const open = new Set<Socket>();
    const server = createServer((connection) => {
      asked += 1;
      open.add(connection);
      // Envoy may leave first.
      connection.on('error', () => connection.destroy());
      handle(connection);
    });
    const close = await serveOn(server, socketFile, open);
    return { asked: () => asked, close };
  };

/** An answer over HTTP/2, whatever is in it. */
export interface Http2Answer {
  readonly status?: number;
  readonly contentType?: string;
  readonly body?: Buffer;
  /** What `grpc-status` says at the end; without it, nothing does. */
  readonly grpcStatus?: number;
}

/** Speaks HTTP/2 as gRPC does, and gives every call this answer. */
export const answeringCalls =
  ({ status, contentType, body, grpcStatus }: Http2Answer): Breakage =>
  async (socketFile) => {
    let asked = 0;
    const sessions = new Set<Http2Session>();
    const server = createHttp2Server();
    server.on('session', (session) => sessions.add(session));
    server.on('stream', (stream) => {
      asked += 1;
      stream.on('error', () => undefined);
      stream.respond(
        { ':status': status ?? 200, 'content-type': contentType ?? 'application/grpc' },
        { waitForTrailers: grpcStatus !== undefined },
      );
      stream.on('wantTrailers', () => {
        stream.sendTrailers({ 'grpc-status': String(grpcStatus) });
      });
      stream.end(body);
    });
    const close = await serveOn(server, socketFile, sessions);
    return { asked: () => asked, close };
  };

/** A message as gRPC sends it: uncompressed, with its length, or with one that is not its own. */
export function grpcMessage(content: Buffer, length = content.length): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, content]);
}
