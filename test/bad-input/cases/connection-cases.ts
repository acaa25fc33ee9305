import {
  call,
  callOf,
  continuations,
  ended,
  manyStreams,
  onStream,
  raw,
} from '../support/frame-case';
import type { FrameCase } from '../support/frame-case';
import {
  data,
  FLAGS,
  frame,
  GOOD_HEADERS,
  header,
  headers,
  message,
  ping,
  PREFACE,
  reset,
  settings,
  TYPES,
  windowUpdate,
} from '../support/http2-bytes';
import { ALLOWED } from '../support/wire';

/** What is looked at is only what becomes of the connection. */
export const CONNECTION_CASES: readonly FrameCase[] = [
  {
    category: 'malformed',
    name: 'HTTP/1.1',
    opening: raw('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
    bytes: Buffer.alloc(0),
  },
  {
    category: 'malformed',
    name: 'a TLS greeting',
    opening: Buffer.from('16030100c8010000c40303', 'hex'),
    bytes: Buffer.alloc(512, 7),
  },
  { category: 'malformed', name: 'noise', opening: Buffer.alloc(64, 0xff), bytes: Buffer.alloc(0) },
  {
    category: 'malformed',
    name: 'headers that name no entry of any table',
    bytes: onStream(Buffer.alloc(8, 0xff), TYPES.headers, 1, FLAGS.endHeaders | FLAGS.end),
  },
  {
    category: 'malformed',
    name: 'headers of index 0',
    bytes: onStream(Buffer.of(0x80), TYPES.headers, 1, FLAGS.endHeaders | FLAGS.end),
  },
  {
    category: 'malformed',
    name: 'data on stream 0',
    bytes: onStream(message(ALLOWED), TYPES.data, 0, FLAGS.end),
  },
  {
    category: 'malformed',
    name: 'headers on stream 0',
    bytes: headers(GOOD_HEADERS, { stream: 0 }),
  },
  {
    category: 'malformed',
    name: 'headers on an even stream',
    bytes: headers(GOOD_HEADERS, { stream: 2 }),
  },
  {
    category: 'malformed',
    name: 'more padding than there is',
    bytes: callOf(onStream(Buffer.of(200, 1, 2), TYPES.data, 1, FLAGS.padded)),
  },
  {
    category: 'malformed',
    name: 'a continuation of nothing',
    bytes: onStream(header('x', 'y'), TYPES.continuation, 1, FLAGS.endHeaders),
  },
  {
    category: 'malformed',
    name: 'another frame between headers',
    bytes: Buffer.concat([headers(GOOD_HEADERS, { flags: 0 }), ping(1)]),
  },
  {
    category: 'truncated',
    name: 'half of the preface',
    opening: PREFACE.subarray(0, 12),
    bytes: Buffer.alloc(0),
    ends: true,
  },
  {
    category: 'truncated',
    name: 'half of the head of a frame',
    bytes: headers(GOOD_HEADERS).subarray(0, 5),
    ends: true,
  },
  {
    category: 'truncated',
    name: 'half of the headers',
    bytes: headers(GOOD_HEADERS).subarray(0, 40),
    ends: true,
  },
  {
    category: 'truncated',
    name: 'a message that its client takes back',
    bytes: callOf(data(message(ALLOWED).subarray(0, 9), { ends: false }), reset(1, 8)),
  },
  {
    category: 'foreign',
    name: 'a frame of an unknown type',
    bytes: frame({ type: 0xee, payload: Buffer.alloc(100) }),
  },
  {
    category: 'foreign',
    name: 'a promise by a client',
    bytes: Buffer.concat([
      headers(GOOD_HEADERS),
      onStream(Buffer.of(0, 0, 0, 2), TYPES.push, 1, FLAGS.endHeaders),
    ]),
  },
  {
    category: 'foreign',
    name: 'a stream that depends on itself',
    bytes: onStream(Buffer.of(0, 0, 0, 1, 16), TYPES.priority, 1),
  },
  {
    category: 'huge',
    name: 'a frame of 16 MiB',
    bytes: Buffer.concat([
      headers(GOOD_HEADERS),
      frame({ type: TYPES.data, stream: 1, length: 0xffffff }),
    ]),
  },
  {
    category: 'huge',
    name: '20,000 continuations',
    floods: true,
    bytes: () => continuations(20_000),
  },
  {
    category: 'huge',
    name: '100,000 frames of data without a byte',
    floods: true,
    bytes: () =>
      callOf(
        ...Array<Buffer>(100_000).fill(data(Buffer.alloc(0), { ends: false })),
        data(message(ALLOWED)),
      ),
  },
  {
    category: 'huge',
    name: 'a window beyond 31 bits',
    bytes: Buffer.concat([windowUpdate(0x7fffffff), windowUpdate(0x7fffffff)]),
  },
  {
    category: 'huge',
    name: '5,000 streams at once',
    floods: true,
    stream: 9999,
    bytes: () => manyStreams(5000),
  },
  {
    category: 'contradictory',
    name: 'data behind the end',
    bytes: Buffer.concat([ended(GOOD_HEADERS), data(message(ALLOWED), { ends: false })]),
  },
  { category: 'contradictory', name: 'the end of a stream that never began', bytes: reset(7, 8) },
  {
    category: 'contradictory',
    name: 'an acknowledgement that says something',
    bytes: frame({ type: TYPES.settings, flags: FLAGS.ack, payload: Buffer.alloc(6) }),
  },
  {
    category: 'contradictory',
    name: 'a stream whose number is lower than the last',
    bytes: Buffer.concat([
      headers(GOOD_HEADERS, { stream: 5 }),
      headers(GOOD_HEADERS, { stream: 3 }),
    ]),
  },
  { category: 'duplicate', name: 'a second preface', bytes: PREFACE },
  {
    category: 'version',
    name: 'a preface of HTTP/3',
    opening: raw('PRI * HTTP/3.0\r\n\r\nSM\r\n\r\n'),
    bytes: Buffer.alloc(0),
  },
  {
    category: 'version',
    name: 'an upgrade from HTTP/1.1',
    opening: raw(
      'POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: \r\n\r\n',
    ),
    bytes: Buffer.alloc(0),
  },
  {
    category: 'type',
    name: 'a ping of seven bytes',
    bytes: frame({ type: TYPES.ping, payload: Buffer.alloc(7) }),
  },
  {
    category: 'type',
    name: 'settings of five bytes',
    bytes: frame({ type: TYPES.settings, payload: Buffer.alloc(5) }),
  },
  {
    category: 'type',
    name: 'settings on a stream',
    bytes: Buffer.concat([headers(GOOD_HEADERS), frame({ type: TYPES.settings, stream: 1 })]),
  },
  {
    category: 'empty',
    name: 'no byte',
    opening: Buffer.alloc(0),
    bytes: Buffer.alloc(0),
    ends: true,
  },
  { category: 'unknown key', name: 'a setting', bytes: settings([0x7777, 1]) },
  { category: 'number', name: 'a window that grows by nothing', bytes: windowUpdate(0) },
  { category: 'number', name: 'a first window beyond 31 bits', bytes: settings([4, 0x80000000]) },
  { category: 'number', name: 'frames of one byte at most', bytes: settings([5, 1]) },
  { category: 'missing', name: 'settings', opening: PREFACE, bytes: call(GOOD_HEADERS) },
];
