import { constants } from 'node:crypto';
import { createServer } from 'node:net';
import type { Server as NetServer, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Server as TlsServer } from 'node:tls';

import { formatAddress } from '../../platform/address';
import type { ListenAddress } from '../../platform/address';
import { removesAuthority } from '../../platform/authorities';
import type { TlsMaterial } from '../../platform/tls-material';
import type { ServiceLimits } from '../../ports/service-limits';
import { bindTo } from '../../platform/bind';
import type { SocketServer } from '../socket-server';
import { createConnectionRoom } from './connection-room';
import { farEndOf, peerOf, saysNoProtocol, wrappedBy } from './peer';

/** An address that is listened on. */
export interface Listener {
  /** Its text, port filled in. */
  readonly address: string;
  /** Connections that are open. */
  readonly connections: () => number;
  /**
   * Shows another certificate from the next connection on. Where an authority is no longer trusted, all who came
   * under it or another one must come anew.
   */
  readonly renewTls: (material: TlsMaterial) => void;
  /** Takes no new connections, lets calls end, and cuts what is left after the time. */
  readonly drain: (timeoutMs: number) => Promise<void>;
}

/** What a listener is made of. */
export interface ListenerParts {
  readonly server: SocketServer;
  readonly address: ListenAddress;
  /** Where another address can be said. */
  readonly option: string;
  /** Absent: plaintext. */
  readonly tls?: TlsMaterial;
  readonly limits: ServiceLimits;
  /** How long calls may go on where their connection is to end. */
  readonly drainTimeoutMs: number;
  readonly events: ListenerEvents;
}

/** What happens before there is a call that could be refused. */
export interface ListenerEvents {
  /** A client did not get through the TLS handshake: `reason` is the code that the library gives, `peer` its address. */
  readonly onHandshakeFailed: (reason: string, peer: string | undefined) => void;
  /** A connection was closed at once because there are too many. */
  readonly onConnectionRefused: () => void;
}

const MS_PER_SECOND = 1000;

/** Listens. The sockets are ours, so that who fails to become a client is seen, and how many there are is bounded. */
export async function openListener(
  parts: ListenerParts,
): Promise<{ readonly listener: Listener } | { readonly problem: string }> {
  const { server } = parts;
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // The session tells of what happens to its socket; without a listener an early reset would end the process.
    socket.on('error', () => undefined);
    server.accept(socket);
  };
  const trust = createTrust(parts);
  const acceptor =
    parts.tls === undefined
      ? plainAcceptor(parts, accept)
      : tlsAcceptor(parts, parts.tls, (socket) => {
          accept(socket);
          trust.check(socket);
        });
  acceptor.prependListener('connection', trust.begin);
  const bound = await bindTo(acceptor, parts.address, parts.option);
  if ('problem' in bound) return bound;
  const listener: Listener = {
    address: formatAddress(bound.address),
    connections: () => sockets.size,
    renewTls: (material) => {
      if (!('setSecureContext' in acceptor)) return;
      acceptor.setSecureContext(contextOf(material));
      trust.renew(material);
    },
    drain: async (timeoutMs) => {
      acceptor.close();
      server.drain(timeoutMs);
      await allClosed(sockets, timeoutMs);
      await server.close();
    },
  };
  return { listener };
}

/**
 * Keeps connections to the authorities that are trusted now. A handshake that began under others may end after they
 * have gone; nobody has asked anything on such a connection, so it is closed at once.
 */
function createTrust({ server, tls, drainTimeoutMs }: ListenerParts) {
  let ca = tls?.ca;
  let current = new WeakSet<Socket>();
  return {
    begin: (socket: Socket): void => {
      current.add(socket);
    },
    check: (socket: Socket): void => {
      const wrapped = wrappedBy(socket);
      // Who did not say that it speaks HTTP/2 is refused by it, and has no session that could be closed.
      if (server.protocol === 'h2' && saysNoProtocol(socket)) return;
      if (wrapped === undefined || !current.has(wrapped)) server.closeLatest();
    },
    renew: (material: TlsMaterial): void => {
      const former = ca;
      ca = material.ca;
      if (former === undefined || ca === undefined || !removesAuthority(former, ca)) return;
      current = new WeakSet();
      server.retire(drainTimeoutMs);
    },
  };
}

/** Settles once every socket is closed; those that are open after the time are cut. */
async function allClosed(sockets: ReadonlySet<Socket>, timeoutMs: number): Promise<void> {
  const cut = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, timeoutMs);
  // Not `once` of Node's events, which rejects where a client breaks its connection meanwhile.
  await Promise.all([...sockets].map((socket) => closed(socket)));
  clearTimeout(cut);
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
}

/** All who come here are one caller, or nobody knows who they are, so one more is as good as those before. */
function plainAcceptor(
  { limits, events }: ListenerParts,
  accept: (socket: Socket) => void,
): NetServer {
  const server = createServer({ noDelay: true }, accept);
  server.maxConnections = limits.connections;
  server.on('drop', events.onConnectionRefused);
  return server;
}

function tlsAcceptor(
  { limits, events, server: { protocol } }: ListenerParts,
  material: TlsMaterial,
  accept: (socket: Socket) => void,
): TlsServer {
  const room = createConnectionRoom({
    most: limits.connections,
    onRefused: events.onConnectionRefused,
  });
  const server = createTlsServer(
    {
      ...contextOf(material),
      ALPNProtocols: [protocol],
      requestCert: material.ca !== undefined,
      rejectUnauthorized: material.ca !== undefined,
      handshakeTimeout: limits.handshake_seconds * MS_PER_SECOND,
      noDelay: true,
    },
    (socket) => {
      if (room.enter(socket, peerOf(socket) ?? '')) accept(socket);
    },
  );
  server.prependListener('connection', room.begin);
  server.maxConnections = room.mostAtOnce;
  server.on('drop', events.onConnectionRefused);
  server.on('tlsClientError', (error: Error & { readonly code?: string }, socket) => {
    events.onHandshakeFailed(error.code ?? 'unknown', farEndOf(socket));
  });
  return server;
}

/** No resumption: a session begun under one authority must not go on under another. */
function contextOf({ cert, key, ca }: TlsMaterial) {
  return {
    cert,
    key,
    ...(ca === undefined ? {} : { ca }),
    minVersion: 'TLSv1.2',
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
  } as const;
}
