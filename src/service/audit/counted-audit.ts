import type { AnswerCounter } from '../../ports/answer-counter';
import type { DecisionAudit, MadeDecision } from '../../ports/decision-audit';
import type { AuditCounts } from '../../ports/audit-state';
import type { Trail, TrailPosition } from '../../ports/trail';
import { foldedJson, type FoldedBlock } from '../evidence/folded-block';
import type { RecordedDecision } from '../evidence/recorded-decision';
import { instantText } from '../json-values';
import type { AuditHealth } from './audit-health';
import { fittingJson } from './fitting-json';
import { createFoldedBlocks, type FoldedBlocks } from './folded-blocks';
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
export interface CountedAudit extends Pick<DecisionAudit, 'keep'> {
  /** Writes what was counted instead of recorded, if there is room again. To be called now and then, and at the end. */
  settle(): Promise<void>;
  stats(): AuditCounts;
}

interface Tally {
  queued: number;
  units: number;
  made: number;
  accounted: number;
  sequence: number;
  /** Decisions without a record or a fold, by reason. */
  readonly missing: Map<string, number>;
  /** Since the start. */
  readonly totals: { missing: number; folded: number };
}

interface State extends CountedAuditParts {
  readonly folded: FoldedBlocks;
  readonly tally: Tally;
}

/** Records what it can, and counts the rest. */
export function createCountedAudit(parts: CountedAuditParts): CountedAudit {
  const sequence = parts.trail.head()?.sequence ?? 0;
  const counts = { queued: 0, units: 0, made: 0, accounted: 0 };
  const tally: Tally = {
    ...{ ...counts, sequence },
    ...{ missing: new Map(), totals: { missing: 0, folded: 0 } },
  };
  const state: State = { ...parts, folded: createFoldedBlocks(), tally };
  writeCount(state);
  return {
    keep: (made) => {
      if (fold(state, made)) return undefined;
      const record = parts.makeRecord(made);
      if (record === undefined || take(state, record)) return undefined;
      return Promise.resolve(false);
    },
    settle: async () => {
      if (!hasRoom(state)) return;
      for (const each of state.folded.take()) await writeFolded(state, each);
      await writeMissing(state);
      writeCount(state);
    },
    stats: () => ({
      queued: tally.queued,
      missing: totalOf(tally.missing),
      folded: state.folded.total(),
      // No answer waits, so that none is taken back.
      totals: { ...tally.totals, withdrawn: 0 },
    }),
  };
}

/**
 * Counts a block without making its record, where there is no room for one: that is the most of the work, and there is
 * no more time than usual where many ask at once. False: it is to be recorded. A block stays one however large it is.
 */
function fold(state: State, { ask, answer: { decision }, nowMs }: MadeDecision): boolean {
  const { block } = decision;
  if (decision.outcome !== 'block' || block === undefined || hasRoom(state)) return false;
  const { code, policy } = block;
  countMade(state);
  const toFold = { caller: ask.origin?.caller ?? '', code, policy, at: instantText(nowMs) };
  if (state.folded.add(toFold)) state.tally.totals.folded += 1;
  else miss(state, 'queue_full');
  return true;
}

/**
 * The count comes first: whatever happens afterwards, this decision was made. False: the record is larger than any can
 * be. How large it is, the client chose, and it must not choose to be let through without a record.
 */
function take(state: State, record: RecordedDecision | 'failed'): boolean {
  countMade(state);
  const json = record === 'failed' ? '' : fittingJson(record);
  if (json === undefined) {
    miss(state, 'too_large');
    return false;
  }
  if (record === 'failed') miss(state, 'not_made');
  else if (hasRoom(state)) {
    void write(state, { json, decisions: 1 }, () => {
      miss(state, 'not_written');
    });
  } else miss(state, 'queue_full');
  return true;
}

function countMade(state: State): void {
  state.tally.made += 1;
  writeCount(state);
}

/** No answer waits for evidence, so none may fail with it either. */
function writeCount({ counter, health, tally: { made, accounted, sequence } }: State): void {
  try {
    counter.write({ made, accounted, sequence });
  } catch (error) {
    health.failed(error);
  }
}

function miss({ tally }: State, reason: string): void {
  tally.totals.missing += 1;
  addMissing(tally, reason, 1);
}

function addMissing({ missing }: Tally, reason: string, decisions: number): void {
  missing.set(reason, (missing.get(reason) ?? 0) + decisions);
}

function account({ tally, health }: State, decisions: number, { sequence }: TrailPosition): void {
  tally.accounted += decisions;
  tally.sequence = Math.max(tally.sequence, sequence);
  health.succeeded();
}

interface Written {
  readonly json: string;
  /** How many decisions it accounts for. */
  readonly decisions: number;
}

async function write(
  state: State,
  { json, decisions }: Written,
  onLost: () => void,
): Promise<void> {
  const { tally, trail, health } = state;
  tally.queued += 1;
  tally.units += json.length;
  try {
    account(state, decisions, await trail.append({ made: json }));
  } catch (error) {
    health.failed(error);
    onLost();
  } finally {
    tally.queued -= 1;
    tally.units -= json.length;
  }
}

async function writeFolded(state: State, each: FoldedBlock): Promise<void> {
  await write(state, { json: foldedJson(each), decisions: each.count }, () => {
    state.folded.giveBack(each);
  });
}

async function writeMissing(state: State): Promise<void> {
  const { tally, trail, health } = state;
  const counts = Object.fromEntries(tally.missing);
  const total = totalOf(tally.missing);
  if (total === 0) return;
  tally.missing.clear();
  try {
    account(state, total, await trail.gap(counts));
  } catch (error) {
    health.failed(error);
    for (const [reason, each] of Object.entries(counts)) addMissing(tally, reason, each);
  }
}

function totalOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, each) => sum + each, 0);
}

function hasRoom({ maxQueued, tally: { queued, units } }: State): boolean {
  return queued < maxQueued && units < MAX_QUEUED_UNITS;
}
