import { createSink } from '../../../src/audit/sinks/create-sink';
import type { SinkDriver } from '../../../src/audit/sinks/create-sink';
import type { RecordSink } from '../../../src/ports/record-sink';
import { recordOf, settle } from '../../service/sinks/simulation';

const GIVEN_UP = 'it was given up: it took too long, or was closed';
const NEVER = new AbortController().signal;

/** Drivers, each of which settles nothing until a test says so. */
interface Rig {
  readonly sink: RecordSink;
  /** What each driver did, one list a driver. */
  readonly drivers: string[][];
  /** Ends what the driver with this number does. */
  finish(driver: number): void;
}

function createRig(isOnlyOne: boolean): Rig {
  const drivers: string[][] = [];
  const finishers: (() => void)[] = [];
  const createDriver = (): SinkDriver => {
    const done: string[] = [];
    const number = drivers.push(done) - 1;
    return {
      send: ([record]) => {
        done.push(`sends ${String(record?.sequence)}`);
        return new Promise((resolve) => (finishers[number] = resolve));
      },
      end: () => done.push('ends'),
    };
  };
  const sink = createSink({ name: 'a', secrets: [], createDriver, isOnlyOne });
  return { sink, drivers, finish: (driver) => finishers[driver]?.() };
}

/** Gives a delivery so long as everything takes that needs no time. */
async function giveUp({ sink }: Rig, sequence: number): Promise<void> {
  const controller = new AbortController();
  const given = sink.deliver([recordOf(sequence)], controller.signal);
  const refused = expect(given).rejects.toThrow(new Error(GIVEN_UP));
  await settle();
  controller.abort();
  await refused;
}

describe('a driver that does not end what was given up', () => {
  it('has the time of one more delivery, and is left for another one then', async () => {
    const rig = createRig(false);
    await giveUp(rig, 1);
    await giveUp(rig, 1);
    expect(rig.drivers).toEqual([['sends 1', 'ends'], []]);
    const given = rig.sink.deliver([recordOf(1)], NEVER);
    await settle();
    rig.finish(1);
    await given;
    expect(rig.drivers).toEqual([['sends 1', 'ends'], ['sends 1']]);
  });

  it('keeps its place where it ends in that time', async () => {
    const rig = createRig(false);
    await giveUp(rig, 1);
    const given = rig.sink.deliver([recordOf(1)], NEVER);
    await settle();
    expect(rig.drivers).toEqual([['sends 1']]);
    rig.finish(0);
    await settle();
    rig.finish(0);
    await given;
    expect(rig.drivers).toEqual([['sends 1', 'sends 1']]);
  });

  it('is waited for where there can be only one', async () => {
    const rig = createRig(true);
    await giveUp(rig, 1);
    await giveUp(rig, 1);
    await giveUp(rig, 1);
    expect(rig.drivers).toEqual([['sends 1']]);
    const given = rig.sink.deliver([recordOf(1)], NEVER);
    rig.finish(0);
    await settle();
    rig.finish(0);
    await given;
    expect(rig.drivers).toEqual([['sends 1', 'sends 1']]);
  });
});
