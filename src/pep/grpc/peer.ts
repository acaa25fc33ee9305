import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/**
 * Who a client is as far as room is shared out: the names in its certificate, which last for longer than the
 * certificate. Undefined: it shows none, so it is like all others of its listener.
 */
export function peerOf(socket: Socket): string | undefined {
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  return certificate?.subjectAltName ?? certificate?.fingerprint256;
}
