import { until } from '../support/wait';
import type { DrillService } from './drill-service';
import { startDrill } from './drill-service';
import { beginCall, CHECK, DECIDE, DECIDE_STREAM, framed, openSession } from './h2-calls';
import type { OpenCall } from './h2-calls';
import { FLAG, FRAME, frameOf, PREFACE } from './http2-frames';
import {
  callFrames,
  callHeaders,
  connectRaw,
  opening,
  SETTINGS_ACK,
  streamIdOf,
} from './raw-connection';
import type { RawConnection } from './raw-connection';
import { encode } from '../../contract/support/raw-call';
import { startWitness } from './witness';
import type { Witness } from './witness';

/** Bytes that the process may grow by: what may be in flight, twice, since messages are copied, and noise. */
const MAX_GROWTH_BYTES = 160 * 1024 * 1024;

const MIB = 1024 * 1024;

/** The settings of a client: how much of an answer it takes before it says more. */
const INITIAL_WINDOW = 4;

/** Answers that the good client must get while the others hold what they hold. */
const ENOUGH = 50;

const REQUEST = encode('DecideRequest', {
  context: { tenant: 'red', api: 1 },
  candidates: [{ target: 'acme/large' }],
});

let service: DrillService;
let witness: Witness;
const offenders: RawConnection[] = [];

beforeAll(async () => {
  service = await startDrill({
    handshake_seconds: 1,
    message_seconds: 1,
    unread_seconds: 1,
    idle_connection_seconds: 2,
    bytes_in_flight: 16 * MIB,
    calls_in_flight: 16,
    streams_per_connection: 8,
    connections: 200,
  });
});

afterAll(() => service.stop());

beforeEach(async () => {
  witness = startWitness(service.address);
  await witness.more(ENOUGH);
});

afterEach(async () => {
  for (const offender of offenders.splice(0)) offender.close();
  await witness.more(ENOUGH);
  expect(await witness.stop()).toEqual([]);
  expect(service.isRunning()).toBe(true);
});

function open(): RawConnection {
  const offender = connectRaw(service.address);
  offenders.push(offender);
  return offender;
}

function ended(offender: RawConnection): Promise<unknown> {
  return until('the end of a connection', () => offender.ending());
}

describe('connections that hold what they can', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a part of what HTTP/2 begins with', PREFACE.subarray(0, 10)],
    ['all but the settings', PREFACE],
  ])('a client that has sent %s is cut', async (_name, bytes) => {
    const seen = service.offences('handshake');
    const offender = open();
    offender.send(bytes);
    await ended(offender);
    await service.saysOffence('handshake', seen + 1);
  });

  it('a connection without calls is closed without blame', async () => {
    const offender = open();
    offender.send(opening(), SETTINGS_ACK);
    expect(await ended(offender)).toEqual({ goaway: 0, debug: '' });
  });

  it('a call whose message does not come is ended, and its connection is not', async () => {
    const session = openSession(service.address);
    const call = beginCall(session, DECIDE);
    call.stream.write(framed(REQUEST).subarray(0, 20));
    expect(await call.ended).toMatchObject({ status: '', reset: CANCEL });
    await expectAnswered(beginCall(session, DECIDE));
    session.destroy();
  });

  it('a stream that waits between messages is kept, and one inside of a message is ended', async () => {
    const session = openSession(service.address);
    const idle = beginCall(session, DECIDE_STREAM);
    const stuck = beginCall(session, DECIDE_STREAM);
    stuck.stream.write(Buffer.of(0, 0));
    expect(await stuck.ended).toMatchObject({ reset: CANCEL });
    expect(idle.stream.closed).toBe(false);
    idle.stream.end();
    expect(await idle.ended).toMatchObject({ status: '0' });
    session.destroy();
  });

  it('50 clients that take no answers are sent away', async () => {
    const before = service.residentBytes();
    const seen = service.offences('unread');
    for (let each = 0; each < 50; each += 1) {
      const offender = open();
      const headers = callHeaders(DECIDE);
      offender.send(opening([[INITIAL_WINDOW, 0]]), SETTINGS_ACK);
      for (let index = 0; index < 10; index += 1) {
        offender.send(callFrames(streamIdOf(index), headers, REQUEST));
      }
    }
    await Promise.all(offenders.map(ended));
    // The log names a few of them each second, and counts the others.
    await service.saysOffence('unread', seen + 1);
    expect(service.residentBytes() - before).toBeLessThan(MAX_GROWTH_BYTES);
  });

  it('the connection of a client that does not read its socket ends', async () => {
    const offender = open();
    const headers = callHeaders('/ambit.v1.PolicyService/GetStatus');
    offender.send(opening([[INITIAL_WINDOW, 0x7fffffff]]), SETTINGS_ACK);
    offender.socket.pause();
    const stop = pump(offender, (index) => callFrames(streamIdOf(index), headers, Buffer.alloc(0)));
    await ended(offender);
    stop();
  });

  it('more connections than there may be are closed at once, and a place that is free is given again', async () => {
    for (let each = 0; each < 250; each += 1) open().send(opening(), SETTINGS_ACK);
    await until('refused connections', () =>
      offenders.filter((offender) => offender.ending() !== undefined).length >= 50
        ? true
        : undefined,
    );
    for (const offender of offenders.splice(0)) offender.close();
    await until('a place', async () => {
      const session = openSession(service.address);
      const { status } = await answered(beginCall(session, DECIDE));
      session.destroy();
      return status === '0' ? true : undefined;
    });
  });
});

// With patience for messages: where all of it takes longer than that on a busy machine, the calls end before there is too much.
describe('messages that are never whole', () => {
  it('hold what they may, and beyond it the connection with the most is sent away', async () => {
    const patient = await startDrill({ message_seconds: 300, bytes_in_flight: 16 * MIB });
    try {
      const before = patient.residentBytes();
      const session = openSession(patient.address);
      const half = Buffer.alloc(4 * MIB);
      half.writeUInt32BE(8 * MIB, 1);
      for (let each = 0; each < 5; each += 1) beginCall(session, CHECK).stream.write(half);
      await until('the end of the session', () => (session.destroyed ? true : undefined));
      await patient.saysOffence('bytes', 1);
      expect(patient.residentBytes() - before).toBeLessThan(MAX_GROWTH_BYTES);
    } finally {
      await patient.stop();
    }
  });
});

describe('calls that are refused before anything of them is begun', () => {
  it('says so at once where too many are in flight, and takes others again when they end', async () => {
    const session = openSession(service.address);
    const holders = Array.from({ length: 16 }, () => beginCall(session, DECIDE));
    const refused = await answered(beginCall(session, DECIDE));
    expect(refused).toMatchObject({
      status: '8',
      message: 'too many calls are in flight; ask another instance, or later',
    });
    expect(refused.headers['grpc-retry-pushback-ms']).toBe('200');
    const [first, ...others] = holders;
    if (first !== undefined) expect((await answered(first)).status).toBe('0');
    await expectAnswered(beginCall(session, DECIDE));
    for (const { stream } of others) stream.close();
    session.destroy();
  });

  it('denies a Check, whatever its client does with failed calls', async () => {
    const session = openSession(service.address);
    const holders = Array.from({ length: 16 }, () => beginCall(session, DECIDE));
    const { status, answer } = await answered(beginCall(session, CHECK));
    expect(status).toBe('0');
    expect(answer.toString('latin1')).toContain('"code":"overloaded"');
    for (const { stream } of holders) stream.close();
    session.destroy();
  });

  it('opens no more streams than one connection may have', async () => {
    const session = openSession(service.address);
    const streams = Array.from({ length: 8 }, () => beginCall(session, DECIDE_STREAM));
    const refused = await answered(beginCall(session, DECIDE_STREAM));
    expect(refused.message).toBe('too many streams are open; ask another instance, or later');
    for (const { stream } of streams) stream.end();
    for (const each of streams) expect((await each.ended).status).toBe('0');
    session.destroy();
  });

  it.each([
    [
      'a deadline that no answer can meet',
      { 'grpc-timeout': '1m' },
      '4',
      /^the deadline is too short/,
    ],
    ['a deadline in nanoseconds', { 'grpc-timeout': '99999n' }, '4', /^the deadline is too short/],
    ['compressed messages', { 'grpc-encoding': 'gzip' }, '12', /^compressed messages are not read/],
  ])('%s', async (_name, headers, status, message) => {
    const session = openSession(service.address);
    const end = await answered(beginCall(session, DECIDE, headers));
    expect(end.status).toBe(status);
    expect(end.message).toMatch(message);
    session.destroy();
  });

  it('answers 2,000 calls with deadlines of a millisecond at once, and decides none', async () => {
    const session = openSession(service.address);
    const calls = Array.from({ length: 2000 }, () =>
      answered(beginCall(session, DECIDE, { 'grpc-timeout': '1m' })),
    );
    const statuses = new Set((await Promise.all(calls)).map(({ status }) => status));
    expect([...statuses]).toEqual(['4']);
    session.destroy();
  });
});

describe('what is no HTTP/2', () => {
  const begun = Buffer.concat([opening(), SETTINGS_ACK]);
  it.each([
    ['HTTP/1.1', Buffer.from('GET / HTTP/1.1\r\nhost: x\r\n\r\n')],
    ['a TLS hello', Buffer.from('16030100a5010000a10303', 'hex')],
    ['zeros', Buffer.alloc(1000)],
    ['data of no stream', Buffer.concat([begun, frameOf(FRAME.data, 0, 0, Buffer.alloc(10))])],
    [
      'a stream of the server’s',
      Buffer.concat([begun, frameOf(FRAME.headers, FLAG.endHeaders, 2, callHeaders(DECIDE))]),
    ],
    [
      'a frame beyond its size',
      Buffer.concat([begun, frameOf(FRAME.headers, FLAG.endHeaders, 1, Buffer.alloc(20_000))]),
    ],
    [
      'a header block that is none',
      Buffer.concat([begun, frameOf(FRAME.headers, FLAG.endHeaders, 1, Buffer.alloc(20, 0xff))]),
    ],
    [
      'a window beyond its size',
      Buffer.concat([begun, frameOf(FRAME.windowUpdate, 0, 0, Buffer.from('7fffffff', 'hex'))]),
    ],
    [
      'settings without their end',
      Buffer.concat([begun, frameOf(FRAME.settings, 0, 0, Buffer.alloc(5))]),
    ],
    [
      'a continuation of nothing',
      Buffer.concat([begun, frameOf(FRAME.continuation, FLAG.endHeaders, 1, callHeaders(DECIDE))]),
    ],
  ])('%s ends its connection', async (_name, bytes) => {
    const offender = open();
    offender.send(bytes);
    await ended(offender);
  });

  it('headers over 16 KiB are refused as too large', async () => {
    const session = openSession(service.address);
    const call = beginCall(session, DECIDE, { 'x-long': 'y'.repeat(20_000) });
    expect((await call.ended).status).toBe('8');
    await expectAnswered(beginCall(session, DECIDE));
    session.destroy();
  });
});

const CANCEL = 8;

function answered(call: OpenCall): OpenCall['ended'] {
  call.stream.end(framed(REQUEST));
  return call.ended;
}

async function expectAnswered(call: OpenCall): Promise<void> {
  expect((await answered(call)).status).toBe('0');
}

/** Sends what each call makes until it is told to stop. */
function pump(offender: RawConnection, make: (index: number) => Buffer): () => void {
  let index = 0;
  const timer = setInterval(() => {
    offender.send(...Array.from({ length: 100 }, () => make(index++)));
  }, 1);
  return () => {
    clearInterval(timer);
  };
}
