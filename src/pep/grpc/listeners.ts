import { ServerCredentials } from '@grpc/grpc-js';
import type { Server } from '@grpc/grpc-js';

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
  const problem = await clearSocketPath(address.path);
  return problem === undefined ? withSocketUmask(() => bind(server, address)) : { problem };
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
  if (error.message.includes('EADDRINUSE')) return 'the address is in use';
  if (error.message.includes('EACCES')) return 'permission is denied';
  if (error.message.includes('ENOENT')) return 'its directory does not exist';
  return error.message;
}
