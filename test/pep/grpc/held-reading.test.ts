import fc from 'fast-check';

import { holdReading, isHeldFor, releaseReading } from '../../../src/pep/grpc/held-reading';
import type { HoldReason } from '../../../src/pep/grpc/held-reading';
import { runs, SEED, Spread } from '../../laws/support/runs';

const REASONS: readonly HoldReason[] = [
  'answers waited for',
  'bytes not taken',
  'no room to write',
];

const step = fc.record({ reason: fc.constantFrom(...REASONS), holds: fc.boolean() });

describe('reading that is held back', () => {
  it('goes on exactly where no reason is left, in whatever order they come and go', () => {
    const spread = new Spread();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const state = { isPaused: false };
        const stream = {
          pause: () => (state.isPaused = true),
          resume: () => (state.isPaused = false),
        };
        const left = new Set<HoldReason>();
        for (const { reason, holds } of steps) {
          (holds ? holdReading : releaseReading)(stream as never, reason);
          if (holds) left.add(reason);
          else left.delete(reason);
          expect(state.isPaused).toBe(left.size > 0);
          for (const each of REASONS) {
            expect(isHeldFor(stream as never, each)).toBe(left.has(each));
          }
          spread.add(state.isPaused ? `held for ${String(left.size)}` : 'flowing');
        }
      }),
      { numRuns: runs(200), seed: SEED },
    );
    spread.expectAtLeast(20, 'flowing', 'held for 1', 'held for 2', 'held for 3');
  });

  it('is left alone by a reason that never held it', () => {
    const calls: string[] = [];
    const stream = { pause: () => calls.push('pause'), resume: () => calls.push('resume') };
    releaseReading(stream as never, 'bytes not taken');
    expect(calls).toEqual([]);
  });
});
