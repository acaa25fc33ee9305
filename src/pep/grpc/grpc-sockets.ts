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
      if (!saysNoProtocol(socket)) {
        injector.injectConnection(new GatedSocket(socket));
        return;
      }
      // HTTP/2 refuses who does not say that it speaks it, which it would not see through the gate.
      injector.injectConnection(socket);
      // It reads nothing of such a client, and so would keep it for seconds after it has gone.
      socket.resume();
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
