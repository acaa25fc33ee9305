import { PartCache } from '../../../src/pep/grpc/part-cache';

/** Parts of one generation, of which there are two. */
const GENERATION = 2048;

interface Part {
  readonly name: string;
}

function keepMany(cache: PartCache<Part>, prefix: string, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const name = `${prefix}${String(index)}`;
    cache.keep(name, { name });
  }
}

describe('what is known of parts', () => {
  it('is given as the very object that was kept, and nobody can change it', () => {
    const cache = new PartCache<Part>();
    const part = { name: 'a' };
    expect(cache.keep('a', part)).toBe(part);
    expect(cache.get('a')).toBe(part);
    expect(cache.get('b')).toBeUndefined();
    expect(Object.isFrozen(part)).toBe(true);
  });

  it('tells keys apart by every character, whatever objects have by nature', () => {
    const cache = new PartCache<Part>();
    cache.keep('a\u0000', { name: '1' });
    for (const key of ['a', 'a\u0000\u0000', '', '__proto__', 'constructor']) {
      expect(cache.get(key)).toBeUndefined();
    }
  });

  it('is kept for the whole of a generation, and one more', () => {
    const cache = new PartCache<Part>();
    const first = cache.keep('first', { name: 'first' });
    keepMany(cache, 'a', 2 * GENERATION - 1);
    expect(cache.get('first')).toBe(first);
  });

  it('is dropped where nobody asked for it over two', () => {
    const cache = new PartCache<Part>();
    cache.keep('first', { name: 'first' });
    keepMany(cache, 'a', 2 * GENERATION);
    expect(cache.get('first')).toBeUndefined();
    expect(cache.get('a4095')).toEqual({ name: 'a4095' });
  });

  it('is kept on where it is asked for now and then', () => {
    const cache = new PartCache<Part>();
    const first = cache.keep('first', { name: 'first' });
    for (const prefix of ['a', 'b', 'c', 'd', 'e']) {
      keepMany(cache, prefix, GENERATION);
      expect(cache.get('first')).toBe(first);
    }
    expect(cache.get('a0')).toBeUndefined();
  });
});
