import type { Bundle } from './bundle';
import type { ScopeClass } from './scope-class';

/** Judgements that hold between two instants, by class of scope. */
export interface EpochCache {
  readonly classes: Map<string, ScopeClass>;
  readonly budget: Budget;
}

/** What is kept of a bundle. */
export interface Budget {
  readonly epochs: Map<number, EpochCache>;
  /** Things that the epochs hold: judgements, verdicts, the reasons of each, candidates, places in lists. */
  kept: number;
  readonly most: number;
}

/**
 * Things kept of a bundle at most, some hundred bytes each: with the larger number a catalog of 300 targets takes 20 MB
 * of a container's 128, and one of 5,000 some 100. Beyond it all are made anew.
 */
const MOST_KEPT = 100_000;
const MOST_KEPT_PER_TARGET = 50;

/** Counts more of them; whoever sends ever new combinations must not fill the memory. */
export function countKept({ budget }: EpochCache, more: number): void {
  budget.kept += more;
  if (budget.kept <= budget.most) return;
  for (const { classes } of budget.epochs.values()) classes.clear();
  budget.kept = 0;
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
const BUDGETS = new WeakMap<Bundle, Budget>();

/**
 * The cache for an instant, made if it is not there. A verdict is never read across an expiry, and the cache
 * for after the next one can be filled before it (L11).
 */
export function cacheAt(bundle: Bundle, nowMs: number): EpochCache {
  const budget = budgetOf(bundle);
  const epoch = epochOf(bundle.instantsMs, nowMs);
  const existing = budget.epochs.get(epoch);
  if (existing !== undefined) return existing;
  if (budget.epochs.size >= MAX_EPOCHS) forgetAll(budget);
  const fresh: EpochCache = { classes: new Map(), budget };
  budget.epochs.set(epoch, fresh);
  return fresh;
}

function forgetAll(budget: Budget): void {
  budget.epochs.clear();
  budget.kept = 0;
}

function budgetOf(bundle: Bundle): Budget {
  const existing = BUDGETS.get(bundle);
  if (existing !== undefined) return existing;
  const most = MOST_KEPT + MOST_KEPT_PER_TARGET * bundle.catalog.targets.length;
  const fresh: Budget = { epochs: new Map(), kept: 0, most };
  BUDGETS.set(bundle, fresh);
  return fresh;
}
