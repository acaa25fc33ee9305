import fc from 'fast-check';

import { MessageTracker } from '../../../../src/pep/grpc/load/message-tracker';

/** A message of 7s, which are no flags, with its prefix. */
function framed(length: number, flag = 0): Buffer {
  const frame = Buffer.alloc(5 + length, 7);
  frame[0] = flag;
  frame.writeUInt32BE(length, 1);
  return frame;
}

/** Pushes bytes cut into pieces of these lengths, in turn; what is wrong, and where it is found. */
function pushCut(tracker: MessageTracker, bytes: Buffer, cuts: readonly number[]) {
  let at = 0;
  for (let cut = 0; at < bytes.length; cut += 1) {
    const end = at + (cuts[cut % cuts.length] ?? 1);
    const fault = tracker.push(bytes.subarray(at, end));
    if (fault !== undefined) return { fault, at, end };
    at = end;
  }
  return undefined;
}

const LENGTHS = fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 6 });
const CUTS = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 });
const ANY = { limitBytes: 600, messages: Infinity };

describe('message tracker', () => {
  it('counts whole messages and the bytes of what is not whole, however the bytes are cut', () => {
    let partial = 0;
    let whole = 0;
    fc.assert(
      fc.property(LENGTHS, fc.integer({ min: 0, max: 4000 }), CUTS, (lengths, stop, cuts) => {
        const bytes = Buffer.concat(lengths.map((length) => framed(length))).subarray(0, stop);
        const tracker = new MessageTracker(ANY);
        expect(pushCut(tracker, bytes, cuts)).toBeUndefined();
        const [expectedWhole, expectedPartial] = expected(lengths, bytes.length);
        expect(tracker.wholeMessages).toBe(expectedWhole);
        expect(tracker.partialBytes).toBe(expectedPartial);
        if (expectedPartial > 0) partial += 1;
        else if (expectedWhole > 0) whole += 1;
      }),
    );
    expect(partial).toBeGreaterThan(10);
    expect(whole).toBeGreaterThan(10);
  });

  it('finds what is no message at the byte that shows it, however the bytes are cut', () => {
    const seen = new Map<string, number>();
    const bad = fc.constantFrom(
      { fault: 'flag', bytes: framed(3, 1), shownAt: 0 },
      { fault: 'flag', bytes: framed(3, 255), shownAt: 0 },
      { fault: 'size', bytes: framed(601), shownAt: 4 },
      { fault: 'size', bytes: Buffer.of(0, 255, 255, 255, 255), shownAt: 4 },
    );
    fc.assert(
      fc.property(LENGTHS, bad, CUTS, (lengths, { fault, bytes, shownAt }, cuts) => {
        const good = Buffer.concat(lengths.map((length) => framed(length)));
        const tracker = new MessageTracker(ANY);
        const found = pushCut(tracker, Buffer.concat([good, bytes]), cuts);
        expect(found?.fault).toBe(fault);
        const shown = good.length + shownAt;
        expect(found?.at).toBeLessThanOrEqual(shown);
        expect(found?.end).toBeGreaterThan(shown);
        expect(tracker.wholeMessages).toBe(lengths.length);
        seen.set(fault, (seen.get(fault) ?? 0) + 1);
      }),
    );
    expect(Math.min(seen.get('flag') ?? 0, seen.get('size') ?? 0)).toBeGreaterThan(10);
  });

  it.each([[0], [1], [600]])('takes one of %d bytes, and not a byte behind it', (length) => {
    const rules = { limitBytes: 600, messages: 1 };
    expect(new MessageTracker(rules).push(framed(length))).toBeUndefined();
    for (const rest of [Buffer.of(0), Buffer.of(1), framed(0), framed(601)]) {
      const bytes = Buffer.concat([framed(length), rest]);
      expect(new MessageTracker(rules).push(bytes)).toBe('surplus');
      const tracker = new MessageTracker(rules);
      expect(pushCut(tracker, bytes, [1])).toEqual({
        fault: 'surplus',
        at: 5 + length,
        end: 6 + length,
      });
    }
  });
});

function expected(lengths: readonly number[], bytes: number): readonly [number, number] {
  let left = bytes;
  let whole = 0;
  for (const length of lengths) {
    if (left < 5 + length) break;
    left -= 5 + length;
    whole += 1;
  }
  return [whole, left];
}
