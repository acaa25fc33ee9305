import type { AnswerCounter } from '../../ports/answer-counter';
import type { AuditCounts } from '../../ports/audit-state';
import type { DecisionAudit } from '../../ports/decision-audit';
import type { SecurityEvent } from '../../ports/security-events';
import type { ServiceAudit } from '../../ports/service-audit';
import type { AuditMode } from '../../ports/service-config';
import type { Timers } from '../../ports/timers';
import type { Trail, TrailPosition } from '../../ports/trail';
import type { BundleArchive } from '../bundles/store-bundle';
import type { EventRecorder } from '../events/event-recorder';
import type { RunningSinks } from '../sinks/start-sinks';
import { within } from '../sinks/wait';
import type { TrailFinding } from '../trail/trail-codes';
import { createAuditHealth, DISK_IS_LATE, problemOf, type AuditHealth } from './audit-health';
import { createCountedAudit } from './counted-audit';
import { createRecordMaker, type RecordMakerParts } from './record-maker';
import { createStrictAudit, MAX_WAIT_MS } from './strict-audit';

/** Milliseconds between two looks at what waits. */
const TICK_MS = 1000;

/** Milliseconds between two heads that are told; one that has not moved is not told again. */
const HEAD_MS = 60_000;

/** Milliseconds that a disk has at the end, well within what orchestrators give. */
const CLOSE_MS = 5000;

/** Is told how evidence fares. Nothing here throws. */
export interface AuditReports {
  /** The trail is not what was written, so that nothing is added to it, not even this event. */
  damaged(finding: TrailFinding, event: SecurityEvent): void;
  /** Evidence cannot be kept any more. */
  failing(problem: string): void;
  recovered(): void;
  /** The last line of the trail, from which a cut end is told later. */
  head(position: TrailPosition): void;
  /** The trail could not be sealed, or not everything could be stated, at the end. */
  notClosed(problem: string): void;
}

/** What evidence is kept with. */
export interface RunAuditParts {
  readonly mode: AuditMode;
  readonly trail: Trail;
  readonly counter: AnswerCounter;
  /** Decisions without a record of the process before, which could count them no more; null: nobody knows how many. */
  readonly killed: number | null;
  readonly archive: BundleArchive;
  readonly record: RecordMakerParts;
  readonly events: EventRecorder;
  readonly feeds: RunningSinks;
  readonly nowMs: () => number;
  /** Records that may wait for the disk without being answered for. */
  readonly maxQueued: number;
  readonly timers: Timers;
  readonly reports: AuditReports;
}

/** What differs between the two ways of keeping evidence. */
interface Keeping extends DecisionAudit {
  giveUp(): void;
  settle(): Promise<void>;
  stats(): AuditCounts;
}

/** Keeps evidence until it is closed. */
export function runAudit(parts: RunAuditParts): ServiceAudit {
  const { trail, reports } = parts;
  const health = createAuditHealth((problem) => {
    if (problem === undefined) reports.recovered();
    else reports.failing(problem);
  });
  const keeping = keepingOf(parts, health);
  const upkeep = createUpkeep(parts, keeping, health);
  return {
    keep: (made) => keeping.keep(made),
    withdraw: (decisionId) => {
      keeping.withdraw(decisionId);
    },
    state: () => {
      const problem = health.problem();
      const head = trail.head();
      return {
        ...{ mode: parts.mode, ...countsOf(keeping, parts.killed), sinks: parts.feeds.states() },
        ...(problem === undefined ? {} : { problem }),
        ...(head === undefined ? {} : { head }),
      };
    },
    close: () => upkeep.close(),
  };
}

/**
 * What a killed process left out counts as what this one does: else only whoever reads the trail would hear of it. A
 * number that nobody knows counts as one, so that it is heard of, too.
 */
function countsOf(keeping: Keeping, killed: number | null): AuditCounts {
  const counts = keeping.stats();
  const missing = counts.totals.missing + (killed ?? 1);
  return { ...counts, totals: { ...counts.totals, missing } };
}

function keepingOf(parts: RunAuditParts, health: AuditHealth): Keeping {
  const { trail, counter, archive, maxQueued, nowMs } = parts;
  const makeRecord = createRecordMaker(parts.record);
  if (parts.mode === 'counted') {
    const audit = createCountedAudit({ trail, makeRecord, health, counter, maxQueued });
    // No answer waits, so that none is given up or overtaken.
    return { ...audit, giveUp: () => undefined, withdraw: () => undefined };
  }
  const { elapsedMs } = parts.record;
  const bundleStored = (digest: string): Promise<void> | undefined => archive.whenStored(digest);
  return createStrictAudit({ trail, makeRecord, health, bundleStored, elapsedMs, nowMs });
}

interface Upkeep {
  close(): Promise<void>;
}

/** Looks after what waits. Steps never overlap, however long the disk takes; giving up does not wait for them. */
function createUpkeep(parts: RunAuditParts, keeping: Keeping, health: AuditHealth): Upkeep {
  const { trail, reports, timers, counter } = parts;
  const { elapsedMs } = parts.record;
  let current: Promise<void> = Promise.resolve();
  // When the look began that has not ended.
  let lookingSinceMs: number | undefined;
  let isClosed = false;
  let told: { readonly position?: TrailPosition; readonly atMs: number } = { atMs: elapsedMs() };
  const tellHead = (): void => {
    const head = trail.head();
    if (head === undefined || head.sequence === told.position?.sequence) return;
    told = { position: head, atMs: elapsedMs() };
    reports.head(head);
  };
  const look = async (): Promise<void> => {
    const sinceMs = elapsedMs();
    lookingSinceMs = sinceMs;
    try {
      await parts.archive.retry();
      await keeping.settle();
      await trail.tick();
      // What is still to be told of could not be written, whatever else could.
      if (!hasDebts(keeping) && elapsedMs() - sinceMs < MAX_WAIT_MS) health.succeeded();
    } catch (error) {
      health.failed(error);
    }
    lookingSinceMs = undefined;
  };
  const tick = (): void => {
    keeping.giveUp();
    parts.events.tick(parts.nowMs());
    if (lookingSinceMs === undefined) current = look();
    else if (elapsedMs() - lookingSinceMs >= MAX_WAIT_MS) health.late();
    if (elapsedMs() - told.atMs >= HEAD_MS) tellHead();
    cancel = timers.after(TICK_MS, tick);
  };
  let cancel = timers.after(TICK_MS, tick);
  const stateAll = async (): Promise<void> => {
    await current;
    await parts.events.close();
    // Behind what waits for the disk, so that there is room for what is to be stated.
    await attempt(reports, () => trail.tick());
    await attempt(reports, () => keeping.settle());
  };
  const seal = async (): Promise<void> => {
    await attempt(reports, () => trail.close());
    // Not where the disk is late: what writes then would find the file of another one under its number.
    counter.close();
    isClosed = true;
  };
  return {
    close: async () => {
      cancel();
      await within(CLOSE_MS, stateAll(), timers);
      await parts.feeds.close();
      await within(CLOSE_MS, seal(), timers);
      if (!isClosed) reports.notClosed(DISK_IS_LATE);
      tellHead();
    },
  };
}

function hasDebts(keeping: Keeping): boolean {
  const { missing, folded } = keeping.stats();
  return missing + folded > 0;
}

async function attempt(reports: AuditReports, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    reports.notClosed(problemOf(error));
  }
}
