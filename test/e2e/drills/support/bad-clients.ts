import { connect } from 'node:net';
import type { NetConnectOpts, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';

import { CALL_CASES } from '../../../bad-input/cases/call-cases';
import { CONNECTION_CASES } from '../../../bad-input/cases/connection-cases';
import { FRAMING_CASES } from '../../../bad-input/cases/framing-cases';
import { titleOf } from '../../../bad-input/support/expected';
import { call } from '../../../bad-input/support/frame-case';
import type { FrameCase } from '../../../bad-input/support/frame-case';
import {
  data,
  GOOD_HEADERS,
  headers,
  headersWith,
  message,
  ping,
  PREFACE,
  reset,
  settings,
} from '../../../bad-input/support/http2-bytes';
import { connectRaw } from '../../../bad-input/support/raw-peer';
import { ALLOWED } from '../../../bad-input/support/wire';
import type { Issued } from '../../../contract/support/authority';
import type { FullSite } from './full-site';

/** What a client does with one connection, from its beginning to its end. */
export type Meet = (site: FullSite) => Promise<unknown>;

const CANCEL = 8;
const OPENING = Buffer.concat([PREFACE, settings()]);
const HTTP1 = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

type Sent = Pick<FrameCase, 'opening' | 'bytes' | 'ends'>;

/** Sends what a case says, and leaves once it is clear what becomes of the connection. */
async function send({ plain }: FullSite, sent: Sent): Promise<string> {
  const { opening = OPENING, bytes, ends } = sent;
  const peer = await connectRaw(plain);
  peer.send(Buffer.concat([opening, typeof bytes === 'function' ? bytes() : bytes]));
  if (ends === true) peer.end();
  const fate = await peer.fateOfConnection();
  peer.close();
  return fate;
}

/** Those that are over at once; floods have drills of their own, and what takes long to unpack has cases of its own. */
const CASES = [...CONNECTION_CASES, ...CALL_CASES, ...FRAMING_CASES].filter(
  ({ category, floods }) => floods !== true && category !== 'expansion',
);

/** What clients are sent away for that do it too often. */
const HABITS: Readonly<Record<string, Buffer>> = {
  pings: Buffer.concat(Array<Buffer>(3000).fill(ping(1))),
  resets: Buffer.concat(
    Array.from({ length: 1000 }, (_, index) => 2 * index + 1).flatMap((stream) => [
      headers(GOOD_HEADERS, { stream }),
      reset(stream, CANCEL),
    ]),
  ),
};

async function beSentAway(site: FullSite, bytes: Buffer): Promise<void> {
  expect(await send(site, { bytes })).not.toBe('IGNORED');
}

const gone = (socket: Socket): Promise<unknown> =>
  new Promise((done) => {
    socket.on('error', () => undefined).once('close', done);
    socket.resume();
  });

/** Says something to whatever listens there, and ends. */
function say(where: NetConnectOpts, text: string): Promise<unknown> {
  const socket = connect(where);
  socket.end(Buffer.from(text, 'latin1'));
  return gone(socket);
}

const STREAM = headers(headersWith({ ':path': '/ambit.v1.DecisionService/DecideStream' }));

/** Calls that their client does not wait for. */
const ABANDONED: Readonly<Record<string, Buffer>> = {
  nothing: Buffer.alloc(0),
  'half of a call': headers(GOOD_HEADERS),
  'a call': call(GOOD_HEADERS),
  'a stream': Buffer.concat([STREAM, data(message(ALLOWED), { ends: false })]),
};

/** Says something, and leaves once the service has begun to speak, as a process that dies does. */
function sayAndBreak({ plain }: FullSite, bytes: Buffer): Promise<unknown> {
  const socket = connect({ host: '127.0.0.1', port: Number(plain.split(':').at(-1)) });
  socket.write(Buffer.concat([OPENING, bytes]));
  socket.once('data', () => void socket.resetAndDestroy());
  return gone(socket);
}

/** Says something to a listener that speaks TLS. */
const sayPlainly = ({ securedPort }: FullSite, text: string): Promise<unknown> =>
  say({ host: '127.0.0.1', port: securedPort }, text);

/** Says something within TLS, and ends. */
function saySecurely(
  { ca, securedPort }: FullSite,
  options: ConnectionOptions,
  ...bytes: readonly Uint8Array[]
): Promise<unknown> {
  const trusting = { ca, servername: 'localhost', ALPNProtocols: ['h2'] };
  const socket = connectTls({ port: securedPort, host: '127.0.0.1', ...trusting, ...options });
  socket.end(Buffer.concat(bytes));
  return gone(socket);
}

const shown = ({ key, cert }: Issued): ConnectionOptions => ({ key, cert });

const SECURED: Readonly<Record<string, Meet>> = {
  'no TLS': (site) => sayPlainly(site, HTTP1),
  'half of a greeting': (site) => sayPlainly(site, '\x16\x03\x01\x00\xc8\x01\x00\x00\xc4'),
  'no certificate': (site) => saySecurely(site, {}, OPENING),
  'a certificate of somebody else': (site) => saySecurely(site, shown(site.stranger), OPENING),
  'no protocol': (site) => saySecurely(site, { ...shown(site.client), ALPNProtocols: [] }, OPENING),
  'HTTP/1.1 for HTTP/2': (site) => saySecurely(site, shown(site.client), Buffer.from(HTTP1)),
  'data on stream 0': (site) =>
    saySecurely(site, shown(site.client), OPENING, data(Buffer.alloc(8), { stream: 0 })),
  nothing: (site) => saySecurely(site, shown(site.client)),
};

/** What is said to a listener of HTTP/1.1. */
const SAID: Readonly<Record<string, string>> = {
  noise: '\xff'.repeat(64),
  'half of a request': HTTP1.slice(0, 20),
  'a header without an end': `GET / HTTP/1.1\r\nx: ${'y'.repeat(100_000)}`,
  'HTTP/2': OPENING.toString('latin1'),
  'a body that is shorter': 'POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{}',
  'a path that there is not': HTTP1,
};

const of = <T>(
  named: Readonly<Record<string, T>>,
  title: (name: string) => string,
  meet: (one: T) => Meet,
): readonly (readonly [name: string, meet: Meet])[] =>
  Object.entries(named).map(([name, one]) => [title(name), meet(one)] as const);

/** Clients that end their connection badly, or have it ended, by what they do. */
export const BAD_CLIENTS: readonly (readonly [name: string, meet: Meet])[] = [
  ...CASES.map((each) => [titleOf(each), (site: FullSite) => send(site, each)] as const),
  ...of(
    HABITS,
    (name) => `sent away for its ${name}`,
    (bytes) => (site) => beSentAway(site, bytes),
  ),
  ...of(
    ABANDONED,
    (name) => `gone behind ${name}`,
    (bytes) => (site) => sayAndBreak(site, bytes),
  ),
  ...of(
    SECURED,
    (name) => `over TLS: ${name}`,
    (meet) => meet,
  ),
  ...of(
    SAID,
    (name) => `over HTTP/1.1: ${name}`,
    (text) =>
      ({ httpPath }) =>
        say({ path: httpPath }, text),
  ),
  ...of(
    SAID,
    (name) => `to the diagnostics: ${name}`,
    (text) =>
      ({ diagnosticsPath }) =>
        say({ path: diagnosticsPath }, text),
  ),
];
