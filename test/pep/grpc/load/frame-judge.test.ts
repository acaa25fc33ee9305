import type { ServerHttp2Session } from 'node:http2';

import { status } from '@grpc/grpc-js';

import { AuthorizationService } from '../../../../src/gen/envoy/service/auth/v3/external_auth';
import { keysOfText } from '../../../../src/pep/grpc/frames/block-cursor';
import type { FrameJudge } from '../../../../src/pep/grpc/frames/frame-gate';
import type { ReadBlock } from '../../../../src/pep/grpc/frames/header-block';
import { createExpectedCalls } from '../../../../src/pep/grpc/load/expected-calls';
import { createFrameJudges } from '../../../../src/pep/grpc/load/frame-judge';
import type { GuardedConnection } from '../../../../src/pep/grpc/load/guarded-connection';
import { createMethods } from '../../../../src/pep/grpc/load/guarded-method';
import { LoadGuard } from '../../../../src/pep/grpc/load/load-guard';
import type { ServerGuardParts } from '../../../../src/pep/grpc/load/server-guard-parts';
import { DEFAULT_LIMITS } from '../../../../src/ports/service-limits';

/** Room for as many calls as one connection may always have. */
const LIMITS = { ...DEFAULT_LIMITS, calls_in_flight: 4, deadline_margin_ms: 5 };

const TYPES: Readonly<Record<string, string>> = {
  '/a.A/One': 'unary',
  '/a.A/Talk': 'bidi',
  [AuthorizationService.check.path]: 'unary',
};

let guard: LoadGuard;
let judge: FrameJudge;
let isClosed: boolean;
let given: number;
let connection: GuardedConnection;
let refused: (number | undefined)[];

beforeEach(() => {
  const own = new LoadGuard(LIMITS, { nowMs: () => 0, later: () => () => undefined });
  guard = own;
  isClosed = false;
  given = 0;
  refused = [];
  const load = guard.open(() => undefined);
  const counted = {
    load,
    expected: createExpectedCalls(() => {
      own.settleCall(load);
    }),
    touch: () => undefined,
    countReset: () => (given += 1),
  };
  connection = counted as Partial<GuardedConnection> as GuardedConnection;
  const parts: ServerGuardParts = {
    guard,
    limits: LIMITS,
    nowMs: () => 0,
    events: { onRefused: ({ code }) => refused.push(code), onSentAway: () => undefined },
    scope: { connection: undefined },
    denials: new Map([
      [AuthorizationService.check.path, { overloaded: Buffer.of(), tooLarge: Buffer.of() }],
    ]),
  };
  const methodOf = createMethods(parts, (path) => TYPES[path]);
  const judgeFor = createFrameJudges(parts, { paths: () => Object.keys(TYPES), methodOf });
  const session = {
    get closed() {
      return isClosed;
    },
    destroyed: false,
  };
  judge = judgeFor(session as object as ServerHttp2Session, connection);
});

function asking(path: string, timeout?: string): ReadBlock {
  return {
    isPlain: true,
    pathKey: keysOfText(path)[1],
    timeoutKey: timeout === undefined ? undefined : keysOfText(timeout)[0],
  };
}

function textOf(answer: Uint8Array | undefined): string | undefined {
  return answer && Buffer.from(answer).toString('latin1');
}

describe('the judge of calls of which only frames are there', () => {
  it('refuses what cannot be in time, however it is written, and counts it', () => {
    for (const timeout of ['5m', '5000u', '0S', '1n']) {
      expect(textOf(judge.refuse(1, asking('/a.A/One', timeout)))).toContain('grpc-status\x014');
    }
    expect(refused).toEqual(Array(4).fill(status.DEADLINE_EXCEEDED));
    expect(guard.stats().callsInFlight).toBe(0);
  });

  it.each([
    ['has time enough', asking('/a.A/One', '6m')],
    ['says a time that cannot be read, which others refuse', asking('/a.A/One', 'soon')],
    ['is a stream, whose deadline is that of all its requests', asking('/a.A/Talk', '1m')],
    ['is denied and not refused', asking(AuthorizationService.check.path, '1m')],
    ['nobody knows', asking('/a.A/Two', '1m')],
    ['says no path that could be read', { ...asking('/a.A/One', '1m'), pathKey: undefined }],
  ])('lets by what %s', (_name, block) => {
    expect(judge.refuse(1, block)).toBeUndefined();
    expect(refused).toEqual([]);
  });

  it('refuses beyond what may be in flight, also before one of those before it has a stream', async () => {
    for (const id of [1, 3, 5, 7]) expect(judge.refuse(id, asking('/a.A/One'))).toBeUndefined();
    expect(textOf(judge.refuse(9, asking('/a.A/One')))).toContain('grpc-status\x018');
    expect(refused).toEqual([status.RESOURCE_EXHAUSTED]);
    expect(guard.stats()).toMatchObject({ callsInFlight: 4, shedCalls: 1 });
    // Two of them get their streams; the others do not, and are in flight no more.
    expect([connection.expected.take(1), connection.expected.take(3)]).toEqual([true, true]);
    await new Promise((done) => setImmediate(done));
    expect(guard.stats().callsInFlight).toBe(2);
    expect([connection.expected.take(1), connection.expected.take(5)]).toEqual([false, false]);
  });

  it('counts what it may not refuse where there is room, and says nothing where there is none', () => {
    for (const id of [1, 3, 5, 7, 9]) judge.expect(id, asking('/a.A/One'));
    expect(guard.stats()).toMatchObject({ callsInFlight: 4, shedCalls: 0 });
    judge.expect(11, asking('/a.A/One', '1m'));
    expect(connection.expected.take(11)).toBe(false);
    expect(refused).toEqual([]);
  });

  it('refuses nothing on a connection that is to end: its client asks again elsewhere', () => {
    isClosed = true;
    expect(judge.refuse(1, asking('/a.A/One', '1m'))).toBeUndefined();
    expect(guard.stats().callsInFlight).toBe(0);
  });

  it('counts what is given up against its client', () => {
    judge.onGivenUp();
    expect(given).toBe(1);
  });
});
