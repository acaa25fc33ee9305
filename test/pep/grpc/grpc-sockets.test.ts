import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';

import { Server } from '@grpc/grpc-js';

import { grpcSockets } from '../../../src/pep/grpc/grpc-sockets';
import { createAuthority } from '../../contract/support/authority';

it('reads what is sent by a client that is refused for its protocol, so that it is seen to go', async () => {
  const authority = createAuthority();
  const { key, cert } = authority.issue({ names: ['DNS:localhost'] });
  const server = new Server();
  const sockets = grpcSockets(server);
  const listener = createServer({ key, cert }, (socket) => {
    sockets.accept(socket);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const accepted = once(listener, 'secureConnection') as Promise<[TLSSocket]>;
  const { port } = listener.address() as AddressInfo;
  const client = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: authority.cert });
  client.resume();
  const [socket] = await accepted;
  expect(socket.alpnProtocol).toBe(false);
  expect(socket.readableFlowing).toBe(true);
  client.end();
  await once(client, 'close');
  listener.close();
  server.forceShutdown();
  authority.remove();
});
