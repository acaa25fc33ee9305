import type { DecisionRecords } from '../../ports/decision-records';
import type { FileLines, LinePlace, LogLine } from '../../ports/log-lines';
import { readEnvoyLine } from './envoy-line';
import { CODES, RECONCILE_CODES } from './findings';
import type { ReconcileCode } from './findings';
import { MAX_DECISIONS } from './ledger';
import { isWithin, type Window } from '../window';
import type { Reconciliation } from './reconciliation';
import { addAttempt, addRecord, addRequest, addUnreadable, closeTally, createTally } from './tally';
import type { Tally } from './tally';

/** What is held against each other. */
export interface ReconcileInputs {
  readonly records: DecisionRecords;
  /** Lines of Envoy's logs: attempts, requests, or both. Read once, after the records. */
  readonly envoyLog: AsyncIterable<FileLines>;
  readonly window: Window;
}

/** What the two say together; `tooMany`: there are more decisions than can be held at once. */
export type ReconcileResult =
  { readonly reconciliation: Reconciliation } | { readonly tooMany: number };

/**
 * Holds what Envoy has sent against what was decided. Nothing counts as clean that a decision does not allow. The
 * decisions are kept, small; the logs are not, but for the place of each attempt that a decision allows.
 */
export async function reconcile({
  records,
  envoyLog,
  window,
}: ReconcileInputs): Promise<ReconcileResult> {
  const tally = createTally();
  for await (const readings of records.read()) {
    for (const reading of readings) {
      if (!addRecord(tally, reading)) return { tooMany: MAX_DECISIONS };
    }
  }
  for await (const { file, lines } of envoyLog) {
    for (const line of lines) addLine(tally, { line, place: { file, line: line.number } }, window);
  }
  closeTally(tally);
  return { reconciliation: conclude(tally) };
}

interface PlacedLine {
  readonly line: LogLine;
  readonly place: LinePlace;
}

function addLine(tally: Tally, { line, place }: PlacedLine, window: Window): void {
  const read = 'problem' in line ? line : readEnvoyLine(line.text);
  if ('problem' in read) {
    addUnreadable(tally, { place, problem: read.problem });
    return;
  }
  const isCounted = isWithin(read.atMs, window);
  if (!isCounted) tally.outside += 1;
  if (read.kind === 'attempt') addAttempt(tally, read, { place, isCounted });
  else if (isCounted) addRequest(tally, read, place);
}

function conclude(tally: Tally): Reconciliation {
  const { book, decisions, attempts, requests, outside, unreadable } = tally;
  const met = CODES.filter((code) => book.count(code) > 0);
  const hasFindings = met.some((code) => RECONCILE_CODES[code] !== 'info');
  const isEmpty = attempts.all === 0 && requests.all === 0;
  return {
    isClean: !hasFindings && tally.unreadableCount === 0 && !isEmpty,
    isEmpty,
    hasFindings,
    counts: { decisions, attempts, requests, outside, unreadable: tally.unreadableCount },
    found: Object.fromEntries(met.map((code) => [code, book.count(code)])),
    findings: book.kept(),
    unreadable,
    advice: adviceOn(tally, met),
  };
}

const NOTHING_GIVEN =
  'Envoy writes its log with a delay of some seconds: see that the files are those that it writes to, and that the window covers their lines';

const SWAPPED =
  'no line is what its option takes: `--decisions` is what `ambit serve` writes, `--attempts` and `--requests` are Envoy’s logs';

function nothingRead({ unreadableCount, ledger }: Tally): boolean {
  return unreadableCount > 0 && ledger.size() === 0;
}

const WITHOUT_RECORD: readonly ReconcileCode[] = ['unknown_decision', 'decision_not_given'];

function adviceOn(tally: Tally, met: readonly ReconcileCode[]): readonly string[] {
  if (tally.attempts.all === 0 && tally.requests.all === 0) {
    return [nothingRead(tally) ? SWAPPED : NOTHING_GIVEN];
  }
  if (!met.some((code) => WITHOUT_RECORD.includes(code))) return [];
  const advice: string[] = [];
  if (tally.isPartial || tally.ledger.size() === 0) {
    advice.push(
      'the records are not those of all decisions: `log.decisions: all` in the configuration of `ambit serve` writes them',
    );
  }
  if (met.includes('decision_not_given')) {
    advice.push(
      'give the records from before the first attempt to after the last one, or a window with `--from` and `--to` that they cover',
    );
  }
  return advice;
}
