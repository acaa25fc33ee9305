import { until } from '../support/wait';
import type { DrillService } from './drill-service';
import { startDrill } from './drill-service';
import { FLAG, FRAME, frameOf } from './http2-frames';
import {
  callFrames,
  callHeaders,
  connectRaw,
  opening,
  SETTINGS_ACK,
  streamIdOf,
  windowFrame,
} from './raw-connection';
import type { RawConnection } from './raw-connection';
import { DECIDE } from './h2-calls';

/** Windows that hold nothing back. */
const INITIAL_WINDOW = 4;
const LARGEST_WINDOW = 0x7fffffff;
const FIRST_WINDOW = 65_535;

/** Bytes that a client may still have to send when it sends more, so that it goes on sending until nobody reads. */
const MAX_QUEUED_BYTES = 20_000;
const CALLS_AT_ONCE = 100;

const HOPELESS = callHeaders(DECIDE, '1m');
const STATUS = callHeaders('/ambit.v1.PolicyService/GetStatus');

const hopeless = (id: number): Buffer =>
  frameOf(FRAME.headers, FLAG.endHeaders | FLAG.endStream, id, HOPELESS);
const answered = (id: number): Buffer => callFrames(id, STATUS, Buffer.alloc(0));

let service: DrillService;

/** With room for one connection, so that whoever comes next sees whether the last one is gone. */
beforeEach(async () => {
  service = await startDrill({ unread_seconds: 1, idle_connection_seconds: 2, connections: 1 });
});

afterEach(() => service.stop());

/** Comes as soon as there is room. */
function enter(): Promise<RawConnection> {
  return until('a place', async () => {
    const client = connectRaw(service.address);
    client.send(opening([[INITIAL_WINDOW, LARGEST_WINDOW]]), SETTINGS_ACK);
    client.send(windowFrame(0, LARGEST_WINDOW - FIRST_WINDOW));
    const hasSettings = (): boolean => client.seen.has(FRAME.settings);
    await until('settings or the end', () => hasSettings() || client.ending());
    return hasSettings() ? client : undefined;
  });
}

it.each([
  ['answers', answered],
  ['refusals', hopeless],
])(
  'a client that takes no %s, and then sends nothing any more, is gone and gives its place back',
  async (_name, make) => {
    const client = await enter();
    client.socket.pause();
    let sent = 0;
    // Where HTTP/2 itself ends it, because too many streams are open, nothing is logged.
    await until('the offence, or the end', () => {
      const isRoom = client.socket.writableLength < MAX_QUEUED_BYTES;
      const ids = Array.from({ length: isRoom ? CALLS_AT_ONCE : 0 }, () => streamIdOf(sent++));
      client.send(...ids.map(make));
      return service.offences('unread') > 0 || client.ending();
    });
    (await enter()).close();
    client.close();
  },
);
