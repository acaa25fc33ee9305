import { request, type IncomingHttpHeaders } from 'node:http';

/** A request to a server on 127.0.0.1. Strings as they go on the wire; nothing is added but the body's length. */
export interface HttpRequest {
  readonly port: number;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sends the body in chunks, without saying its length. */
  readonly chunked?: boolean;
}

/** A whole answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Above what any answer takes, in milliseconds; a test that hangs should say where. */
const TIMEOUT_MS = 60_000;

/** Sends one request on a connection of its own and reads the whole answer. Rejects if there is none. */
export function send(asked: HttpRequest): Promise<HttpAnswer> {
  const { port, method, path, headers, body, chunked = false } = asked;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: method ?? 'POST',
        agent: false,
        timeout: TIMEOUT_MS,
        headers: {
          ...(body === undefined || chunked ? {} : { 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.once('error', reject);
        incoming.once('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
        });
      },
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error(`no answer to ${path} in time`)));
    outgoing.once('error', reject);
    if (chunked) outgoing.write(body);
    outgoing.end(chunked ? undefined : body);
  });
}
