import type { Outcome } from '../../core/model/decision';
import type { DecisionRecord } from '../../ports/decision-records';
import type { LinePlace } from '../../ports/log-lines';
import { instantOfId } from './decision-id';

/** An attempt, kept until its decision's attempts can be seen together. */
export interface AttemptNote {
  readonly target: string;
  readonly atMs: number;
  readonly place: LinePlace;
  readonly requestId: string;
  /** False: it lies outside the window, or something was found already; then it is there only for the others. */
  readonly isClean: boolean;
}

/** What a request's line says of where it went. */
export interface RequestNote {
  readonly atMs: number;
  readonly target: string;
  readonly attempts: number;
  readonly place: LinePlace;
  readonly requestId: string;
}

/** A decision with what came of it. Small: there is one for each decision in memory. */
export interface LedgerEntry {
  readonly decisionId: string;
  readonly place: LinePlace;
  readonly atMs: number;
  readonly via: string;
  readonly bundle: string;
  /** Where several records disagree, what all of them allow. */
  outcome: Outcome;
  targets: readonly string[];
  isDisputed: boolean;
  attempts: AttemptNote[] | undefined;
  requests: RequestNote[] | undefined;
}

/** What a record is to those before it. */
export type Addition = 'new' | 'repeated' | 'conflicting' | 'full';

/** The decisions by their ids. */
export interface Ledger {
  add(record: DecisionRecord, place: LinePlace): Addition;
  find(decisionId: string): LedgerEntry | undefined;
  entries(): Iterable<LedgerEntry>;
  size(): number;
  /** True for an id from between the first and the last decision that is recorded: it should be among them. */
  covers(decisionId: string): boolean;
}

/**
 * Decisions that are held at once: some hundred bytes each, and well below what a map can hold. Whoever has more gives
 * them a day or an hour at a time.
 */
export const MAX_DECISIONS = 10_000_000;

/** Creates a ledger without decisions. */
export function createLedger(maxDecisions = MAX_DECISIONS): Ledger {
  const byId = new Map<string, LedgerEntry>();
  const share = createShare();
  let [firstMs, lastMs] = [Infinity, -Infinity];
  return {
    add: (record, place) => {
      const decidedMs = instantOfId(record.decisionId);
      firstMs = Math.min(firstMs, decidedMs);
      lastMs = Math.max(lastMs, decidedMs);
      const known = byId.get(record.decisionId);
      if (known !== undefined) return addAgain(known, record);
      if (byId.size >= maxDecisions) return 'full';
      byId.set(record.decisionId, share(record, place));
      return 'new';
    },
    find: (decisionId) => byId.get(decisionId),
    entries: () => byId.values(),
    size: () => byId.size,
    covers: (decisionId) => {
      const decidedMs = instantOfId(decisionId);
      return decidedMs >= firstMs && decidedMs <= lastMs;
    },
  };
}

function addAgain(known: LedgerEntry, record: DecisionRecord): Addition {
  const isSame =
    !known.isDisputed &&
    known.atMs === record.atMs &&
    known.via === record.via &&
    known.bundle === record.bundle &&
    known.outcome === record.outcome &&
    isSameList(known.targets, record.targets);
  if (isSame) return 'repeated';
  known.isDisputed = true;
  known.targets = known.targets.filter((target) => record.targets.includes(target));
  if (record.outcome === 'block') known.outcome = 'block';
  return 'conflicting';
}

/** True for the same names in the same order. */
export function isSameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((each, index) => each === right[index]);
}

/** Makes entries that share what is the same in many of them: lists of targets and digests. */
function createShare(): (record: DecisionRecord, place: LinePlace) => LedgerEntry {
  const lists = new Map<string, readonly string[]>();
  const texts = new Map<string, string>();
  return ({ decisionId, atMs, via, outcome, targets, bundle }, place) => ({
    decisionId,
    place,
    atMs,
    via: shared(texts, via, via),
    bundle: shared(texts, bundle, bundle),
    outcome,
    targets: shared(lists, JSON.stringify(targets), targets),
    isDisputed: false,
    attempts: undefined,
    requests: undefined,
  });
}

function shared<T>(known: Map<string, T>, key: string, value: T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  known.set(key, value);
  return value;
}
