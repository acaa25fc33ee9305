import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

import { formatAddress } from '../../platform/address';

/**
 * Who a client is as far as room is shared out: the names in its certificate, which last for longer than the
 * certificate. Undefined: it shows none, so it is like all others of its listener.
 */
export function peerOf(socket: Socket): string | undefined {
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  return certificate?.subjectAltName ?? certificate?.fingerprint256;
}

/** The address of a client, `HOST:PORT`; undefined: its socket is of a path, or nobody asked while it was open. */
export function farEndOf(socket: Socket): string | undefined {
  const { remoteAddress: host, remotePort: port } = socket;
  if (host !== undefined && port !== undefined) return formatAddress({ kind: 'tcp', host, port });
  // A socket that has failed forgets its far end; the one that it wraps was asked at its beginning, and still knows it.
  const wrapped = wrappedBy(socket);
  return wrapped === undefined ? undefined : farEndOf(wrapped);
}

/** The socket that one of TLS was made of. */
export function wrappedBy(socket: Socket): Socket | undefined {
  const wrapped: unknown = '_parent' in socket ? socket._parent : undefined;
  return wrapped instanceof Socket ? wrapped : undefined;
}

/** True for a client of TLS that did not say which protocol it speaks (ALPN). */
export function saysNoProtocol(socket: Socket): boolean {
  return socket instanceof TLSSocket && socket.alpnProtocol === false;
}
