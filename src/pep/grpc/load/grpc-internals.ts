import type { Http2Server, ServerOptions } from 'node:http2';

import type { Server } from '@grpc/grpc-js';

/**
 * What must be known of the gRPC library's server beyond its interface: the HTTP/2 servers that it makes, because
 * what is refused there costs a fraction of what a refused call costs, and what connections do is seen only there.
 */
export interface GrpcInternals {
  /** Makes the HTTP/2 server of a listener. */
  createHttp2Server: (credentials: unknown) => Http2Server;
  /** The options of those servers. */
  readonly commonServerOptions: ServerOptions;
  /** How each method is called, by its path. */
  readonly handlers: ReadonlyMap<string, { readonly type: string }>;
}

/** Looks into a server; throws where the library is another than the one that this was written for. */
export function internalsOf(server: Server): GrpcInternals {
  const { createHttp2Server, commonServerOptions, handlers } =
    server as unknown as Partial<GrpcInternals>;
  const isKnown =
    typeof createHttp2Server === 'function' &&
    typeof commonServerOptions === 'object' &&
    handlers instanceof Map;
  if (!isKnown) {
    throw new Error('no limits can be set on this @grpc/grpc-js; install the one that is locked');
  }
  return server as unknown as GrpcInternals;
}

/** Listens to streams in the place of the library; `take` gets what the library would have done. */
export function takeStreams<Listener>(
  http2Server: Http2Server,
  take: (original: Listener) => Listener,
): void {
  const [original, second] = http2Server.rawListeners('stream');
  if (original === undefined || second !== undefined) {
    throw new Error('no limits can be set on this @grpc/grpc-js; install the one that is locked');
  }
  http2Server.removeAllListeners('stream');
  http2Server.on('stream', take(original as Listener) as () => void);
}
