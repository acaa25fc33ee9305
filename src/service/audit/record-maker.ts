import type { MadeDecision } from '../../ports/decision-audit';
import { recordDecision } from '../evidence/record-decision';
import type { RecordedDecision } from '../evidence/recorded-decision';

/** What records are made with. */
export interface RecordMakerParts {
  /** Names of attributes whose values may be recorded. */
  readonly attributes: readonly string[];
  /** True: every decision, whatever policies say. */
  readonly recordsAll: boolean;
  /** Milliseconds that only grow, as `AskOrigin` counts them. */
  readonly elapsedMs: () => number;
}

/**
 * Makes the record of a decision; undefined where its policies want none (`log_all_access: false`, and it is allowed).
 * Total: a defect in making one is `failed`.
 */
export type MakeRecord = (made: MadeDecision) => RecordedDecision | 'failed' | undefined;

/** Creates what makes records. */
export function createRecordMaker(parts: RecordMakerParts): MakeRecord {
  const attributes = new Set(parts.attributes);
  return (made) => {
    const { ask, answer } = made;
    if (!parts.recordsAll && isUnwanted(answer.decision)) return undefined;
    const latencyMs =
      ask.origin === undefined ? undefined : parts.elapsedMs() - ask.origin.startedMs;
    try {
      return recordDecision({
        ...made,
        attributes,
        ...(latencyMs === undefined ? {} : { latencyMs: Math.max(latencyMs, 0) }),
      });
    } catch {
      return 'failed';
    }
  };
}

/** Some policy that applied wants blocks and warnings only, and none wants all. */
function isUnwanted({ outcome, policies }: MadeDecision['answer']['decision']): boolean {
  if (outcome !== 'allow') return false;
  const wishes = policies.flatMap(({ recordsAll }) => recordsAll ?? []);
  return wishes.length > 0 && !wishes.includes(true);
}
