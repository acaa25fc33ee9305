import type { Claim } from '../core/model/claim';
import type { Decision, EligibleVerdict } from '../core/model/decision';
import type { Answer, Ask } from '../ports/answer';
import type { BundleStore } from './bundle-store';

/** An answer that has waited, and what it was made of. */
export interface Waited {
  readonly ask: Ask;
  readonly answer: Answer;
  /** The instant that it was decided for. */
  readonly decidedMs: number;
}

/** What is known of the instant at which it is to be given. */
export interface Present {
  readonly nowMs: number;
  /** True: every answer is a block from now on. */
  readonly isRefusing: boolean;
  readonly store: Pick<BundleStore, 'active' | 'reference'>;
  /** Decides for this instant, with everything that the service itself refuses. */
  readonly judge: () => Answer;
}

/**
 * True if an answer may still be given: what it lets through would be let through at this instant, too. A block always
 * may. Nearly always nothing can have changed, and that is seen without deciding again.
 */
export function stillHolds(waited: Waited, present: Present): boolean {
  const { decision, bundle } = waited.answer;
  if (decision.eligible.length === 0) return true;
  const isReplaced = present.store.active()?.sequence !== bundle?.sequence;
  if (present.isRefusing || isReplaced) return false;
  return isUnchanged(waited, present) || letsThrough(present.judge().decision, decision);
}

/**
 * True if nothing has happened that could change a decision. The store gives one reference for as long as its bundle,
 * its staleness and the verdicts between two instants stay as they are.
 */
function isUnchanged({ ask, answer, decidedMs }: Waited, { nowMs, store }: Present): boolean {
  if (store.reference(nowMs) !== answer.bundle) return false;
  return nowMs === decidedMs || !bringsDates(ask);
}

/** True if a candidate brings claims that hold for a time; the bundle does not know their instants. */
function bringsDates({ request: { candidates = [] } }: Ask): boolean {
  return candidates.some(({ claims }) => claims.some(isDated));
}

function isDated({ checkedAtMs, expiresAtMs }: Claim): boolean {
  return checkedAtMs !== undefined || expiresAtMs !== undefined;
}

/** True if a decision lets through, in the same way, all that an earlier one did. */
function letsThrough(now: Decision, earlier: Decision): boolean {
  if (now.outcome !== earlier.outcome) return false;
  const open = new Set(now.eligible.map(nameOf));
  return earlier.eligible.every((verdict) => open.has(nameOf(verdict)));
}

function nameOf({ ref, target, sendModel }: EligibleVerdict): string {
  return JSON.stringify([ref, target, sendModel]);
}
