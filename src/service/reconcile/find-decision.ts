import type { LinePlace } from '../../ports/log-lines';
import { isDecisionId } from './decision-id';
import type { ReconcileFinding } from './findings';
import type { Ledger, LedgerEntry } from './ledger';

/** A line of Envoy's that names a decision. */
export interface NamedLine {
  /** What the line tells of, for messages: an attempt at a target, or a request. */
  readonly what: string;
  readonly decisionId: string;
  readonly requestId: string;
  readonly place: LinePlace;
}

/** The decision that a line names, or why there is none. */
export type DecisionSearch =
  { readonly entry: LedgerEntry } | { readonly finding: ReconcileFinding };

/** Looks a line's decision up. */
export function findDecision(ledger: Ledger, line: NamedLine): DecisionSearch {
  const { what, decisionId } = line;
  if (decisionId === '') {
    return missing('no_decision', `${what} was sent without a decision`, line);
  }
  if (!isDecisionId(decisionId)) {
    return missing('malformed_decision_id', `${what} names what is no decision of ambit's`, line);
  }
  const entry = ledger.find(decisionId);
  if (entry !== undefined) return { entry };
  return ledger.covers(decisionId)
    ? missing('unknown_decision', `${what} names a decision that is not recorded`, line)
    : missing(
        'decision_not_given',
        `${what} names a decision from outside the records given`,
        line,
      );
}

function missing(
  code: ReconcileFinding['code'],
  message: string,
  { decisionId, requestId, place }: NamedLine,
): DecisionSearch {
  return { finding: { code, message, decisionId, requestId, place } };
}
