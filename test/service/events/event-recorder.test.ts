import type { CallerRefused, Staleness } from '../../../src/ports/security-events';
import type { Trail } from '../../../src/ports/trail';
import { memoryDisk, type MemoryDisk } from '../trail/support/memory-disk';
import { open, START_MS } from '../trail/support/trails';
import { eventsIn, recorderTo, type TestRecorder } from './support/recorded';
import { violationsOf } from './support/ocsf';

const MINUTE_MS = 60_000;

const TORN = { kind: 'bundle_refused', outcome: 'torn', findings: [] } as const;

const REFUSED: CallerRefused = {
  ...{ kind: 'caller_refused', reason: 'rights', caller: 'edge', listener: '127.0.0.1:8443' },
};

let disk: MemoryDisk;
let trail: Trail;
let recorder: TestRecorder;
let staleness: Staleness | undefined;

beforeEach(async () => {
  disk = memoryDisk();
  trail = await open(disk.files);
  staleness = undefined;
  recorder = recorderTo((json) => trail.append(json), { staleness: () => staleness });
});

/** Kind and count of all events, in the order of the trail. */
async function told(): Promise<readonly (readonly [string, number])[]> {
  const events = await eventsIn(disk.files);
  for (const event of events) expect(violationsOf(event)).toEqual([]);
  return events.map(({ metadata, count = 1 }) => [metadata.event_code, count]);
}

it('records what it is told at once, each under an id of its own', async () => {
  recorder.tell(TORN);
  recorder.tell(TORN);
  await recorder.close();
  expect(await told()).toEqual([
    ['bundle_refused', 1],
    ['bundle_refused', 1],
  ]);
  const uids = (await eventsIn(disk.files)).map(({ metadata }) => metadata.uid);
  expect(uids).toEqual([1, 2].map((n) => `p-1:bundle_refused:${String(START_MS)}:${String(n)}`));
  expect(recorder.stats()).toEqual({ waiting: 0, recorded: 2, lost: 0 });
});

it('makes one event of the refusals of a caller in a minute, for each reason and listener', async () => {
  for (let n = 0; n < 10_000; n += 1) recorder.tell(REFUSED);
  recorder.tell({ ...REFUSED, reason: 'identity', caller: '' });
  recorder.tell({ ...REFUSED, listener: 'unix:/run/ambit' });
  recorder.clock.nowMs += MINUTE_MS - 1;
  recorder.tell(REFUSED);
  recorder.tick(recorder.clock.nowMs);
  expect(await told()).toEqual([]);
  recorder.clock.nowMs += 1;
  recorder.tick(recorder.clock.nowMs);
  recorder.tell(REFUSED);
  await recorder.close();
  const counts = [10_001, 1, 1, 1];
  expect(await told()).toEqual(counts.map((count) => ['caller_refused', count]));
  const [first, second] = await eventsIn(disk.files);
  expect(first).toMatchObject({
    ...{ severity: 'High', start_time: START_MS, end_time: START_MS + MINUTE_MS - 1 },
    ...{ actor: { app_name: 'edge' }, dst_endpoint: { name: '127.0.0.1:8443' } },
  });
  expect(second).toMatchObject({ severity: 'Medium', actor: { app_name: '(unknown)' } });
});

it('counts refusals that are too many to be told apart', async () => {
  for (let n = 0; n < 1005; n += 1) recorder.tell({ ...REFUSED, caller: `edge-${String(n)}` });
  await recorder.close();
  const events = await told();
  expect(events).toHaveLength(1001);
  expect(events.at(-1)).toEqual(['events_lost', 5]);
});

it('bounds what waits by its size, too', () => {
  const other = recorderTo(() => new Promise(() => undefined));
  const place = { file: 'f'.repeat(500), line: 1, column: 1 };
  const finding = { severity: 'error', code: 'c', message: '', position: place } as const;
  const findings = Array.from({ length: 50 }, () => ({ ...finding, endColumn: 1 }));
  for (let n = 0; n < 1000; n += 1) other.tell({ ...TORN, findings });
  const { waiting, lost } = other.stats();
  expect(waiting).toBeGreaterThan(100);
  expect([waiting < 1000, waiting + lost]).toEqual([true, 1000]);
});

it('tells of stale policies once for each time that they turn stale', () => {
  const records: string[] = [];
  const other = recorderTo((json) => Promise.resolve(records.push(json)), {
    staleness: () => staleness,
  });
  const stale = { ageMs: 6000, maxAgeMs: 5000, digest: 'sha256:a' };
  for (const each of [undefined, stale, stale, undefined, stale]) {
    staleness = each;
    other.tick(START_MS);
  }
  return other.close().then(() => {
    expect(records).toHaveLength(2);
    expect(records[0]).toContain('"event_code":"policy_stale"');
  });
});

it('keeps what the disk refuses, and records it in order once that takes it', async () => {
  disk.onOperation = (operation) => {
    if (operation === 'append') throw new Error('full');
  };
  recorder.tell(TORN);
  recorder.tell({ kind: 'trail_damaged', code: 'wrong_hash', file: 'f', line: 2, sequence: 2 });
  await recorder.close();
  expect(recorder.stats()).toEqual({ waiting: 2, recorded: 0, lost: 0 });
  disk.onOperation = () => undefined;
  recorder.tick(START_MS);
  await recorder.close();
  expect((await told()).map(([kind]) => kind)).toEqual(['bundle_refused', 'trail_damaged']);
});

it('names a line of a damaged trail only where it is one line', async () => {
  for (const line of [0, 7])
    recorder.tell({ kind: 'trail_damaged', code: 'seal_mismatch', file: 'f', line, sequence: 1 });
  await recorder.close();
  expect((await eventsIn(disk.files)).map(({ message }) => message)).toEqual([
    'the trail is damaged at `f` (seal_mismatch)',
    'the trail is damaged at `f`, line 7 (seal_mismatch)',
  ]);
});

it('holds a bounded number while the disk does not answer, and says how many it lost', async () => {
  let isHanging = true;
  let answer: () => void = () => undefined;
  const hung = new Promise<void>((resolve) => (answer = resolve));
  const other = recorderTo(async (json) => {
    if (isHanging) await hung;
    return trail.append(json);
  });
  for (let n = 0; n < 3000; n += 1) other.tell(TORN);
  expect(other.stats()).toEqual({ waiting: 2000, recorded: 0, lost: 1000 });
  isHanging = false;
  answer();
  await other.close();
  expect(other.stats()).toEqual({ waiting: 0, recorded: 2001, lost: 1000 });
  expect((await told()).at(-1)).toEqual(['events_lost', 1000]);
});

it('survives what cannot be told, and counts it', async () => {
  const hostile = { ...TORN, findings: undefined as never };
  recorder.tell(hostile);
  expect(recorder.defects).toHaveLength(1);
  recorder.tick(START_MS);
  await recorder.close();
  expect(await told()).toEqual([['events_lost', 1]]);
});
