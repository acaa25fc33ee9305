import { access } from 'node:fs/promises';
import type { Server } from 'node:net';
import { dirname } from 'node:path';

import { formatAddress } from './address';
import type { ListenAddress } from './address';
import { errorCodeOf } from './error-code';
import { clearSocketPath, withSocketUmask } from './socket-file';

/** The address that was bound, port filled in, or why it cannot be. */
type BindResult = { readonly address: ListenAddress } | { readonly problem: string };

/**
 * Binds a server of sockets. A stale socket file makes way; the mode of a new one is 0660 from the start. `option`
 * is where another address can be said.
 */
export async function bindTo(
  server: Server,
  address: ListenAddress,
  option = '--listen',
): Promise<BindResult> {
  if (address.kind === 'tcp') return bind(server, address, option);
  const problem = (await missingDirectory(address.path)) ?? (await clearSocketPath(address.path));
  if (problem !== undefined) return { problem };
  return withSocketUmask(() => bind(server, address, option));
}

// Looked for first, because the system calls a missing directory a lack of permission.
async function missingDirectory(path: string): Promise<string | undefined> {
  const directory = dirname(path);
  try {
    await access(directory);
    return undefined;
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT') return undefined;
    const cannot = `cannot listen on \`unix:${path}\``;
    return `${cannot}: its directory \`${directory}\` does not exist; make it with \`mkdir -p\``;
  }
}

function bind(server: Server, address: ListenAddress, option: string): Promise<BindResult> {
  const at =
    address.kind === 'tcp' ? { host: address.host, port: address.port } : { path: address.path };
  return new Promise((resolve) => {
    const onError = (error: Error): void => {
      const reason = reasonOf(error, option);
      resolve({ problem: `cannot listen on \`${formatAddress(address)}\`: ${reason}` });
    };
    server.once('error', onError);
    server.listen(at, () => {
      server.off('error', onError);
      resolve({ address: withPort(address, server) });
    });
  });
}

function withPort(address: ListenAddress, server: Server): ListenAddress {
  const bound = server.address();
  if (address.kind === 'unix' || bound === null || typeof bound === 'string') return address;
  return { ...address, port: bound.port };
}

function reasonOf(error: Error, option: string): string {
  const code = errorCodeOf(error);
  if (code === 'EADDRINUSE') {
    return `the address is in use; end the process that listens there, or choose another with \`${option}\``;
  }
  return code === 'EACCES' ? 'permission is denied' : error.message;
}
