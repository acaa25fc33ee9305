/** Parts kept in each of two generations, where nothing else is said. */
const MAX_PARTS = 2048;

/** Bytes of a part that is kept. Longer ones are seldom the same again, and would fill the memory. */
export const MAX_PART_BYTES = 512;

/**
 * What parts of messages were read as, by their bytes. A caller sends the same candidates again and again, so
 * each is read and checked once. Bounded: when the younger generation is full it becomes the older one, and what
 * nobody asked for meanwhile is dropped.
 */
export class PartCache<T extends object> {
  private young = new Map<string, T>();
  private old = new Map<string, T>();
  private readonly maxParts: number;

  constructor(maxParts = MAX_PARTS) {
    this.maxParts = maxParts;
  }

  /** What the part was read as; undefined if that is not known. */
  get(key: string): T | undefined {
    const known = this.young.get(key);
    if (known !== undefined) return known;
    const older = this.old.get(key);
    return older === undefined ? undefined : this.keep(key, older);
  }

  /** Keeps what a part was read as. It is frozen, because all requests with this part share it. */
  keep(key: string, part: T): T {
    if (this.young.size >= this.maxParts) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, Object.freeze(part));
    return part;
  }
}
