import { EventEmitter } from 'node:events';
import type { ServerHttp2Session } from 'node:http2';

import { guardConnection } from '../../../../src/pep/grpc/load/guarded-connection';
import type { GuardedConnection } from '../../../../src/pep/grpc/load/guarded-connection';
import { LoadGuard } from '../../../../src/pep/grpc/load/load-guard';
import { DEFAULT_LIMITS } from '../../../../src/ports/service-limits';

const LIMITS = { ...DEFAULT_LIMITS, unread_seconds: 3, idle_connection_seconds: 1000 };

/** Bytes a second that a client takes at least, of which it takes so many more or fewer. */
const SLOWEST = 32 * 1024;

/** A session that is destroyed, and closes only when its wire is cut. */
class StuckSession extends EventEmitter {
  closed = false;
  destroyed = false;

  destroy(): void {
    this.destroyed = true;
  }
}

let wire: {
  takenBytes: number;
  sentBytes: number;
  waitingBytes: number;
  cuts: number;
  said: string[];
};
let session: StuckSession;
let connection: GuardedConnection;
let offences: string[];
let nowMs: number;

beforeEach(() => {
  nowMs = 0;
  offences = [];
  wire = { takenBytes: 0, sentBytes: 0, waitingBytes: 0, cuts: 0, said: [] };
  session = new StuckSession();
  connection = guardConnection(session as object as ServerHttp2Session, {
    guard: new LoadGuard(LIMITS, { nowMs: () => nowMs, later: () => () => undefined }),
    limits: LIMITS,
    nowMs: () => nowMs,
    onSentAway: (offence) => offences.push(offence),
    wire: Object.assign(wire, {
      sayGoaway: (_code: number, reason: string) => void wire.said.push(reason),
      cut: () => (wire.cuts += 1),
    }),
  });
  session.emit('remoteSettings');
});

/** So many seconds go by, in each of which so much of what waits is taken. */
function pass(seconds: number, sentASecond = 0): void {
  for (let each = 0; each < seconds; each += 1) {
    nowMs += 1000;
    wire.sentBytes += sentASecond;
    connection.sweep(nowMs);
  }
}

describe('a client that leaves lie what is written', () => {
  it('is sent away, though none of it is an answer', () => {
    wire.waitingBytes = 1;
    pass(4);
    expect(offences).toEqual([]);
    pass(1);
    expect(offences).toEqual(['unread']);
    expect(wire.said).toEqual(['ambit: unread']);
  });

  it('is sent away where it takes it more slowly than anybody needs to, and not where it takes enough', () => {
    wire.waitingBytes = 2 * SLOWEST;
    pass(60, SLOWEST);
    expect(offences).toEqual([]);
    pass(4, SLOWEST - 1);
    expect(offences).toEqual(['unread']);
  });

  it('is sent away where it takes a piece now and then, and far too little over all', () => {
    wire.waitingBytes = 100 * SLOWEST;
    pass(3);
    pass(1, 2 * SLOWEST);
    expect(offences).toEqual([]);
    pass(1, SLOWEST);
    expect(offences).toEqual(['unread']);
  });

  it('is let be where it makes up for what it took too little', () => {
    wire.waitingBytes = 100 * SLOWEST;
    for (let each = 0; each < 20; each += 1) {
      pass(2);
      pass(1, 3 * SLOWEST);
    }
    expect(offences).toEqual([]);
  });

  it.each([
    ['few', 1024 * 1024, []],
    ['many', 1024 * 1024 + 1, ['unread']],
  ])('may leave %s bytes of answers lie as long as it takes others', (_name, bytes, sentAway) => {
    connection.holdAnswer(bytes);
    for (let each = 0; each < 5; each += 1) {
      connection.holdAnswer(10);
      connection.releaseAnswer(10);
      wire.takenBytes += 10;
      pass(1, 10);
    }
    expect(offences).toEqual(sentAway);
  });

  it('may have much that waits as long as it takes enough', () => {
    connection.holdAnswer(16 * 1024 * 1024);
    for (let each = 0; each < 60; each += 1) {
      wire.takenBytes += SLOWEST;
      pass(1, SLOWEST);
    }
    expect(offences).toEqual([]);
  });

  it('is told nothing of its last call twice', () => {
    session.closed = true;
    wire.waitingBytes = 1;
    pass(5);
    expect(offences).toEqual(['unread']);
    expect(wire.said).toEqual([]);
  });

  it('begins anew once nothing has waited', () => {
    wire.waitingBytes = 1;
    pass(4);
    wire.waitingBytes = 0;
    pass(2, 1);
    wire.waitingBytes = 1;
    pass(3);
    expect(offences).toEqual([]);
  });

  it('is let be where all is taken that waited before, however little that is, and more waits then', () => {
    wire.waitingBytes = 10;
    pass(60, 10);
    expect(offences).toEqual([]);
  });
});

describe('a session that is destroyed and does not close', () => {
  it('is cut once its client has had as long for what is on its way as for answers, whoever destroyed it', () => {
    session.destroy();
    pass(3);
    expect(wire.cuts).toBe(0);
    pass(1);
    expect(wire.cuts).toBe(1);
    expect(offences).toEqual([]);
  });

  it('is cut after a second, in which its client may still read why, where that was sent away', () => {
    wire.waitingBytes = 1;
    pass(5);
    expect(session.destroyed).toBe(true);
    pass(1);
    expect(wire.cuts).toBe(0);
    pass(1);
    expect(wire.cuts).toBe(1);
  });

  it('is not cut as long as it lives', () => {
    pass(100);
    expect(wire.cuts).toBe(0);
  });
});
