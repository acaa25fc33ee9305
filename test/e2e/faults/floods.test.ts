import { until } from '../support/wait';
import type { DrillService } from './drill-service';
import { startDrill } from './drill-service';
import { FLAG, FRAME, frameOf, headerBlock, settingsFrame } from './http2-frames';
import {
  callFrames,
  callHeaders,
  connectRaw,
  opening,
  resetFrame,
  SETTINGS_ACK,
  streamIdOf,
} from './raw-connection';
import type { RawConnection } from './raw-connection';
import { DECIDE } from './h2-calls';
import { startWitness } from './witness';
import type { Witness } from './witness';

/** Bytes that the process may grow by in any of these drills; without a bound they take gigabytes. */
const MAX_GROWTH_BYTES = 160 * 1024 * 1024;

const NO_ERROR = 0;
const CANCEL = 8;

/** Answers that the good client must get after the flood. */
const ENOUGH = 50;

let service: DrillService;
let witness: Witness;
const offenders: RawConnection[] = [];

beforeAll(async () => {
  service = await startDrill();
});

afterAll(() => service.stop());

beforeEach(async () => {
  witness = startWitness(service.address);
  await witness.more(ENOUGH);
});

afterEach(async () => {
  await witness.stop();
  for (const offender of offenders.splice(0)) offender.close();
});

function open(): RawConnection {
  const offender = connectRaw(service.address);
  offenders.push(offender);
  offender.send(opening(), SETTINGS_ACK);
  return offender;
}

/** Sends what each call makes until the server ends the connection, or so many were sent. */
async function flood(offender: RawConnection, count: number, make: (index: number) => Buffer) {
  const batch = 500;
  for (let from = 0; from < count && offender.ending() === undefined; from += batch) {
    offender.send(...Array.from({ length: batch }, (_, at) => make(from + at)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return until('the end of the offender', () => offender.ending());
}

/** The good client went on, the process is well and has not grown. */
async function expectUnharmed(before: number): Promise<void> {
  await witness.more(ENOUGH);
  expect(await witness.stop()).toEqual([]);
  expect(service.isRunning()).toBe(true);
  expect(service.residentBytes() - before).toBeLessThan(MAX_GROWTH_BYTES);
}

describe('floods: the offender is sent away, and others are answered', () => {
  const headers = callHeaders(DECIDE);
  const begin = (index: number): Buffer =>
    frameOf(FRAME.headers, FLAG.endHeaders, streamIdOf(index), headers);

  it.each<readonly [name: string, count: number, make: (index: number) => Buffer]>([
    [
      'streams opened and reset',
      10_000,
      (index) => Buffer.concat([begin(index), resetFrame(streamIdOf(index), CANCEL)]),
    ],
    [
      'calls sent whole and reset',
      10_000,
      (index) =>
        Buffer.concat([
          callFrames(streamIdOf(index), headers, Buffer.alloc(100)),
          resetFrame(streamIdOf(index), CANCEL),
        ]),
    ],
    ['pings', 100_000, () => frameOf(FRAME.ping, 0, 0, Buffer.alloc(8))],
    ['settings', 100_000, (index) => settingsFrame([[4, 65_535 + (index % 2)]])],
    [
      'a header block without an end',
      20_000,
      (index) =>
        index === 0
          ? frameOf(FRAME.headers, 0, 1, headers)
          : frameOf(FRAME.continuation, 0, 1, headerBlock([['x', 'y'.repeat(100)]])),
    ],
    ['empty data', 100_000, (index) => (index === 0 ? begin(0) : frameOf(FRAME.data, 0, 1))],
  ])('%s', async (_name, count, make) => {
    const before = service.residentBytes();
    await flood(open(), count, make);
    await expectUnharmed(before);
  });

  it('streams reset without a reason', async () => {
    const before = service.residentBytes();
    const seen = service.offences('resets');
    const reset = (index: number): Buffer => resetFrame(streamIdOf(index), NO_ERROR);
    await flood(open(), 10_000, (index) => Buffer.concat([begin(index), reset(index)]));
    await service.saysOffence('resets', seen + 1);
    await expectUnharmed(before);
  });

  it('calls that are malformed earn nothing', async () => {
    const offender = open();
    const malformed = Buffer.of(9);
    for (let index = 0; index < 600; index += 1) {
      const data = frameOf(FRAME.data, FLAG.endStream, streamIdOf(index), malformed);
      offender.send(begin(index), data);
    }
    await until('the refusals', () => offender.ended() >= 600 || undefined);
    for (let index = 600; index < 1000; index += 1) {
      offender.send(begin(index), resetFrame(streamIdOf(index), CANCEL));
    }
    expect(await until('the end of the offender', () => offender.ending())).toBeDefined();
  });

  it.each<readonly [offence: string, make: (from: number) => readonly [Buffer, Buffer]]>([
    [
      'resets',
      (from) => {
        const indices = Array.from({ length: 50 }, (_, at) => from + at);
        const resets = indices.map((index) => resetFrame(streamIdOf(index), CANCEL));
        return [Buffer.concat(indices.map(begin)), Buffer.concat(resets)];
      },
    ],
    [
      'frames',
      () => {
        const ping = frameOf(FRAME.ping, 0, 0, Buffer.alloc(8));
        return [Buffer.concat(Array<Buffer>(50).fill(ping)), Buffer.alloc(0)];
      },
    ],
  ])('%s that come slowly enough for each to be answered', async (offence, make) => {
    const before = service.residentBytes();
    const seen = service.offences(offence);
    const offender = open();
    for (let from = 0; from < 20_000 && offender.ending() === undefined; from += 50) {
      for (const part of make(from)) {
        offender.send(part);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
    await until('the end of the offender', () => offender.ending());
    await service.saysOffence(offence, seen + 1);
    await expectUnharmed(before);
  });

  it('a connection earns with answers how much it may give up at once', async () => {
    const [fresh, earned] = [open(), open()];
    const ask = callHeaders('/grpc.health.v1.Health/Check');
    const [answered, givenUp] = [400, 400];
    for (let index = 0; index < answered; index += 1) {
      earned.send(callFrames(streamIdOf(index), ask, Buffer.alloc(0)));
    }
    await until('the answers', () => earned.ended() === answered || undefined);
    for (let each = 0; each < givenUp; each += 1) {
      for (const [connection, index] of [
        [fresh, each] as const,
        [earned, answered + each] as const,
      ]) {
        connection.send(begin(index), resetFrame(streamIdOf(index), CANCEL));
      }
    }
    await until('the end of the fresh one', () => fresh.ending());
    const later = answered + givenUp;
    earned.send(callFrames(streamIdOf(later), ask, Buffer.alloc(0)));
    await until('one more answer', () => earned.ended() > answered || undefined);
    expect(earned.ending()).toBeUndefined();
  });

  it('calls that Ambit ends by itself are no offence of their client', async () => {
    const hasty = await startDrill({ message_seconds: 1 });
    const client = connectRaw(hasty.address);
    client.send(opening(), SETTINGS_ACK);
    const count = 400;
    for (let index = 0; index < count; index += 1) {
      client.send(begin(index), frameOf(FRAME.data, 0, streamIdOf(index), Buffer.alloc(3)));
    }
    await until('the end of all calls', () => client.resets.get(CANCEL) === count || undefined);
    const ask = callHeaders('/grpc.health.v1.Health/Check');
    const before = client.ended();
    client.send(callFrames(streamIdOf(count), ask, Buffer.alloc(0)));
    await until('one more answer', () => client.ended() > before || undefined);
    expect(client.ending()).toBeUndefined();
    expect(hasty.offences('resets')).toBe(0);
    client.close();
    await hasty.stop();
  });

  it('frames that cost next to nothing are borne', async () => {
    const before = service.residentBytes();
    const offender = open();
    const priority = frameOf(FRAME.priority, 0, 1, Buffer.alloc(5));
    const batch = Buffer.concat(Array<Buffer>(1000).fill(priority));
    for (let count = 0; count < 300; count += 1) offender.send(batch);
    await expectUnharmed(before);
  });
});
