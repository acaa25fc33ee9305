import type { RecordReading } from '../../ports/decision-records';
import type { LinePlace } from '../../ports/log-lines';
import type { AttemptLine, RequestLine } from './envoy-line';
import { createFindingBook, RECONCILE_CODES } from './findings';
import type { FindingBook, ReconcileFinding } from './findings';
import { judgeAttempt } from './judge-attempt';
import { judgeCourse } from './judge-course';
import { judgeRequest } from './judge-request';
import { createLedger } from './ledger';
import type { Ledger } from './ledger';
import type { ReconcileCounts, UnreadableLine } from './reconciliation';

/** Unreadable lines that are kept with their places; all are counted. */
const MAX_KEPT_UNREADABLE = 1000;

/** Everything that is known while lines are read. */
export interface Tally {
  readonly ledger: Ledger;
  readonly book: FindingBook;
  readonly unreadable: UnreadableLine[];
  readonly decisions: Record<keyof ReconcileCounts['decisions'], number>;
  readonly attempts: { all: number; clean: number };
  readonly requests: { all: number; clean: number; undecided: number };
  outside: number;
  unreadableCount: number;
  /** True if a record says that others were not written. */
  isPartial: boolean;
}

/** A tally of nothing. */
export function createTally(): Tally {
  return {
    ledger: createLedger(),
    book: createFindingBook(),
    unreadable: [],
    decisions: { allow: 0, warn: 0, block: 0 },
    attempts: { all: 0, clean: 0 },
    requests: { all: 0, clean: 0, undecided: 0 },
    outside: 0,
    unreadableCount: 0,
    isPartial: false,
  };
}

/** Notes a line that cannot be read. */
export function addUnreadable(tally: Tally, line: UnreadableLine): void {
  tally.unreadableCount += 1;
  if (tally.unreadable.length < MAX_KEPT_UNREADABLE) tally.unreadable.push(line);
}

/** Notes a record. False: there are more than can be held. */
export function addRecord(tally: Tally, reading: RecordReading): boolean {
  const { place } = reading;
  if ('problem' in reading) {
    addUnreadable(tally, { place, problem: reading.problem });
    return true;
  }
  const { record } = reading;
  const addition = tally.ledger.add(record, place);
  tally.isPartial ||= !record.isOneOfAll;
  if (addition === 'new') tally.decisions[record.outcome] += 1;
  if (addition === 'conflicting') tally.book.add(conflictAt(tally, record.decisionId, place));
  return addition !== 'full';
}

function conflictAt({ ledger }: Tally, decisionId: string, place: LinePlace): ReconcileFinding {
  const decisionPlace = ledger.find(decisionId)?.place;
  return {
    code: 'conflicting_decisions',
    message: 'a decision is recorded again, with other content',
    place,
    decisionId,
    requestId: '',
    ...(decisionPlace === undefined ? {} : { decisionPlace }),
  };
}

/** Notes an attempt. One outside the window is only part of its decision's course. */
export function addAttempt(
  tally: Tally,
  line: AttemptLine,
  { place, isCounted }: { readonly place: LinePlace; readonly isCounted: boolean },
): void {
  const { entry, finding } = judgeAttempt(tally.ledger, line, place);
  const { target, atMs, requestId } = line;
  const isClean = isCounted && finding === undefined;
  if (entry !== undefined) {
    const note = { target, atMs, place, requestId, isClean };
    // Most decisions have one attempt, and a list of one is far smaller than an empty one that grows.
    if (entry.attempts === undefined) entry.attempts = [note];
    else entry.attempts.push(note);
  }
  if (!isCounted) return;
  tally.attempts.all += 1;
  if (finding === undefined) tally.attempts.clean += 1;
  else tally.book.add(finding);
}

/** Notes a request that lies in the window. */
export function addRequest(tally: Tally, line: RequestLine, place: LinePlace): void {
  const { requests, book } = tally;
  const { entry, finding } = judgeRequest(tally.ledger, line, place);
  requests.all += 1;
  if (finding !== undefined) book.add(finding);
  else if (entry === undefined) requests.undecided += 1;
  else {
    requests.clean += 1;
    const { atMs, target, attempts, requestId } = line;
    (entry.requests ??= []).push({ atMs, target, attempts, requestId, place });
  }
}

/** Notes what only all lines together show. */
export function closeTally({ ledger, book, attempts, requests }: Tally): void {
  for (const entry of ledger.entries()) {
    for (const { note, ...found } of judgeCourse(entry)) {
      const { decisionId, place: decisionPlace } = entry;
      const { place, requestId } = note;
      book.add({ ...found, place, requestId, decisionId, decisionPlace });
      if (RECONCILE_CODES[found.code] === 'info') continue;
      if ('isClean' in note) attempts.clean -= 1;
      else requests.clean -= 1;
    }
  }
}
