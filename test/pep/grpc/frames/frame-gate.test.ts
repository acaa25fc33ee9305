import fc from 'fast-check';

import { FLAG, FRAME, frameOf, numberFrame } from '../../../../src/pep/grpc/frames/frame';
import { FrameGate } from '../../../../src/pep/grpc/frames/frame-gate';
import type { FrameJudge } from '../../../../src/pep/grpc/frames/frame-gate';
import { framesOf } from './support';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const CANCEL = 8;
const REFUSED_PATH = 't/r';
const ANSWER = Buffer.from('88', 'hex');

const refusable = block(0x04, '/r');
const other = block(0x04, '/o');
const added = block(0x44, '/r');

function block(first: number, path: string): Buffer {
  return Buffer.concat([Buffer.of(first, path.length), Buffer.from(path)]);
}

function headers(id: number, payload: Buffer, flags: number = FLAG.endHeaders): Uint8Array {
  return frameOf(FRAME.headers, flags, id, payload);
}

function data(id: number, length: number, flags = 0): Uint8Array {
  return frameOf(FRAME.data, flags, id, Buffer.alloc(length, id));
}

const reset = (id: number): Uint8Array => numberFrame(FRAME.rstStream, id, CANCEL);

const REFUSING: FrameJudge = {
  refuse: (_streamId, { pathKey }) => (pathKey === REFUSED_PATH ? ANSWER : undefined),
  expect: () => undefined,
  onGivenUp: () => undefined,
};

interface Played {
  readonly forwarded: Buffer;
  readonly replies: ReturnType<typeof framesOf>;
  readonly given: number;
  readonly expected: readonly number[];
}

/** Has a gate take these bytes in these pieces; it refuses what asks for `/r`. */
function play(pieces: readonly Uint8Array[], mayReply = true): Played {
  const expected: number[] = [];
  let given = 0;
  const judge: FrameJudge = {
    ...REFUSING,
    expect: (streamId) => expected.push(streamId),
    onGivenUp: () => (given += 1),
  };
  const gate = new FrameGate(judge);
  const taken = pieces.map((piece) => gate.take(Buffer.from(piece), mayReply));
  const window = gate.giveWindowBack();
  const said = [
    ...taken.flatMap((each) => each.replies),
    ...(window === undefined ? [] : [window]),
  ];
  const replies = Buffer.concat([PREFACE, ...said]);
  const forwarded = Buffer.concat(taken.flatMap((each) => each.forward));
  return { forwarded, replies: framesOf(replies), given, expected };
}

/** All frames in one piece, behind the preface. */
function playFrames(frames: readonly Uint8Array[], mayReply = true): Played {
  return play([Buffer.concat([PREFACE, ...frames])], mayReply);
}

function gone(frames: readonly Uint8Array[], ...taken: readonly number[]): Buffer {
  return Buffer.concat([PREFACE, ...frames.filter((_, index) => !taken.includes(index))]);
}

describe('the gate before HTTP/2', () => {
  it('takes out a refused call with all that comes of it, answers it, and gives its window back', () => {
    const frames = [
      headers(1, other),
      headers(3, refusable),
      data(1, 10),
      data(3, 16_300),
      numberFrame(FRAME.windowUpdate, 3, 5),
      data(3, 100, FLAG.endStream),
      reset(3),
      data(1, 1, FLAG.endStream),
    ];
    // Known to be reset only after it was answered.
    const later = frames.splice(6);
    const { forwarded, replies } = play([gone(frames), Buffer.concat(later)]);
    expect(forwarded).toEqual(Buffer.concat([gone(frames, 1, 3, 4, 5), ...later.slice(1)]));
    expect(replies.map(({ type, streamId }) => [type, streamId])).toEqual([
      [FRAME.headers, 3],
      [FRAME.windowUpdate, 0],
    ]);
    expect(replies[0]?.flags).toBe(FLAG.endHeaders | FLAG.endStream);
    expect(replies[1]?.payload.readUInt32BE(0)).toBe(16_400);
  });

  it.each([
    ['that adds to the table', headers(3, added)],
    ['whose headers go on', headers(3, refusable, 0)],
    [
      'that is padded',
      headers(3, Buffer.concat([Buffer.of(0), refusable]), FLAG.endHeaders | FLAG.padded),
    ],
    ['of the server’s own numbers', headers(2, refusable)],
    ['that asks for something else', headers(3, other)],
    ['with a block that is wrong', headers(3, Buffer.of(0x04, 0x7f))],
  ])('lets a call go on %s', (_name, frame) => {
    const frames = [frame, data(3, 10)];
    const { forwarded, replies } = playFrames(frames);
    expect(forwarded).toEqual(gone(frames));
    expect(replies).toEqual([]);
  });

  it('reads behind a priority', () => {
    const priority = Buffer.concat([Buffer.alloc(5), refusable]);
    expect(playFrames([headers(3, priority, FLAG.endHeaders | FLAG.priority)]).forwarded).toEqual(
      PREFACE,
    );
  });

  it('counts on calls that go on though they might be refused', () => {
    expect(playFrames([headers(1, added), headers(3, other)]).expected).toEqual([1]);
    const { forwarded, expected } = playFrames([headers(1, refusable)], false);
    expect([expected, forwarded.length > PREFACE.length]).toEqual([[1], true]);
  });

  it('takes out calls that are given up at once, whoever they ask, where their headers change nothing', () => {
    const frames = [headers(1, other), headers(3, added), reset(1), reset(3), headers(5, other)];
    const { forwarded, given, replies } = playFrames(frames);
    expect(given).toBe(1);
    expect(forwarded).toEqual(gone(frames, 0, 2));
    expect(replies).toEqual([]);
  });

  it('gives a window back once, and not for a few bytes', () => {
    const gate = new FrameGate(REFUSING);
    gate.take(gone([headers(1, refusable)]), true);
    const windows = Array.from({ length: 4 }, () => {
      gate.take(Buffer.from(data(1, 8192)), false);
      const window = Buffer.from(gate.giveWindowBack() ?? Buffer.alloc(0));
      return framesOf(Buffer.concat([PREFACE, window]))[0]?.payload.readUInt32BE(0) ?? 0;
    });
    expect(windows).toEqual([0, 16_384, 0, 16_384]);
    expect(gate.giveWindowBack()).toBeUndefined();
  });

  it('leaves a stream to HTTP/2 once that has seen headers of it', () => {
    const frames = [headers(3, refusable), headers(3, added), data(3, 5), reset(3)];
    const pieces = [gone(frames.slice(0, 1)), ...frames.slice(1)];
    expect(play(pieces).forwarded).toEqual(gone(frames, 0));
  });

  it('lets trailers that change the table go on, and others not', () => {
    const trailers = FLAG.endHeaders | FLAG.endStream;
    const frames = [
      headers(3, refusable),
      headers(3, other, trailers),
      headers(3, added, trailers),
    ];
    expect(playFrames(frames).forwarded).toEqual(gone(frames, 0, 1));
  });

  it.each([
    [4095, true],
    [4096, false],
    [65_536, false],
  ])('refuses nothing where the client’s decoder waits for news: a table of %d', (size, goesOn) => {
    const setting = Buffer.alloc(6);
    setting.writeUInt16BE(1, 0);
    setting.writeUInt32BE(size, 2);
    const frames = [frameOf(FRAME.settings, 0, 0, setting), headers(1, refusable)];
    expect(playFrames(frames).forwarded).toEqual(goesOn ? gone(frames) : gone(frames, 1));
  });

  it('looks no further once a frame is too long for HTTP/2, or settings are too many', () => {
    const long = [frameOf(0x99, 0, 0, Buffer.alloc(16_385)), headers(1, refusable)];
    expect(playFrames(long).forwarded).toEqual(gone(long));
    const many = [frameOf(FRAME.settings, 0, 0, Buffer.alloc(6000)), headers(1, refusable)];
    const bytes = gone(many);
    const played = play([bytes.subarray(0, 5000), bytes.subarray(5000)]);
    expect(played.forwarded).toEqual(bytes);
  });

  it('remembers only so many refused calls, and lets HTTP/2 know the next one where it would not know them', () => {
    const calls = Array.from({ length: 1030 }, (_, index) => headers(index * 2 + 1, refusable));
    const sent = framesOf(playFrames(calls).forwarded).map(({ streamId }) => streamId);
    // After the 1,024th one goes on, before which all others are forgotten then.
    expect(sent).toEqual([2049]);
  });

  it('does the same however the bytes come', () => {
    const spread = { whole: 0, taken: 0 };
    const call = fc.record({
      block: fc.constantFrom(refusable, other, added),
      body: fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(
        fc.array(call, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }),
        (calls, sizes) => {
          const frames = calls.flatMap((each, index) => [
            headers(index * 2 + 1, each.block),
            ...each.body.map((length) => data(index * 2 + 1, length)),
          ]);
          const bytes = gone(frames);
          const pieces: Buffer[] = [];
          for (let at = 0; at < bytes.length;) {
            const size = sizes[pieces.length % sizes.length] ?? 1;
            pieces.push(bytes.subarray(at, at + size));
            at += size;
          }
          const atOnce = play([bytes]);
          const inPieces = play(pieces);
          expect(inPieces.forwarded).toEqual(atOnce.forwarded);
          expect(answersOf(inPieces)).toEqual(answersOf(atOnce));
          spread[atOnce.forwarded.length === bytes.length ? 'whole' : 'taken'] += 1;
        },
      ),
      { numRuns: 300 },
    );
    expect(Math.min(spread.whole, spread.taken)).toBeGreaterThan(20);
  });

  it('of any bytes forwards a part in order, keeps little, and never throws', () => {
    const spread = { all: 0, part: 0 };
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(headers(1, refusable), data(1, 9), reset(1), headers(3, added)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const all = [PREFACE, ...pieces];
        const { forwarded } = play(all);
        const bytes = Buffer.concat(all);
        expect(isSubsequence(forwarded, bytes)).toBe(true);
        spread[forwarded.length === bytes.length ? 'all' : 'part'] += 1;
      }),
      { numRuns: 2000 },
    );
    expect(Math.min(spread.all, spread.part)).toBeGreaterThan(50);
  });
});

function answersOf({ replies }: Played): readonly number[] {
  return replies.filter(({ type }) => type === FRAME.headers).map(({ streamId }) => streamId);
}

function isSubsequence(part: Buffer, whole: Buffer): boolean {
  let at = 0;
  for (const byte of whole) if (at < part.length && part[at] === byte) at += 1;
  return at === part.length;
}
