import { gzipSync } from 'node:zlib';

import { callOf, ended } from '../support/frame-case';
import type { FrameCase } from '../support/frame-case';
import { data, GOOD_HEADERS, headers, headersWith, message } from '../support/http2-bytes';
import { ALLOWED } from '../support/wire';

/** Calls whose headers are good, and what comes behind them is not what one message is. */
export const FRAMING_CASES: readonly FrameCase[] = [
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
    category: 'encoding',
    name: 'compressed, by its flag alone',
    bytes: callOf(data(message(gzipSync(ALLOWED), { flag: 1 }))),
    stream: 1,
  },
  {
    category: 'huge',
    name: 'a message that says it has 4 GiB',
    bytes: callOf(data(message(ALLOWED, { length: 0xffffffff }), { ends: false })),
    stream: 1,
  },
  {
    category: 'huge',
    name: 'a message that says it has a byte too many',
    bytes: callOf(data(message(ALLOWED, { length: 1024 * 1024 + 1 }), { ends: false })),
    stream: 1,
  },
  {
    category: 'duplicate',
    name: 'two messages in a call of one',
    bytes: callOf(data(Buffer.concat([message(ALLOWED), message(ALLOWED)]))),
    stream: 1,
  },
  {
    category: 'duplicate',
    name: 'two messages, the second to come later',
    bytes: callOf(data(message(ALLOWED), { ends: false }), data(message(ALLOWED))),
    stream: 1,
  },
  { category: 'empty', name: 'no message', bytes: ended(GOOD_HEADERS), stream: 1 },
  {
    category: 'empty',
    name: 'data without a byte',
    bytes: callOf(data(Buffer.alloc(0))),
    stream: 1,
  },
  {
    category: 'unknown value',
    name: 'a flag of a message',
    bytes: callOf(data(message(ALLOWED, { flag: 2 }))),
    stream: 1,
  },
  {
    category: 'unknown value',
    name: 'a flag of a message on a stream',
    bytes: Buffer.concat([
      headers(headersWith({ ':path': '/ambit.v1.DecisionService/DecideStream' })),
      data(message(ALLOWED, { flag: 0x80 })),
    ]),
    stream: 1,
  },
  {
    category: 'trailing',
    name: 'bytes behind the message',
    bytes: callOf(data(Buffer.concat([message(ALLOWED), Buffer.of(0, 0, 0)]))),
    stream: 1,
  },
  {
    category: 'trailing',
    name: 'a byte behind the message, to come later',
    bytes: callOf(data(message(ALLOWED), { ends: false }), data(Buffer.of(0))),
    stream: 1,
  },
];
