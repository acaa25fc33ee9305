import type { AnswerCounter } from '../../ports/answer-counter';
import type { DecisionAudit, MadeDecision } from '../../ports/decision-audit';
import type { Trail, TrailPosition } from '../../ports/trail';
import type { RecordedDecision } from '../evidence/recorded-decision';
import type { AuditHealth } from './audit-health';
import { createFoldedBlocks, foldedJson, type FoldedBlock } from './folded-blocks';
import type { MakeRecord } from './record-maker';

/** Bytes (UTF-16 units) of records that wait; beyond them the queue is full, however few there are. */
const MAX_QUEUED_UNITS = 64 * 1024 * 1024;

/** What counted evidence is kept with. */
export interface CountedAuditParts {
  readonly trail: Trail;
  readonly makeRecord: MakeRecord;
  readonly health: AuditHealth;
  readonly counter: AnswerCounter;
  /** Records that may wait for the disk. */
  readonly maxQueued: number;
}

/** Evidence that no answer waits for, and of which nothing is lost uncounted. */
export interface CountedAudit extends DecisionAudit {
  /** Writes what was counted instead of recorded, if there is room again. To be called now and then, and at the end. */
  settle(): Promise<void>;
  stats(): { readonly queued: number; readonly missing: number; readonly folded: number };
}

interface Tally {
  queued: number;
  units: number;
  made: number;
  accounted: number;
  sequence: number;
  /** Decisions without a record or a fold, by reason. */
  readonly missing: Map<string, number>;
}

/** Records what it can, and counts the rest. */
export function createCountedAudit(parts: CountedAuditParts): CountedAudit {
  const folded = createFoldedBlocks();
  const tally: Tally = {
    ...{ queued: 0, units: 0, made: 0, accounted: 0 },
    sequence: parts.trail.head()?.sequence ?? 0,
    missing: new Map(),
  };
  const count = (): void => {
    const { made, accounted, sequence } = tally;
    parts.counter.write({ made, accounted, sequence });
  };
  const account = (decisions: number, { sequence }: TrailPosition): void => {
    tally.accounted += decisions;
    tally.sequence = Math.max(tally.sequence, sequence);
    parts.health.succeeded();
  };
  const miss = (reason: string, decisions = 1): void => {
    tally.missing.set(reason, (tally.missing.get(reason) ?? 0) + decisions);
  };
  const write = async (json: string, decisions: number, lost: () => void): Promise<void> => {
    tally.queued += 1;
    tally.units += json.length;
    try {
      account(decisions, await parts.trail.append(json));
    } catch (error) {
      parts.health.failed(error);
      lost();
    } finally {
      tally.queued -= 1;
      tally.units -= json.length;
    }
  };
  count();
  return {
    keep: (made) => {
      const record = recordOf(parts, made);
      if (record === undefined) return undefined;
      tally.made += 1;
      count();
      if (record === 'failed') miss('not_made');
      else if (hasRoom(parts, tally)) 
        void write(JSON.stringify(record), 1, () => {
          miss('not_written');
        });
      else if (record.outcome !== 'block' || !folded.add(record)) miss('queue_full');
      return undefined;
    },
    settle: async () => {
      if (!hasRoom(parts, tally)) return;
      for (const each of folded.take()) await writeFolded(each);
      await writeMissing();
      count();
    },
    stats: () => ({
      queued: tally.queued,
      missing: [...tally.missing.values()].reduce((sum, each) => sum + each, 0),
      folded: folded.total(),
    }),
  };

  async function writeFolded(each: FoldedBlock): Promise<void> {
    await write(foldedJson(each), each.count, () => {
      folded.giveBack(each);
    });
  }

  async function writeMissing(): Promise<void> {
    const counts = Object.fromEntries(tally.missing);
    const total = Object.values(counts).reduce((sum, each) => sum + each, 0);
    if (total === 0) return;
    tally.missing.clear();
    try {
      account(total, await parts.trail.gap(counts));
    } catch (error) {
      parts.health.failed(error);
      for (const [reason, each] of Object.entries(counts)) miss(reason, each);
    }
  }
}

function recordOf(
  { makeRecord }: CountedAuditParts,
  made: MadeDecision,
): RecordedDecision | 'failed' | undefined {
  try {
    return makeRecord(made);
  } catch {
    return 'failed';
  }
}

function hasRoom({ maxQueued }: CountedAuditParts, { queued, units }: Tally): boolean {
  return queued < maxQueued && units < MAX_QUEUED_UNITS;
}
