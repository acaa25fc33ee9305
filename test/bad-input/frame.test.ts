import { CALL_CASES } from './cases/call-cases';
import { CONNECTION_CASES } from './cases/connection-cases';
import { FRAMING_CASES } from './cases/framing-cases';
import { expectationsOf, titleOf, writeExpected, WRITES } from './support/expected';
import type { FrameCase } from './support/frame-case';
import { PREFACE, settings } from './support/http2-bytes';
import { inTime, startLabService } from './support/lab-service';
import type { LabService } from './support/lab-service';
import { connectRaw } from './support/raw-peer';

/** Bytes that all of these together may make the service hold, beyond what it held before. */
const MAX_GROWTH_BYTES = 192 * 1024 * 1024;

const FRAME_CASES = [...CONNECTION_CASES, ...CALL_CASES, ...FRAMING_CASES];

const OPENING = Buffer.concat([PREFACE, settings()]);

const expected = expectationsOf('frame');
const found = new Map<string, readonly string[]>();
let service: LabService;

beforeAll(async () => {
  service = await startLabService();
});

afterAll(() => {
  service.close();
  if (WRITES) writeExpected('frame', found);
});

/** What becomes of the stream, if one is looked at, and of the connection. */
async function fateOf(each: FrameCase): Promise<string[]> {
  const { opening = OPENING, bytes, ends, floods, stream } = each;
  const peer = await connectRaw(service.address);
  try {
    peer.send(Buffer.concat([opening, typeof bytes === 'function' ? bytes() : bytes]));
    if (ends === true) peer.end();
    const ofStream = stream === undefined ? [] : [await inTime(peer.fateOfStream(stream))];
    const ofConnection = withoutWords(await inTime(peer.fateOfConnection()));
    if (floods === true && ofConnection !== 'IGNORED') return ['CUT'];
    if (ofStream[0] === ofConnection) return [ofConnection];
    if (stream === undefined) return [ofConnection];
    return [...ofStream, `the connection ${ofConnection === 'IGNORED' ? 'goes on' : 'ends'}`];
  } finally {
    peer.close();
  }
}

/** Where HTTP/2 fails on a frame, it says so only as far as what it wrote before is out, which is a matter of luck. */
function withoutWords(fate: string): string {
  return fate === 'GOAWAY INTERNAL_ERROR' ? 'CLOSED' : fate;
}

describe('a bad connection', () => {
  test.each(FRAME_CASES.map((each) => ({ title: titleOf(each), each })))('$title', async (row) => {
    const lines = await fateOf(row.each);
    found.set(row.title, lines);
    if (!WRITES) expect(lines).toEqual(expected.get(row.title));
    await service.expectServing();
  });

  test('makes the service hold little', async () => {
    expect(await service.grownBytes()).toBeLessThan(MAX_GROWTH_BYTES);
  });

  test('is one that is expected', () => {
    if (!WRITES) expect([...expected.keys()]).toEqual(FRAME_CASES.map(titleOf));
  });
});
