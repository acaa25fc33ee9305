import fc from 'fast-check';

import { frameOf } from '../../../../src/pep/grpc/frames/frame';
import { FrameBoundary } from '../../../../src/pep/grpc/frames/frame-boundary';

describe('the boundary between frames that go out', () => {
  it('is nowhere before the first frame', () => {
    expect(new FrameBoundary().isBetween()).toBe(false);
  });

  it('is behind whole frames and nowhere else, however they are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 6 }),
        (lengths) => {
          const frames = lengths.map((length) => frameOf(0, 0, 1, Buffer.alloc(length, 1)));
          const bytes = Buffer.concat(frames);
          const ends = new Set<number>();
          frames.reduce((end, frame) => {
            ends.add(end + frame.length);
            return end + frame.length;
          }, 0);
          for (let cut = 1; cut <= bytes.length; cut += 1) {
            const boundary = new FrameBoundary();
            boundary.push(bytes.subarray(0, cut));
            expect(boundary.isBetween()).toBe(ends.has(cut));
            if (cut < bytes.length) boundary.push(bytes.subarray(cut));
            expect(boundary.isBetween()).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
