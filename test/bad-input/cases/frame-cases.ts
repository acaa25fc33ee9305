import { deflateSync, gzipSync } from 'node:zlib';

import type { Case } from '../support/matrix';
import {
  data,
  FLAGS,
  frame,
  GOOD_HEADERS,
  header,
  headers,
  headersWith,
  message,
  ping,
  PREFACE,
  reset,
  settings,
  TYPES,
  windowUpdate,
} from '../support/http2-bytes';
import type { HeaderList } from '../support/http2-bytes';
import { ALLOWED } from '../support/wire';

/** Bytes of a connection, and what to look at. */
export interface FrameCase extends Case {
  /** What is sent first; absent: the preface and empty settings, as they should be. */
  readonly opening?: Uint8Array;
  readonly bytes: Uint8Array | (() => Uint8Array);
  /** True: the client ends its half then. */
  readonly ends?: boolean;
  /** True: it writes more than is read, so that the reason why it is cut may be lost on the way. */
  readonly floods?: boolean;
  /** The stream whose end is waited for; absent: only what becomes of the connection counts. */
  readonly stream?: number;
}

const MEBI = 1024 * 1024;

const GOOD_DATA = data(message(ALLOWED));

/** A call with these headers and a good message. */
const call = (list: HeaderList): Buffer => Buffer.concat([headers(list), GOOD_DATA]);

/** A call with good headers and this data. */
const callOf = (...frames: readonly Uint8Array[]): Buffer =>
  Buffer.concat([headers(GOOD_HEADERS), ...frames]);

const ended = (list: HeaderList): Buffer => headers(list, { flags: FLAGS.endHeaders | FLAGS.end });

const raw = (text: string): Buffer => Buffer.from(text, 'latin1');

const compressed = (bytes: Uint8Array, encoding: string): Buffer =>
  Buffer.concat([
    headers(headersWith({ 'grpc-encoding': encoding })),
    data(message(bytes, { flag: 1 })),
  ]);

const zeros = (): Buffer => Buffer.alloc(64 * MEBI);

const onStream = (payload: Uint8Array, type: number, stream: number, flags = 0): Buffer =>
  frame({ type, flags, stream, payload });

/** Headers of one entry that is kept, and named again thousands of times with a byte each. */
function hpackBomb(): Buffer {
  const entry = Buffer.concat([header('x', 'y'.repeat(4000), true), Buffer.alloc(8000, 0xbe)]);
  const good = GOOD_HEADERS.map(([name, value]) => header(name, value));
  return onStream(Buffer.concat([...good, entry]), TYPES.headers, 1, FLAGS.endHeaders | FLAGS.end);
}

/** Headers that go on and on. */
function continuations(count: number): Buffer {
  const piece = onStream(header('x', 'y'.repeat(64)), TYPES.continuation, 1);
  const start = headers(GOOD_HEADERS, { flags: FLAGS.end });
  return Buffer.concat([start, ...Array<Buffer>(count).fill(piece)]);
}

const manyStreams = (count: number): Buffer =>
  Buffer.concat(
    Array.from({ length: count }, (_, index) => headers(GOOD_HEADERS, { stream: 2 * index + 1 })),
  );

/** All of them. */
export const FRAME_CASES: readonly FrameCase[] = [
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
    name: 'a message that says it is longer',
    bytes: callOf(data(message(ALLOWED, { length: ALLOWED.length + 10 }))),
    stream: 1,
  },
  {
    category: 'truncated',
    name: 'half of the prefix of a message',
    bytes: callOf(data(Buffer.of(0, 0, 0))),
    stream: 1,
  },
  {
    category: 'truncated',
    name: 'a message that its client takes back',
    bytes: callOf(data(message(ALLOWED).subarray(0, 9), { ends: false }), reset(1, 8)),
  },
  {
    category: 'encoding',
    name: 'a path of bytes that are no text',
    bytes: call(headersWith({ ':path': '/\u00ff\u00fe' })),
    stream: 1,
  },
  {
    category: 'encoding',
    name: 'a header of bytes that are no UTF-8',
    bytes: call(headersWith({ 'x-note': '\u00ff' })),
    stream: 1,
  },
  {
    category: 'encoding',
    name: 'a binary header that is no base64',
    bytes: call(headersWith({ 'x-note-bin': '!!' })),
    stream: 1,
  },
  {
    category: 'encoding',
    name: 'JSON in place of protobuf',
    bytes: call(headersWith({ 'content-type': 'application/grpc+json' })),
    stream: 1,
  },
  {
    category: 'encoding',
    name: 'compressed, by its flag alone',
    bytes: callOf(data(message(gzipSync(ALLOWED), { flag: 1 }))),
    stream: 1,
  },
  {
    category: 'encoding',
    name: 'gzip that is none',
    bytes: compressed(ALLOWED, 'gzip'),
    stream: 1,
  },
  {
    category: 'invisible',
    name: 'a line break in a header',
    bytes: call(headersWith({ 'x-note': 'a\r\nx-ambit-tenant: blue' })),
    stream: 1,
  },
  {
    category: 'invisible',
    name: 'a NUL in a header',
    bytes: call(headersWith({ 'x-note': 'a\0b' })),
    stream: 1,
  },
  {
    category: 'invisible',
    name: 'a terminal escape in a header',
    bytes: call(headersWith({ 'user-agent': '\u001b[2J' })),
    stream: 1,
  },
  {
    category: 'invisible',
    name: 'a space in the name of a header',
    bytes: call(headersWith({ 'te ': 'trailers' })),
    stream: 1,
  },
  {
    category: 'invisible',
    name: 'a NUL in the path',
    bytes: call(headersWith({ ':path': '/ambit.v1.DecisionService/Decide\0' })),
    stream: 1,
  },
  {
    category: 'lookalike',
    name: 'a header in capitals',
    bytes: call(headersWith({ 'X-Note': 'a' })),
    stream: 1,
  },
  {
    category: 'lookalike',
    name: 'a path in another case',
    bytes: call(headersWith({ ':path': '/ambit.v1.decisionservice/decide' })),
    stream: 1,
  },
  {
    category: 'lookalike',
    name: 'a path with a slash behind it',
    bytes: call(headersWith({ ':path': '/ambit.v1.DecisionService/Decide/' })),
    stream: 1,
  },
  {
    category: 'lookalike',
    name: 'a path with an escape',
    bytes: call(headersWith({ ':path': '/ambit.v1.DecisionService/%44ecide' })),
    stream: 1,
  },
  {
    category: 'prototype',
    name: '__proto__ as a service',
    bytes: call(headersWith({ ':path': '/__proto__/constructor' })),
    stream: 1,
  },
  {
    category: 'prototype',
    name: 'toString as a method',
    bytes: call(headersWith({ ':path': '/ambit.v1.DecisionService/toString' })),
    stream: 1,
  },
  {
    category: 'prototype',
    name: '__proto__ as a header',
    bytes: call(
      headersWith({ __proto__x: '1' }, [
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ]),
    ),
    stream: 1,
  },
  { category: 'expansion', name: 'one header named 8,000 times', bytes: hpackBomb, stream: 1 },
  {
    category: 'expansion',
    name: '64 MiB in 64 KiB of gzip',
    bytes: () => compressed(gzipSync(zeros()), 'gzip'),
    stream: 1,
  },
  {
    category: 'expansion',
    name: '64 MiB in 64 KiB of deflate',
    bytes: () => compressed(deflateSync(zeros()), 'deflate'),
    stream: 1,
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
    category: 'foreign',
    name: 'CONNECT',
    bytes: ended([
      [':method', 'CONNECT'],
      [':authority', 'localhost:22'],
    ]),
    stream: 1,
  },
  {
    category: 'path',
    name: 'a path that climbs',
    bytes: call(
      headersWith({ ':path': '/ambit.v1.DecisionService/../ambit.v1.DecisionService/Decide' }),
    ),
    stream: 1,
  },
  {
    category: 'path',
    name: 'a path that is an address',
    bytes: call(headersWith({ ':path': 'http://localhost/ambit.v1.DecisionService/Decide' })),
    stream: 1,
  },
  {
    category: 'path',
    name: 'a path with a query',
    bytes: call(headersWith({ ':path': '/ambit.v1.DecisionService/Decide?tenant=blue' })),
    stream: 1,
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
    name: 'a message that says it has 4 GiB',
    bytes: callOf(data(message(ALLOWED, { length: 0xffffffff }), { ends: false })),
    stream: 1,
  },
  {
    category: 'huge',
    name: 'a header of 15 KiB with others',
    bytes: Buffer.concat([headers(headersWith({ 'x-note': 'y'.repeat(15 * 1024) })), GOOD_DATA]),
    stream: 1,
  },
  {
    category: 'huge',
    name: 'headers of 20 KiB',
    bytes: Buffer.concat([
      headers(headersWith({ 'x-note': 'y'.repeat(10 * 1024) }), { flags: 0 }),
      onStream(header('x-more', 'y'.repeat(10 * 1024)), TYPES.continuation, 1, FLAGS.endHeaders),
      GOOD_DATA,
    ]),
    stream: 1,
  },
  {
    category: 'huge',
    name: '1,000 headers',
    bytes: call(
      headersWith(
        {},
        Array.from({ length: 1000 }, (_, index) => [`x${String(index)}`, ''] as const),
      ),
    ),
    stream: 1,
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
    bytes: () => manyStreams(5000),
  },
  {
    category: 'contradictory',
    name: 'a length that is not that of the data',
    bytes: call(headersWith({ 'content-length': '1' })),
    stream: 1,
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
  {
    category: 'duplicate',
    name: 'two messages in a call of one',
    bytes: callOf(data(Buffer.concat([message(ALLOWED), message(ALLOWED)]))),
    stream: 1,
  },
  {
    category: 'duplicate',
    name: 'two paths',
    bytes: call([
      ...GOOD_HEADERS.slice(0, 3),
      [':path', '/ambit.v1.PolicyService/GetStatus'],
      ...GOOD_HEADERS.slice(3),
    ]),
    stream: 1,
  },
  {
    category: 'duplicate',
    name: 'two content types',
    bytes: call(headersWith({}, [['content-type', 'text/plain']])),
    stream: 1,
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
    category: 'version',
    name: 'gRPC for browsers',
    bytes: call(headersWith({ 'content-type': 'application/grpc-web' })),
    stream: 1,
  },
  { category: 'type', name: 'GET', bytes: ended(headersWith({ ':method': 'GET' })), stream: 1 },
  {
    category: 'type',
    name: 'PUT, with a message',
    bytes: call(headersWith({ ':method': 'PUT' })),
    stream: 1,
  },
  {
    category: 'type',
    name: 'a text',
    bytes: call(headersWith({ 'content-type': 'text/plain' })),
    stream: 1,
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
  { category: 'empty', name: 'no message', bytes: ended(GOOD_HEADERS), stream: 1 },
  {
    category: 'empty',
    name: 'data without a byte',
    bytes: callOf(data(Buffer.alloc(0))),
    stream: 1,
  },
  {
    category: 'empty',
    name: 'a path without a letter',
    bytes: call(headersWith({ ':path': '' })),
    stream: 1,
  },
  { category: 'empty', name: 'headers without one', bytes: ended([]), stream: 1 },
  {
    category: 'unknown key',
    name: 'a header of HTTP/2 that there is not',
    bytes: call([[':tenant', 'blue'], ...GOOD_HEADERS]),
    stream: 1,
  },
  { category: 'unknown key', name: 'a setting', bytes: settings([0x7777, 1]) },
  {
    category: 'unknown key',
    name: 'a header of ours that nobody may send',
    bytes: call(headersWith({ 'x-ambit-tenant': 'blue' })),
    stream: 1,
  },
  {
    category: 'unknown value',
    name: 'a method',
    bytes: call(headersWith({ ':path': '/ambit.v1.DecisionService/Allow' })),
    stream: 1,
  },
  {
    category: 'unknown value',
    name: 'a service',
    bytes: call(headersWith({ ':path': '/ambit.v2.DecisionService/Decide' })),
    stream: 1,
  },
  {
    category: 'unknown value',
    name: 'a compression',
    bytes: compressed(ALLOWED, 'zstd'),
    stream: 1,
  },
  {
    category: 'unknown value',
    name: 'a flag of a message',
    bytes: callOf(data(message(ALLOWED, { flag: 2 }))),
    stream: 1,
  },
  {
    category: 'number',
    name: 'a timeout without a unit',
    bytes: call(headersWith({ 'grpc-timeout': '10' })),
    stream: 1,
  },
  {
    category: 'number',
    name: 'a timeout below zero',
    bytes: call(headersWith({ 'grpc-timeout': '-1S' })),
    stream: 1,
  },
  {
    category: 'number',
    name: 'a timeout of nine digits',
    bytes: call(headersWith({ 'grpc-timeout': '999999999H' })),
    stream: 1,
  },
  { category: 'number', name: 'a window that grows by nothing', bytes: windowUpdate(0) },
  { category: 'number', name: 'a first window beyond 31 bits', bytes: settings([4, 0x80000000]) },
  { category: 'number', name: 'frames of one byte at most', bytes: settings([5, 1]) },
  {
    category: 'trailing',
    name: 'bytes behind the message',
    bytes: callOf(data(Buffer.concat([message(ALLOWED), Buffer.of(0, 0, 0)]))),
    stream: 1,
  },
  {
    category: 'trailing',
    name: 'headers behind the message',
    bytes: callOf(data(message(ALLOWED), { ends: false }), ended([[':path', '/x']])),
    stream: 1,
  },
  {
    category: 'missing',
    name: 'the method',
    bytes: call(headersWith({ ':method': undefined })),
    stream: 1,
  },
  {
    category: 'missing',
    name: 'the path',
    bytes: call(headersWith({ ':path': undefined })),
    stream: 1,
  },
  {
    category: 'missing',
    name: 'the scheme',
    bytes: call(headersWith({ ':scheme': undefined })),
    stream: 1,
  },
  {
    category: 'missing',
    name: 'the content type',
    bytes: call(headersWith({ 'content-type': undefined })),
    stream: 1,
  },
  {
    category: 'missing',
    name: 'te: trailers',
    bytes: call(headersWith({ te: undefined })),
    stream: 1,
  },
  { category: 'missing', name: 'settings', opening: PREFACE, bytes: call(GOOD_HEADERS) },
];
