import { constants } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server as NetServer, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Server as TlsServer } from 'node:tls';

import { ServerCredentials } from '@grpc/grpc-js';
import type { Server } from '@grpc/grpc-js';

import { formatAddress } from '../../platform/address';
import type { ListenAddress } from '../../platform/address';
import type { TlsMaterial } from '../../platform/tls-material';
import type { ServiceLimits } from '../../ports/service-limits';
import { bindTo } from '../../platform/bind';
import { createConnectionRoom } from './connection-room';
import { peerOf } from './peer';

/** An address that is listened on. */
export interface Listener {
  /** Its text, port filled in. */
  readonly address: string;
  /** Connections that are open. */
  readonly connections: () => number;
  /** Shows another certificate, or trusts other authorities, from the next connection on. */
  readonly renewTls: (material: TlsMaterial) => void;
  /** Takes no new connections, lets calls end, and cuts what is left after the time. */
  readonly drain: (timeoutMs: number) => Promise<void>;
}

/** What a listener is made of. */
export interface ListenerParts {
  readonly server: Server;
  readonly address: ListenAddress;
  /** Absent: plaintext. */
  readonly tls?: TlsMaterial;
  readonly limits: ServiceLimits;
  readonly events: ListenerEvents;
}

/** What happens before there is a call that could be refused. */
export interface ListenerEvents {
  /** A client did not get through the TLS handshake: `reason` is the code that the library gives. */
  readonly onHandshakeFailed: (reason: string) => void;
  /** A connection was closed at once because there are too many. */
  readonly onConnectionRefused: () => void;
}

const MS_PER_SECOND = 1000;

/** Listens. The sockets are ours, so that who fails to become a client is seen, and how many there are is bounded. */
export async function openListener(
  parts: ListenerParts,
): Promise<{ readonly listener: Listener } | { readonly problem: string }> {
  const injector = parts.server.createConnectionInjector(ServerCredentials.createInsecure());
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // The session tells of what happens to its socket; without a listener an early reset would end the process.
    socket.on('error', () => undefined);
    injector.injectConnection(socket);
  };
  const acceptor =
    parts.tls === undefined ? plainAcceptor(parts, accept) : tlsAcceptor(parts, parts.tls, accept);
  const bound = await bindTo(acceptor, parts.address);
  if ('problem' in bound) return bound;
  const listener: Listener = {
    address: formatAddress(bound.address),
    connections: () => sockets.size,
    renewTls: (material) => {
      if ('setSecureContext' in acceptor) acceptor.setSecureContext(contextOf(material));
    },
    drain: async (timeoutMs) => {
      acceptor.close();
      injector.drain(timeoutMs);
      await allClosed(sockets, timeoutMs);
      await shutDown(parts.server);
    },
  };
  return { listener };
}

/** Settles once every socket is closed; those that are open after the time are cut. */
async function allClosed(sockets: ReadonlySet<Socket>, timeoutMs: number): Promise<void> {
  const cut = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, timeoutMs);
  await Promise.all([...sockets].map((socket) => once(socket, 'close')));
  clearTimeout(cut);
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
  { limits, events }: ListenerParts,
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
      ALPNProtocols: ['h2'],
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
  server.on('tlsClientError', (error: Error & { readonly code?: string }) => {
    events.onHandshakeFailed(error.code ?? 'unknown');
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

function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.tryShutdown(() => {
      resolve();
    });
  });
}
