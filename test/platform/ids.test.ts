import { createIdSource } from '../../src/platform/ids';

const NOW_MS = Date.UTC(2026, 0, 1);

/** RFC 9562: version 7, and the variant that begins with the bits 10. */
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const timeOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** Many ids at instants that a function gives. */
function ids(count: number, instantMs: (index: number) => number): readonly string[] {
  const source = createIdSource();
  return Array.from({ length: count }, (_, index) => source.next(instantMs(index)));
}

describe('an id', () => {
  it('is a UUID of version 7 with the time in front', () => {
    const id = createIdSource().next(NOW_MS);
    expect(id).toMatch(UUID_V7);
    expect(timeOf(id)).toBe(NOW_MS);
  });

  it.each([Buffer.alloc(8, 0), Buffer.alloc(8, 0xff), Buffer.from('0123456789abcdef', 'hex')])(
    'has the variant whatever the random bytes are: %j',
    (random) => {
      expect(createIdSource(random).next(NOW_MS)).toMatch(UUID_V7);
    },
  );

  it('ends in all but two of the random bits, which stay as they are given', () => {
    const random = Buffer.from('0123456789abcdef', 'hex');
    expect(createIdSource(random).next(NOW_MS).slice(-17)).toBe('8123-456789abcdef');
    expect(random.toString('hex')).toBe('0123456789abcdef');
  });

  it('is another one in another process', () => {
    expect(createIdSource().next(NOW_MS)).not.toBe(createIdSource().next(NOW_MS));
  });
});

describe('ids of one process', () => {
  it.each<[string, (index: number) => number]>([
    ['in one millisecond, more than it can hold', () => NOW_MS],
    ['over time', (index) => NOW_MS + index],
    ['with a clock that is set back', (index) => NOW_MS - index],
    ['in parts of milliseconds', (index) => NOW_MS + index / 7],
    ['in bursts', (index) => NOW_MS + Math.floor(index / 5000)],
  ])('are unique, well formed and sorted: %s', (_, instantMs) => {
    const made = ids(10_000, instantMs);
    expect(new Set(made).size).toBe(made.length);
    expect([...made].sort()).toEqual(made);
    expect(made.filter((id) => !UUID_V7.test(id))).toEqual([]);
  });

  it('hold the time of the call again as soon as it is later', () => {
    const source = createIdSource();
    for (let index = 0; index < 5000; index += 1) source.next(NOW_MS);
    expect(timeOf(source.next(NOW_MS))).toBe(NOW_MS + 1);
    expect(timeOf(source.next(NOW_MS + 2))).toBe(NOW_MS + 2);
  });
});
