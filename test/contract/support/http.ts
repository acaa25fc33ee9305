import { request as requestPlain } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { request as requestSecurely } from 'node:https';

import type { Authority, Issued } from './authority';

/** A whole answer. */
export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
}

/** How something is asked. */
export interface HttpAsk {
  readonly method?: string;
  /** Names and values; a list sends the header once for each. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  /** Over TLS, trusting the authority, and showing a certificate. */
  readonly tls?: { readonly trusts: Authority; readonly shows?: Issued };
}

/** Asks with Node's own client on a connection of its own, at `HOST:PORT` or `unix:/PATH`. */
export function askHttp(address: string, path: string, ask: HttpAsk = {}): Promise<HttpReply> {
  const { method = 'GET', headers = {}, body, tls } = ask;
  const all = Object.entries(headers).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : [...value],
  ]);
  const options = {
    ...whereTo(address),
    path,
    method,
    headers: Object.fromEntries(all) as Record<string, string | string[]>,
    agent: false as const,
  };
  return new Promise((resolve, reject) => {
    const outgoing =
      tls === undefined
        ? requestPlain(options)
        : requestSecurely({
            ...options,
            ca: tls.trusts.cert,
            servername: 'localhost',
            ...(tls.shows === undefined ? {} : { cert: tls.shows.cert, key: tls.shows.key }),
          });
    outgoing.once('response', (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (part: string) => (text += part));
      incoming.once('error', reject);
      incoming.once('end', () => {
        const { statusCode = 0, headers: received } = incoming;
        resolve({ status: statusCode, headers: received, text, json: jsonOf(text) });
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** Where a client connects to. */
export function whereTo(address: string): { socketPath: string } | { host: string; port: number } {
  if (address.startsWith('unix:')) return { socketPath: address.slice('unix:'.length) };
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(address) ?? [];
  return { host, port: Number(port) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
