import { ServerCredentials } from '@grpc/grpc-js';
import type { Server } from '@grpc/grpc-js';

import type { SocketServer } from '../socket-server';
import { GatedSocket } from './frames/gated-socket';
import { closeLatestSession, retireSessions } from './load/open-sessions';
import { saysNoProtocol } from './peer';

/** Lets a gRPC server speak on connections that others accept. */
export function grpcSockets(server: Server): SocketServer {
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  return {
    protocol: 'h2',
    accept: (socket) => {
      // HTTP/2 refuses who does not say that it speaks it, which it would not see through the gate.
      injector.injectConnection(saysNoProtocol(socket) ? socket : new GatedSocket(socket));
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
