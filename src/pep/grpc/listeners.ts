import { access } from 'node:fs/promises';
import { dirname } from 'node:path';

import { ServerCredentials } from '@grpc/grpc-js';
import type { Server } from '@grpc/grpc-js';

import { errorCodeOf } from '../../platform/error-code';
import { formatAddress, isLoopback, parseAddress } from './address';
import type { ListenAddress } from './address';
import { clearSocketPath, withSocketUmask } from './socket-file';

/** Reads the addresses to listen on, and refuses plaintext that others could reach. */
export function checkListeners(
  texts: readonly string[],
  insecure: boolean,
): { readonly addresses: readonly ListenAddress[] } | { readonly problem: string } {
  if (texts.length === 0) return { problem: 'there is no address to listen on' };
  const addresses: ListenAddress[] = [];
  for (const text of texts) {
    const address = parseAddress(text);
    if (address === undefined) {
      return { problem: `\`${text}\` is no address; write \`HOST:PORT\` or \`unix:/PATH\`` };
    }
    if (address.kind === 'tcp' && !insecure && !isLoopback(address.host)) {
      const why = 'would send decisions in plaintext beyond this machine';
      return {
        problem: `\`${text}\` ${why}; listen on 127.0.0.1 or a unix socket, or say \`--insecure\``,
      };
    }
    addresses.push(address);
  }
  return { addresses };
}

/** Binds every address, or none: the caller stops the server if one fails. Ports are filled in. */
export async function listenOn(
  server: Server,
  addresses: readonly ListenAddress[],
): Promise<{ readonly addresses: readonly string[] } | { readonly problem: string }> {
  const bound: string[] = [];
  for (const address of addresses) {
    const result = await bindOne(server, address);
    if ('problem' in result) return result;
    bound.push(formatAddress(result.address));
  }
  return { addresses: bound };
}

type BindResult = { readonly address: ListenAddress } | { readonly problem: string };

async function bindOne(server: Server, address: ListenAddress): Promise<BindResult> {
  if (address.kind === 'tcp') return bind(server, address);
  const problem = (await missingDirectory(address.path)) ?? (await clearSocketPath(address.path));
  return problem === undefined ? withSocketUmask(() => bind(server, address)) : { problem };
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

function bind(server: Server, address: ListenAddress): Promise<BindResult> {
  const text = formatAddress(address);
  return new Promise((resolve) => {
    server.bindAsync(text, ServerCredentials.createInsecure(), (error, port) => {
      if (error !== null) resolve({ problem: `cannot listen on \`${text}\`: ${reasonOf(error)}` });
      else resolve({ address: address.kind === 'tcp' ? { ...address, port } : address });
    });
  });
}

function reasonOf(error: Error): string {
  if (error.message.includes('EADDRINUSE')) {
    return 'the address is in use; end the process that listens there, or choose another with `--listen`';
  }
  if (error.message.includes('EACCES')) return 'permission is denied';
  return error.message;
}
