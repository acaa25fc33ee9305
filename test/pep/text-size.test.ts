import * as fc from 'fast-check';

import { exceedsBytes } from '../../src/pep/text-size';
import { runs, SEED } from '../laws/support/runs';

describe('the size of a text', () => {
  it('is that of its UTF-8, whatever it is made of', () => {
    const spread = { over: 0, within: 0 };
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    fc.assert(
      fc.property(text, fc.nat(30), (each, limit) => {
        const over = Buffer.from(each, 'utf8').length > limit;
        spread[over ? 'over' : 'within'] += 1;
        expect(exceedsBytes(each, limit)).toBe(over);
      }),
      { numRuns: runs(2000), seed: SEED },
    );
    expect(Math.min(spread.over, spread.within)).toBeGreaterThan(100);
  });

  it.each([
    ['a', 1],
    ['ü', 2],
    ['✓', 3],
    ['𝔸', 4],
    ['\uD800', 3],
  ])('counts `%s` as %i', (letter, bytes) => {
    expect(exceedsBytes(letter.repeat(100), 100 * bytes)).toBe(false);
    expect(exceedsBytes(letter.repeat(100), 100 * bytes - 1)).toBe(true);
  });
});
