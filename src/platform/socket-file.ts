import { lstat, unlink } from 'node:fs/promises';
import { createConnection } from 'node:net';

import { errorCodeOf } from './error-code';

/** The umask under which sockets are made: owner and group may connect (0660), nobody else. */
const SOCKET_UMASK = 0o117;

/**
 * Makes way for a socket: a stale one is removed if nobody listens on it. Anything that is not a socket stays.
 * Returns why the path cannot be used; undefined if it can.
 */
export async function clearSocketPath(path: string): Promise<string | undefined> {
  try {
    const stats = await lstat(path);
    if (!stats.isSocket()) return `\`${path}\` exists and is not a socket; move it away`;
    if (await isServed(path)) return `another process listens on \`${path}\`; end it first`;
    await unlink(path);
    return undefined;
  } catch (error) {
    const code = errorCodeOf(error) ?? 'an error';
    if (code === 'ENOENT') return undefined;
    return `cannot replace the socket \`${path}\`: the system answers ${code}`;
  }
}

/** Only a refused connection shows that nobody listens; every other answer leaves the file alone. */
async function isServed(path: string): Promise<boolean> {
  return (await whoListens(path)) !== 'refused';
}

/** What a socket's path answers: `refused` and `absent` show that nobody listens, `unsure` shows nothing. */
export type Listening = 'accepted' | 'refused' | 'absent' | 'unsure';

/** Connects once and hangs up. */
export function whoListens(path: string): Promise<Listening> {
  return new Promise((resolve) => {
    const socket = createConnection({ path });
    socket.once('connect', () => {
      socket.destroy();
      resolve('accepted');
    });
    socket.once('error', (error) => {
      const code = errorCodeOf(error);
      if (code === 'ECONNREFUSED') resolve('refused');
      else resolve(code === 'ENOENT' ? 'absent' : 'unsure');
    });
  });
}

/** Runs `bind` so that a socket that it makes is never open to others, not even for an instant. */
export async function withSocketUmask<T>(bind: () => Promise<T>): Promise<T> {
  const before = process.umask(SOCKET_UMASK);
  try {
    return await bind();
  } finally {
    process.umask(before);
  }
}
