import type { Trail } from '../../ports/trail';
import { withdrawnJson, type WithdrawnBecause } from '../evidence/withdrawn';
import { instantText } from '../json-values';

/** Answers of which the trail is still to tell that they were not given; beyond them, no further record is made. */
export const MAX_WITHDRAWN = 10_000;

/** Ids in one record, well below the bytes that one may have. */
const MAX_IDS = 1000;

/** States in the trail which recorded decisions nobody was answered with. */
export interface Withdrawals {
  /** Begins to write it at once, so that it stands as near to the decision as it can. */
  add(decisionId: string, why: WithdrawnBecause): void;
  /** Writes all that is still to be stated. Rejects where that fails; it stays to be stated then. */
  settle(): Promise<void>;
  /** True: so much is still to be stated that nothing may be added for now. */
  isFull(): boolean;
  /** How many there were, stated or not. */
  total(): number;
}

/** What withdrawals are written with. */
export interface WithdrawalsParts {
  readonly trail: Pick<Trail, 'append'>;
  /** Milliseconds since the epoch. */
  readonly nowMs: () => number;
}

/** Creates a list of nothing. */
export function createWithdrawals({ trail, nowMs }: WithdrawalsParts): Withdrawals {
  const left: Record<WithdrawnBecause, Set<string>> = { late: new Set(), overtaken: new Set() };
  const kinds = Object.entries(left) as [WithdrawnBecause, Set<string>][];
  let total = 0;
  let writing: Promise<void> | undefined;
  const writeAll = async (): Promise<void> => {
    for (;;) {
      const [why, ids] = kinds.find((each) => each[1].size > 0) ?? [];
      if (why === undefined || ids === undefined) return;
      const decisions = [...ids].slice(0, MAX_IDS);
      const made = withdrawnJson({ why, at: instantText(nowMs()), decisions });
      await trail.append({ made });
      for (const each of decisions) ids.delete(each);
    }
  };
  const settle = (): Promise<void> => {
    writing ??= writeAll().finally(() => {
      writing = undefined;
    });
    return writing;
  };
  return {
    add: (decisionId, why) => {
      total += 1;
      left[why].add(decisionId);
      // What fails here is tried again, and told of, where it is settled.
      settle().catch(() => undefined);
    },
    settle,
    total: () => total,
    isFull: () => left.late.size + left.overtaken.size >= MAX_WITHDRAWN,
  };
}
