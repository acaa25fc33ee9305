import { open, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';

import { whoListens, type Listening } from '../../platform/socket-file';

/** Bytes of a path that every system takes for a socket. */
const MAX_PATH_BYTES = 100;

/** The umask under which only the owner may connect (0600). */
const OWNER_UMASK = 0o177;

/** The name of the socket beside a lock's token. */
export function socketName(token: string): string {
  return `.lock-${token}.sock`;
}

/**
 * Listens in a directory until it is told to end, or the process ends, however it does: the system itself says then
 * that nobody listens any more, to every process of the same kernel. Nothing that is sent is read. Resolves to what ends it.
 */
export async function listenIn(directory: string, token: string): Promise<() => Promise<void>> {
  const server = createServer((socket) => socket.destroy());
  // It goes on to listen after a connection that cannot be accepted, for which there may be no descriptor.
  server.on('error', () => undefined).unref();
  await withShortPath(directory, socketName(token), (path) => bind(server, path));
  return async () => {
    await rm(join(directory, socketName(token)), { force: true });
    await new Promise((resolve) => server.close(resolve));
  };
}

/** Who listens for a lock's token; tells it of processes of the same kernel alone. */
export function listensFor(directory: string, token: string): Promise<Listening> {
  return withShortPath(directory, socketName(token), whoListens);
}

function bind(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', resolve);
    // The file is made before `listen` returns.
    const before = process.umask(OWNER_UMASK);
    server.listen(path);
    process.umask(before);
  });
}

/** A path that is too long for a socket leads through a descriptor of its directory. */
async function withShortPath<T>(
  directory: string,
  name: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const path = join(directory, name);
  if (Buffer.byteLength(path) <= MAX_PATH_BYTES) return use(path);
  const handle = await open(directory, 'r');
  try {
    return await use(`/proc/self/fd/${String(handle.fd)}/${name}`);
  } finally {
    await handle.close();
  }
}
