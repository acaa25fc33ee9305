import type { Bundle } from './bundle';
import type { ScopeClass } from './scope-class';

/** Judgements that hold between two instants, by class of scope. */
export interface EpochCache {
  readonly classes: Map<string, ScopeClass>;
  /** Judgements and verdicts that the classes hold. */
  kept: number;
}

/** Judgements and verdicts kept in an epoch: about 100 MB at worst. Beyond it all are made anew. */
const MAX_KEPT = 500_000;

/** Counts more of them; whoever sends ever new combinations must not fill the memory. */
export function countKept(cache: EpochCache, more = 1): void {
  cache.kept += more;
  if (cache.kept <= MAX_KEPT) return;
  cache.classes.clear();
  cache.kept = 0;
}

/** Epochs kept at once: the one in force and the one being prepared, and one on each side of a late answer. */
const MAX_EPOCHS = 4;

/** The number of instants that have passed; `expires_at <= now` is expired, so an instant itself counts. */
function epochOf(instantsMs: readonly number[], nowMs: number): number {
  let low = 0;
  let high = instantsMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instantsMs[middle] ?? Infinity) <= nowMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Judgements by bundle and epoch. They change no answer, only its cost, and go with their bundle. */
const CACHES = new WeakMap<Bundle, Map<number, EpochCache>>();

/**
 * The cache for an instant, made if it is not there. A verdict is never read across an expiry, and the cache
 * for after the next one can be filled before it (L11).
 */
export function cacheAt(bundle: Bundle, nowMs: number): EpochCache {
  const caches = cachesOf(bundle);
  const epoch = epochOf(bundle.instantsMs, nowMs);
  const existing = caches.get(epoch);
  if (existing !== undefined) return existing;
  if (caches.size >= MAX_EPOCHS) caches.clear();
  const fresh: EpochCache = { classes: new Map(), kept: 0 };
  caches.set(epoch, fresh);
  return fresh;
}

function cachesOf(bundle: Bundle): Map<number, EpochCache> {
  const existing = CACHES.get(bundle);
  if (existing !== undefined) return existing;
  const fresh = new Map<number, EpochCache>();
  CACHES.set(bundle, fresh);
  return fresh;
}
