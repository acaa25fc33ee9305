import { Server, ServerCredentials } from '@grpc/grpc-js';

import { internalsOf, takeStreams } from '../../../../src/pep/grpc/load/grpc-internals';

describe('what is known of the gRPC library', () => {
  it('is there in the version that is installed', () => {
    const server = new Server({ 'grpc.enable_channelz': 0 });
    const internals = internalsOf(server);
    const http2Server = internals.createHttp2Server(ServerCredentials.createInsecure());
    const originals: unknown[] = [];
    takeStreams<() => void>(http2Server, (original) => {
      originals.push(original);
      return () => undefined;
    });
    expect(originals).toEqual([expect.any(Function)]);
    expect(http2Server.listenerCount('stream')).toBe(1);
    server.forceShutdown();
  });

  it('is missed, and nothing is served without limits, in another one', () => {
    expect(() => internalsOf(Object.create(null) as Server)).toThrow(/^no limits can be set/);
    const server = internalsOf(new Server());
    const http2Server = server.createHttp2Server(ServerCredentials.createInsecure());
    http2Server.on('stream', () => undefined);
    expect(() => {
      takeStreams<() => void>(http2Server, (original) => original);
    }).toThrow(/^no limits can be set/);
  });
});
