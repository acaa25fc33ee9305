import fc from 'fast-check';

import { createMessageTracker } from '../../../../src/pep/grpc/load/message-tracker';

function framed(length: number): Buffer {
  const frame = Buffer.alloc(5 + length, 7);
  frame[0] = 0;
  frame.writeUInt32BE(length, 1);
  return frame;
}

describe('message tracker', () => {
  it('counts whole messages and the bytes of what is not whole, however the bytes are cut', () => {
    let partial = 0;
    let whole = 0;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 6 }),
        fc.integer({ min: 0, max: 4000 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
        (lengths, stop, cuts) => {
          const bytes = Buffer.concat(lengths.map(framed)).subarray(0, stop);
          const tracker = createMessageTracker();
          let seen = 0;
          let at = 0;
          for (let cut = 0; at < bytes.length; cut += 1) {
            const end = at + (cuts[cut % cuts.length] ?? 1);
            seen += tracker.push(bytes.subarray(at, end));
            at = end;
          }
          const [expectedWhole, expectedPartial] = expected(lengths, bytes.length);
          expect(seen).toBe(expectedWhole);
          expect(tracker.partialBytes()).toBe(expectedPartial);
          if (expectedPartial > 0) partial += 1;
          else if (expectedWhole > 0) whole += 1;
        },
      ),
    );
    expect(partial).toBeGreaterThan(10);
    expect(whole).toBeGreaterThan(10);
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
