import type { CallerRefused } from '../../ports/security-events';
import type { FoldedRefusals } from './service-events';

/** How long refusals are counted before they are told. */
const FOLD_MS = 60_000;

/** Refusals that are counted apart at a time. Callers and listeners are those of the configuration, so there are few. */
const MAX_FOLDS = 1000;

/** Counts refused calls, so that a thousand a second are one event a minute. */
export interface RefusalFold {
  /** False: too many different ones are counted already. */
  add(refused: CallerRefused, nowMs: number): boolean;
  /** What was begun a minute ago or earlier, which is no longer counted here. */
  takeDue(nowMs: number): readonly FoldedRefusals[];
  takeAll(): readonly FoldedRefusals[];
}

/** Creates a fold without refusals. */
export function createRefusalFold(): RefusalFold {
  const folds = new Map<string, FoldedRefusals>();
  const take = (isDue: (fold: FoldedRefusals) => boolean): readonly FoldedRefusals[] => {
    const due = [...folds].filter(([, fold]) => isDue(fold));
    for (const [key] of due) folds.delete(key);
    return due.map(([, fold]) => fold);
  };
  return {
    add: (refused, nowMs) => {
      const { caller, reason, listener } = refused;
      const key = JSON.stringify([caller, reason, listener]);
      const known = folds.get(key);
      if (known === undefined && folds.size >= MAX_FOLDS) return false;
      const count = (known?.count ?? 0) + 1;
      const firstMs = known?.firstMs ?? nowMs;
      folds.set(key, { ...(known ?? refused), count, firstMs, lastMs: nowMs });
      return true;
    },
    takeDue: (nowMs) => take(({ firstMs }) => nowMs - firstMs >= FOLD_MS),
    takeAll: () => take(() => true),
  };
}
