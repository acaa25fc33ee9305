import { deflateSync, gzipSync } from 'node:zlib';

import {
  call,
  callOf,
  compressed,
  ended,
  GOOD_DATA,
  hpackBomb,
  onStream,
} from '../support/frame-case';
import type { FrameCase } from '../support/frame-case';
import {
  data,
  FLAGS,
  GOOD_HEADERS,
  header,
  headers,
  headersWith,
  message,
  TYPES,
} from '../support/http2-bytes';
import { ALLOWED } from '../support/wire';

const zeros = (): Buffer => Buffer.alloc(64 * 1024 * 1024);

/** What is looked at is the answer of the one call, and what becomes of its connection. */
export const CALL_CASES: readonly FrameCase[] = [
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
    name: '120 headers of 17 KiB together',
    bytes: call(
      headersWith(
        {},
        Array.from({ length: 114 }, (_, index) => [`x${String(index)}`, 'y'.repeat(120)] as const),
      ),
    ),
    stream: 1,
  },
  {
    category: 'contradictory',
    name: 'a length that is not that of the data',
    bytes: call(headersWith({ 'content-length': '1' })),
    stream: 1,
  },
  {
    category: 'duplicate',
    name: 'two timeouts',
    bytes: call(headersWith({ 'grpc-timeout': '1S' }, [['grpc-timeout', '9S']])),
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
    name: 'a type with a parameter',
    bytes: call(headersWith({ 'content-type': 'application/grpc; charset=utf-8' })),
    stream: 1,
  },
  {
    category: 'type',
    name: 'a text',
    bytes: call(headersWith({ 'content-type': 'text/plain' })),
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
    name: 'a unit of a timeout',
    bytes: call(headersWith({ 'grpc-timeout': '10s' })),
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
];
