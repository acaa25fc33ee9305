import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

import { ServerCredentials } from '@grpc/grpc-js';
import type { Server } from '@grpc/grpc-js';

import type { SocketServer } from '../socket-server';
import { GatedSocket } from './frames/gated-socket';
import { closeLatestSession, retireSessions } from './load/open-sessions';

/** Lets a gRPC server speak on connections that others accept. */
export function grpcSockets(server: Server): SocketServer {
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  return {
    protocol: 'h2',
    accept: (socket) => {
      injector.injectConnection(saysNothing(socket) ? socket : new GatedSocket(socket));
    },
    closeLatest: () => {
      closeLatestSession(server);
    },
    retire: (timeoutMs) => {
      retireSessions(server, timeoutMs);
    },
    drain: (timeoutMs) => {
      injector.drain(timeoutMs);
    },
    close: () =>
      new Promise((resolve) => {
        server.tryShutdown(() => {
          resolve();
        });
      }),
  };
}

/** HTTP/2 refuses a client that did not say over TLS that it speaks it, which it would not see through the gate. */
function saysNothing(socket: Socket): boolean {
  return socket instanceof TLSSocket && socket.alpnProtocol === false;
}
