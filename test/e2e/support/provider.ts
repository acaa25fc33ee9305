import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

import type { Certificate } from './certificates';

/** One request as a provider received it. */
export interface Received {
  readonly path: string;
  /** The name that the TLS client asked for (SNI). */
  readonly serverName: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers a request that was read whole, or leaves it unanswered. */
export type Answering = (request: Received, response: ServerResponse) => void | Promise<void>;

/** A provider that answers every request the same way and remembers what it received. */
export interface FakeProvider {
  readonly port: number;
  readonly received: readonly Received[];
  /** New connections and begun requests so far: 0 means that nothing at all arrived, kept-alive connections included. */
  contacts(): number;
  /** From now on, answers with this status (200: a body that names the provider). */
  answerWith(status: number): void;
  /** From now on, answers like this. */
  answer(how: Answering): void;
  /** From now on, breaks the TCP connection of every request (RST). */
  breakConnections(): void;
  /** From now on, shows another certificate; open connections are closed. */
  show(certificate: Certificate): void;
  /** Forgets what was received, answers with 200 and shows its first certificate again. */
  reset(): void;
  close(): Promise<void>;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const respond =
  (name: string, status: number): Answering =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 200 ? { from: name } : { error: { from: name } }));
  };

async function receive(request: IncomingMessage): Promise<Received> {
  const { servername } = request.socket as unknown as { servername?: string | false };
  const serverName = typeof servername === 'string' ? servername : '';
  const body = await readText(request);
  return { path: request.url ?? '', serverName, headers: request.headers, body };
}

/** Starts a provider over TLS on a free port of 127.0.0.1. `name` stands in its answers. */
export async function startProvider(name: string, certificate: Certificate): Promise<FakeProvider> {
  const received: Received[] = [];
  // The TCP connections below TLS, by the client's port: only they can be reset.
  const connections = new Map<number | undefined, Socket>();
  let answering = respond(name, 200);
  let contacts = 0;
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const whole = await receive(request);
    received.push(whole);
    await answering(whole, response);
  };
  const server = createServer({ ...certificate }, (req, res) => {
    contacts += 1;
    // A request that broke off has nothing to be answered; what the test expects of it is asserted elsewhere.
    handle(req, res).catch(() => res.destroy());
  });
  // A rig that fails to start leaves its providers behind; they must not keep the test process alive.
  server.unref();
  server.on('connection', (socket: Socket) => {
    contacts += 1;
    connections.set(socket.remotePort, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let shown = certificate;
  const show = (next: Certificate): void => {
    if (next === shown) return;
    shown = next;
    server.setSecureContext({ ...next });
    server.closeAllConnections();
  };
  return {
    port: (server.address() as AddressInfo).port,
    received,
    contacts: () => contacts,
    answerWith: (status) => (answering = respond(name, status)),
    answer: (how) => (answering = how),
    breakConnections: () => {
      answering = (_request, { socket }) => {
        connections.get(socket?.remotePort)?.resetAndDestroy();
      };
    },
    show,
    reset: () => {
      show(certificate);
      received.length = 0;
      contacts = 0;
      answering = respond(name, 200);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
