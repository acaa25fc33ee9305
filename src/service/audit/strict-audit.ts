import type { DecisionAudit } from '../../ports/decision-audit';
import type { AuditCounts } from '../../ports/audit-state';
import type { Trail } from '../../ports/trail';
import { recordJson } from '../evidence/record-json';
import type { RecordedDecision } from '../evidence/recorded-decision';
import type { AuditHealth } from './audit-health';
import { MAX_WAITING_UNITS } from '../trail/create-trail';
import { isTooLarge } from '../trail/trail-records';
import type { MakeRecord } from './record-maker';

/** Milliseconds that a disk has for a record; an answer that waits longer is a block. */
export const MAX_WAIT_MS = 5000;

/** What strict evidence is kept with. */
export interface StrictAuditParts {
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
  /** States in the trail how many were refused because of their evidence. Rejects where that fails, too. */
  settle(): Promise<void>;
  stats(): AuditCounts;
}

interface Waiting {
  readonly sinceMs: number;
  readonly settle: (isKept: boolean) => void;
}

/** Answers only what is on the disk. */
export function createStrictAudit(parts: StrictAuditParts): StrictAudit {
  const { health, elapsedMs } = parts;
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
  return {
    keep: (made) => {
      const record = parts.makeRecord(made);
      if (record === undefined) return undefined;
      const json = record === 'failed' ? '' : recordJson(record);
      // Nothing is said about the disk that others wait for: how large a record is, a client chose.
      if (units + json.length > MAX_WAITING_UNITS || isTooLarge(json)) {
        refuse();
        return Promise.resolve(false);
      }
      return new Promise((resolve) => {
        const entry: Waiting = {
          sinceMs: elapsedMs(),
          settle: (isKept) => {
            // Whatever came first counts: an answer is given once.
            if (!waiting.delete(entry)) return;
            if (!isKept) refuse();
            resolve(isKept);
          },
        };
        waiting.add(entry);
        units += json.length;
        const written = write(parts, record, json).finally(() => {
          units -= json.length;
        });
        written.then(
          () => {
            // What comes after its answer was refused is no sign that the next one can be given.
            if (waiting.has(entry)) health.succeeded();
            entry.settle(true);
          },
          (error: unknown) => {
            health.failed(error);
            entry.settle(false);
          },
        );
      });
    },
    giveUp: () => {
      for (const { sinceMs, settle } of waiting) {
        if (elapsedMs() - sinceMs < MAX_WAIT_MS) return;
        health.late();
        settle(false);
      }
    },
    settle: async () => {
      const stated = missing;
      if (stated > 0) await parts.trail.gap({ audit_unavailable: stated });
      missing -= stated;
    },
    stats: () => ({
      ...{ queued: waiting.size, missing, folded: 0 },
      totals: { missing: total, folded: 0 },
    }),
  };
}

async function write(
  { trail, bundleStored }: StrictAuditParts,
  record: RecordedDecision | 'failed',
  json: string,
): Promise<void> {
  if (record === 'failed') throw new Error('a record could not be made');
  const { bundle } = record;
  const stored = bundle === undefined ? undefined : bundleStored(bundle.digest);
  if (stored !== undefined) await stored;
  await trail.append({ made: json });
}
