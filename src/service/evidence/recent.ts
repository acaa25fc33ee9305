/**
 * What was made for objects, as long as they live and are in use. Bounded: when the younger generation is full it becomes
 * the older one, and what nobody asked for meanwhile is dropped.
 */
export class Recent<K extends object, V> {
  private young = new WeakMap<K, V>();
  private old = new WeakMap<K, V>();
  private count = 0;
  private readonly max: number;

  /** `max` are the entries of one of the two generations. */
  constructor(max: number) {
    this.max = max;
  }

  get(key: K): V | undefined {
    const known = this.young.get(key);
    if (known !== undefined) return known;
    const older = this.old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: K, value: V): void {
    if (this.count >= this.max) {
      this.old = this.young;
      this.young = new WeakMap();
      this.count = 0;
    }
    this.young.set(key, value);
    this.count += 1;
  }
}
