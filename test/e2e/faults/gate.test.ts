import { call, openClient } from '../../contract/support/client';
import { until } from '../support/wait';
import type { DrillService } from './drill-service';
import { startDrill } from './drill-service';
import { FLAG, FRAME, frameOf } from './http2-frames';
import { callHeaders, connectRaw, opening, SETTINGS_ACK, streamIdOf } from './raw-connection';
import type { RawConnection } from './raw-connection';
import { DECIDE } from './h2-calls';
import { startWitness } from './witness';

/** More calls than may come to nothing before their clients are to connect anew. */
const MANY = 300;

const NO_ERROR = 0;

/** No flags, and no bytes of a request. */
const EMPTY_MESSAGE = Buffer.alloc(5);

const HOPELESS = callHeaders(DECIDE, '1m');

let service: DrillService;

beforeEach(async () => {
  service = await startDrill({ calls_in_flight: 16, connections: 8 });
});

afterEach(() => service.stop());

function open(): RawConnection {
  const client = connectRaw(service.address);
  client.send(opening(), SETTINGS_ACK);
  return client;
}

/** Begins calls that nobody can answer in time, and that are still sending when they are refused. */
function waste(client: RawConnection, from: number): void {
  const calls = Array.from({ length: MANY }, (_, at) => streamIdOf(from + at));
  client.send(...calls.map((id) => frameOf(FRAME.headers, FLAG.endHeaders, id, HOPELESS)));
}

it('has a client whose calls come to nothing connect anew, behind the gate, and loses none of its calls', async () => {
  const witness = startWitness(service.address);
  await witness.more(1);
  const first = open();
  first.send(frameOf(FRAME.headers, FLAG.endHeaders, 1, callHeaders(DECIDE)));
  waste(first, 1);
  await until('the notice to come anew', () => first.seen.get(FRAME.goaway));
  expect(first.ending()).toBeUndefined();
  await until('the refusals', () => first.ended() >= MANY || undefined);
  // HTTP/2 resets a call that is refused while it is still sending; the gate does without.
  expect(first.resets.get(NO_ERROR)).toBeGreaterThan(0);

  const second = open();
  waste(second, 0);
  await until('the refusals of the second connection', () => second.ended() >= MANY || undefined);
  expect(second.resets.size).toBe(0);
  expect(second.seen.get(FRAME.goaway)).toBeUndefined();

  expect(first.ending()).toBeUndefined();
  first.send(frameOf(FRAME.data, FLAG.endStream, 1, EMPTY_MESSAGE));
  const ending = await until('the end of the first connection', () => first.ending());
  expect(ending).toEqual({ goaway: NO_ERROR, debug: '' });
  expect(service.log().split('to connect anew')).toHaveLength(2);
  second.close();
  await witness.more(1);
  expect(await witness.stop()).toEqual([]);
});

it('has a client of gRPC that asks too much come anew without losing a call', async () => {
  const client = openClient('ambit.v1.DecisionService', service.address);
  const request = { context: { tenant: 'red' }, candidates: [{ target: 'acme/large' }] };
  const outcomes = await Promise.all(
    Array.from({ length: 1500 }, () => call(client, 'Decide', request)),
  );
  client.close();
  const codes = new Set(outcomes.map((each) => ('code' in each ? each.code : 'OK')));
  expect([...codes].sort()).toEqual(['OK', 'RESOURCE_EXHAUSTED']);
  expect(service.log()).toContain('to connect anew');
});

it('leaves a client where it is where it might find no place again', async () => {
  const others = Array.from({ length: 4 }, open);
  await until(
    'their settings',
    () => others.every(({ seen }) => seen.has(FRAME.settings)) || undefined,
  );
  const client = open();
  waste(client, 0);
  waste(client, MANY);
  const refused = (): number => client.seen.get(FRAME.headers) ?? 0;
  await until('the refusals', () => refused() >= 2 * MANY || undefined);
  await until('the gate', () => service.log().includes('to connect anew') || undefined);
  expect(client.seen.get(FRAME.goaway)).toBeUndefined();
  for (const each of [client, ...others]) each.close();
});
