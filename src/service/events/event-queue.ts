/** Events that wait for the disk at most: more than there can be folded refusals at a time. */
const MAX_WAITING = 2000;

/** UTF-16 units of them together, which only bundles with long lists of changes come near. */
const MAX_UNITS = 16 * 1024 * 1024;

/** Events on their way to the trail: in order, one at a time, and again until it goes well. */
export interface EventQueue {
  /** False: it is full. */
  add(recordJson: string): boolean;
  /** Records what waits, up to the first failure. Never rejects; a call while another one runs waits for that. */
  flush(): Promise<void>;
  readonly waiting: number;
  /** How many were recorded. */
  readonly recorded: number;
}

/** Creates an empty queue. A record of which `append` is not sure is given again, with the same `metadata.uid`. */
export function createEventQueue(append: (recordJson: string) => Promise<unknown>): EventQueue {
  const waiting: string[] = [];
  let recorded = 0;
  let units = 0;
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    try {
      for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
        await append(first);
        waiting.shift();
        units -= first.length;
        recorded += 1;
      }
    } catch {
      // The next tick tries again; whoever owns the trail tells that it fails.
    } finally {
      running = undefined;
    }
  };
  return {
    add: (recordJson) => {
      if (waiting.length >= MAX_WAITING || units + recordJson.length > MAX_UNITS) return false;
      waiting.push(recordJson);
      units += recordJson.length;
      return true;
    },
    // A run without anything to do would end before it is known to run.
    flush: async () => {
      if (waiting.length > 0) await (running ??= run());
    },
    get waiting() {
      return waiting.length;
    },
    get recorded() {
      return recorded;
    },
  };
}
