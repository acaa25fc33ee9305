import type { DecisionAudit } from '../../ports/decision-audit';
import type { AuditCounts } from '../../ports/audit-state';
import type { Trail } from '../../ports/trail';
import type { RecordedDecision } from '../evidence/recorded-decision';
import type { AuditHealth } from './audit-health';
import { MAX_WAITING_UNITS } from '../trail/create-trail';
import { fittingJson } from './fitting-json';
import type { MakeRecord } from './record-maker';
import { createWithdrawals, type WithdrawalsParts } from './withdrawals';

/** Milliseconds that a disk has for a record; an answer that waits longer is a block. */
export const MAX_WAIT_MS = 5000;

/** What strict evidence is kept with. */
export interface StrictAuditParts extends WithdrawalsParts {
  readonly trail: Trail;
  readonly makeRecord: MakeRecord;
  readonly health: AuditHealth;
  /** Resolves once the bundle that decided is stored; rejects where that failed. Undefined: it is. */
  readonly bundleStored: (digest: string) => Promise<void> | undefined;
  readonly elapsedMs: () => number;
}

/** Evidence of which every answer waits for its own. */
export interface StrictAudit extends DecisionAudit {
  /** Gives up on what has waited for too long. To be called now and then. */
  giveUp(): void;
  /**
   * States in the trail which recorded decisions nobody was answered with, and how many were refused because of their
   * evidence. Rejects where that fails, too.
   */
  settle(): Promise<void>;
  stats(): AuditCounts;
}

interface Waiting {
  readonly sinceMs: number;
  readonly decisionId: string;
  /** True: the trail has the record in hand, so that it may come to the disk whatever is told of it. */
  isHanded: boolean;
  readonly settle: (isKept: boolean) => void;
}

/** Answers only what is on the disk. */
export function createStrictAudit(parts: StrictAuditParts): StrictAudit {
  const { health, elapsedMs } = parts;
  const withdrawals = createWithdrawals(parts);
  // In the order in which they began to wait.
  const waiting = new Set<Waiting>();
  // Of all records that are not on the disk yet, also of those whose answers were given up.
  let units = 0;
  let missing = 0;
  let total = 0;
  const refuse = (): void => {
    missing += 1;
    total += 1;
  };
  const wait = ({ record, json }: ToWrite, decisionId: string): Promise<boolean> =>
    new Promise((resolve) => {
      const entry: Waiting = {
        sinceMs: elapsedMs(),
        decisionId,
        isHanded: false,
        settle: (isKept) => {
          // Whatever came first counts: an answer is given once.
          if (!waiting.delete(entry)) return;
          if (!isKept) refuse();
          resolve(isKept);
        },
      };
      waiting.add(entry);
      units += json.length;
      void follow({ parts, waiting }, entry, { record, json }).finally(() => {
        units -= json.length;
      });
    });
  return {
    keep: (made) => {
      const record = parts.makeRecord(made);
      if (record === undefined) return undefined;
      const json = record === 'failed' ? '' : fittingJson(record);
      const isFull = units + (json?.length ?? 0) > MAX_WAITING_UNITS || withdrawals.isFull();
      // Nothing is said about the disk that others wait for: how large a record is, a client chose.
      if (json === undefined || isFull) {
        refuse();
        return Promise.resolve(false);
      }
      return wait({ record, json }, made.answer.decisionId);
    },
    withdraw: (decisionId) => {
      withdrawals.add(decisionId, 'overtaken');
    },
    giveUp: () => {
      for (const { sinceMs, settle, isHanded, decisionId } of waiting) {
        if (elapsedMs() - sinceMs < MAX_WAIT_MS) return;
        health.late();
        settle(false);
        if (isHanded) withdrawals.add(decisionId, 'late');
      }
    },
    settle: async () => {
      await withdrawals.settle();
      const stated = missing;
      if (stated > 0) await parts.trail.gap({ audit_unavailable: stated });
      missing -= stated;
    },
    stats: () => ({
      ...{ queued: waiting.size, missing, folded: 0 },
      totals: { missing: total, folded: 0, withdrawn: withdrawals.total() },
    }),
  };
}

/** A record that is to be written, and its text. */
interface ToWrite {
  readonly record: RecordedDecision | 'failed';
  readonly json: string;
}

interface Following {
  readonly parts: StrictAuditParts;
  readonly waiting: ReadonlySet<Waiting>;
}

/** Writes a record, and settles what waits for it. Never rejects. */
async function follow(
  { parts, waiting }: Following,
  entry: Waiting,
  { record, json }: ToWrite,
): Promise<void> {
  try {
    const stored = whenStored(parts, record);
    // Not a turn later than it must: records stand in the order of their decisions.
    if (stored !== undefined) await stored;
    // Where nobody waits for it any more, the record would stand there as if it had been answered.
    if (!waiting.has(entry)) return;
    entry.isHanded = true;
    await parts.trail.append({ made: json });
    // What comes after its answer was refused is no sign that the next one can be given.
    if (waiting.has(entry)) parts.health.succeeded();
    entry.settle(true);
  } catch (error) {
    parts.health.failed(error);
    entry.settle(false);
  }
}

function whenStored(
  { bundleStored }: StrictAuditParts,
  record: ToWrite['record'],
): Promise<void> | undefined {
  if (record === 'failed') throw new Error('a record could not be made');
  const { bundle } = record;
  return bundle === undefined ? undefined : bundleStored(bundle.digest);
}
