import { findDecision } from './find-decision';
import type { NamedLine } from './find-decision';
import type { AttemptLine } from './envoy-line';
import type { ReconcileCode, ReconcileFinding } from './findings';
import type { Ledger, LedgerEntry } from './ledger';
import type { LinePlace } from '../../ports/log-lines';

/** What is wrong with one attempt alone; `entry` is there if its decision is known. */
export interface AttemptJudgement {
  readonly finding?: ReconcileFinding;
  readonly entry?: LedgerEntry;
}

/** Holds an attempt against its decision. An attempt is allowed only if a decision names its target. */
export function judgeAttempt(
  ledger: Ledger,
  { target, decisionId, requestId }: AttemptLine,
  place: LinePlace,
): AttemptJudgement {
  const line = { what: `an attempt at \`${target}\``, decisionId, requestId, place };
  const found = findDecision(ledger, line);
  if ('finding' in found) return found;
  const { entry } = found;
  const fault = faultOf(entry, target);
  return fault === undefined ? { entry } : { entry, finding: findingOf(fault, line, entry) };
}

type Fault = readonly [code: ReconcileCode, why: string];

function faultOf(entry: LedgerEntry, target: string): Fault | undefined {
  const { via, outcome, targets, isDisputed } = entry;
  if (via === 'list') return ['decision_of_listing', 'rests on a listing, which allows nothing'];
  if (outcome === 'block') return ['attempt_after_block', 'was made although the decision blocks'];
  if (!targets.includes(target)) {
    return ['ineligible_target', `was made, and only ${namesOf(targets)} may receive the request`];
  }
  return isDisputed
    ? ['disputed_decision', 'rests on a decision that is recorded in two ways']
    : undefined;
}

/** Names that a line of a report has room for. */
const SHOWN_NAMES = 5;

/** Some targets, for people. */
function namesOf(targets: readonly string[]): string {
  const shown = targets.slice(0, SHOWN_NAMES).map((target) => `\`${target}\``);
  const more = targets.length - shown.length;
  if (shown.length === 0) return 'nothing';
  return shown.join(', ') + (more > 0 ? ` and ${String(more)} more` : '');
}

function findingOf(
  [code, why]: Fault,
  { what, requestId, place }: NamedLine,
  { decisionId, place: decisionPlace }: LedgerEntry,
): ReconcileFinding {
  return { code, message: `${what} ${why}`, decisionId, requestId, place, decisionPlace };
}
