import fc from 'fast-check';

import { createTally, OTHER } from '../../../src/platform/metrics/tally';

describe('a tally', () => {
  it('counts each combination apart, in the order of the lists', () => {
    const tally = createTally(['a', 'b'], ['x', 'y']);
    tally.add('a', 'x');
    tally.add('a', 'y');
    tally.add('b', 'y');
    tally.add('b', 'y');
    expect(tally.entries(false)).toEqual([
      { words: ['a', 'x'], count: 1 },
      { words: ['a', 'y'], count: 1 },
      { words: ['b', 'y'], count: 2 },
    ]);
  });

  it('shows what was never counted only where zeros are asked for, and never for `other`', () => {
    const tally = createTally(['a', 'b']);
    expect(tally.entries(false)).toEqual([]);
    expect(tally.entries(true).map(({ words }) => words)).toEqual([['a'], ['b']]);
    tally.add('c');
    expect(tally.entries(true)).toContainEqual({ words: [OTHER], count: 1 });
  });

  it('counts without lists', () => {
    const tally = createTally();
    expect(tally.entries(true)).toEqual([{ words: [], count: 0 }]);
    tally.add();
    tally.add();
    expect(tally.entries(false)).toEqual([{ words: [], count: 2 }]);
  });

  it('takes words of a list that are said twice, or are `other`, as one', () => {
    const tally = createTally(['a', 'a', OTHER]);
    tally.add('a');
    tally.add('b');
    expect(tally.entries(true)).toEqual([
      { words: ['a'], count: 1 },
      { words: [OTHER], count: 1 },
    ]);
  });

  it('counts whatever it is given, once, and holds no word that is not in its lists', () => {
    const list = fc.uniqueArray(fc.string(), { maxLength: 4 });
    const seen = { known: 0, unknown: 0 };
    fc.assert(
      fc.property(
        list,
        list,
        fc.array(fc.array(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '')))),
        (first, second, additions) => {
          const tally = createTally(first, second);
          const expected = new Map<string, number>();
          for (const words of additions) {
            tally.add(...words);
            const [one, two] = [first, second].map((known, place) => {
              const word = words[place];
              return word !== undefined && known.includes(word) ? word : OTHER;
            });
            seen[one === OTHER ? 'unknown' : 'known'] += 1;
            const key = JSON.stringify([one, two]);
            expected.set(key, (expected.get(key) ?? 0) + 1);
          }
          const counted = tally
            .entries(false)
            .map(({ words, count }) => [JSON.stringify(words), count]);
          expect(new Map(counted as [string, number][])).toEqual(expected);
        },
      ),
    );
    expect(Math.min(seen.known, seen.unknown)).toBeGreaterThan(5);
  });
});
