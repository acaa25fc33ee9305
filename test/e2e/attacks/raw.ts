import { createConnection } from 'node:net';

/** A request as it is written on the wire; what is left out is that of an honest one. */
export interface RawRequest {
  readonly line?: string;
  /** In place of the usual headers, but for `host` and `connection`, which stand before them. */
  readonly headers?: readonly string[];
  /** Beside the usual headers. */
  readonly more?: readonly string[];
  readonly body?: string | Buffer;
  /** Bytes behind the body, such as a second request. */
  readonly behind?: string;
  /** The `host` header line; empty: there is none. */
  readonly host?: string;
}

/** The path of an honest request. */
export const CHAT = '/v1/chat/completions';

/** What an honest client sends. */
export const HONEST_BODY = JSON.stringify({
  model: 'gpt-5.4-mini',
  messages: [{ role: 'user', content: 'hello' }],
});

/** The bytes of a request. */
export function bytesOf(request: RawRequest): Buffer {
  const { line = `POST ${CHAT} HTTP/1.1`, more = [], behind = '', host = 'host: ai' } = request;
  const body = Buffer.from(request.body ?? HONEST_BODY);
  const usual = ['content-type: application/json', `content-length: ${String(body.length)}`];
  const first = host === '' ? [] : [host];
  const head = [line, ...first, 'connection: close', ...(request.headers ?? usual), ...more];
  return Buffer.concat([
    Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'),
    body,
    Buffer.from(behind),
  ]);
}

/** Writes bytes on a connection of their own and reads until the other side ends it; answers with the statuses. */
export function sendRaw(port: number, bytes: Buffer): Promise<readonly number[]> {
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.on('data', (chunk) => chunks.push(chunk));
    // A connection that is broken off is an answer, too: none.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      const text = Buffer.concat(chunks).toString('latin1');
      const statuses = [...text.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, digits]) =>
        Number(digits),
      );
      done(statuses);
    });
    socket.write(bytes);
  });
}
