import type { AnswerCount } from '../../../src/ports/answer-counter';
import type { MadeDecision } from '../../../src/ports/decision-audit';
import { createAuditHealth } from '../../../src/service/audit/audit-health';
import { createCountedAudit, type CountedAudit } from '../../../src/service/audit/counted-audit';
import { createRecordMaker } from '../../../src/service/audit/record-maker';
import { memoryDisk, SystemError, type MemoryDisk } from '../trail/support/memory-disk';
import { findingsOf, open, textOn } from '../trail/support/trails';
import { hugeDecision, madeDecisions } from './support/made-decisions';

interface World {
  readonly disk: MemoryDisk;
  readonly audit: CountedAudit;
  readonly counts: AnswerCount[];
  readonly problems: (string | undefined)[];
  /** The ids of decisions whose records were begun. */
  readonly begun: string[];
  readonly close: () => Promise<void>;
}

async function world(maxQueued: number, onCount: () => void = () => undefined): Promise<World> {
  const disk = memoryDisk();
  const trail = await open(disk.files);
  const counts: AnswerCount[] = [];
  const problems: (string | undefined)[] = [];
  const begun: string[] = [];
  const makeRecord = createRecordMaker({ attributes: [], recordsAll: false, elapsedMs: () => 0 });
  const audit = createCountedAudit({
    trail,
    makeRecord: (made) => {
      begun.push(made.answer.decisionId);
      return makeRecord(made);
    },
    health: createAuditHealth((problem) => problems.push(problem)),
    counter: {
      before: 'missing',
      write: (count) => {
        onCount();
        counts.push(count);
      },
      close: () => undefined,
    },
    maxQueued,
  });
  return { disk, audit, counts, problems, begun, close: () => trail.close() };
}

/** What the lines of a trail account for. */
function accountedOn(disk: MemoryDisk): Record<string, number> {
  const found: Record<string, number> = { recorded: 0, folded: 0 };
  for (const name of Object.keys(disk.snapshot()).filter((each) => each.endsWith('.jsonl'))) {
    for (const text of textOn(disk, name).trimEnd().split('\n')) {
      const { record, gap } = JSON.parse(text) as {
        record?: { decisionId?: string; folded?: { count: number } };
        gap?: { counts: Record<string, number> };
      };
      if (record?.decisionId !== undefined) found['recorded'] = (found['recorded'] ?? 0) + 1;
      found['folded'] = (found['folded'] ?? 0) + (record?.folded?.count ?? 0);
      for (const [why, count] of Object.entries(gap?.counts ?? {}))
        found[why] = (found[why] ?? 0) + count;
    }
  }
  return found;
}

const keepAll = (audit: CountedAudit, made: readonly MadeDecision[]): void => {
  for (const each of made) expect(audit.keep(each)).toBeUndefined();
};

describe('counted evidence', () => {
  it('records what it can, folds blocks and counts the rest, to the last one', async () => {
    const { disk, audit, counts, begun, close } = await world(3);
    keepAll(audit, madeDecisions(['allow', 'block', 'allow', 'allow', 'block', 'block']));
    // A block that is counted costs no record.
    expect(begun).toEqual(['d-0', 'd-1', 'd-2', 'd-3']);
    const totals = { missing: 1, folded: 2, withdrawn: 0 };
    expect(audit.stats()).toEqual({ queued: 3, missing: 1, folded: 2, totals });
    await new Promise((resolve) => setImmediate(resolve));
    await audit.settle();
    expect(audit.stats()).toEqual({ queued: 0, missing: 0, folded: 0, totals });
    await close();
    expect(accountedOn(disk)).toEqual({ recorded: 3, folded: 2, queue_full: 1 });
    expect(counts.at(-1)).toMatchObject({ made: 6, accounted: 6 });
    expect(await findingsOf(disk)).toEqual([]);
  });

  it('lets nobody through who asks for more than a record takes, and counts it', async () => {
    const { disk, audit, problems, close } = await world(3);
    expect(await audit.keep(hugeDecision())).toBe(false);
    expect(problems).toEqual([]);
    await audit.settle();
    await close();
    expect(accountedOn(disk)).toMatchObject({ recorded: 0, too_large: 1 });
  });

  it('lets nobody through who asks for too much while the queue is full, and folds blocks of any size', async () => {
    const { disk, audit, close } = await world(1);
    keepAll(audit, madeDecisions(['allow']));
    expect(await audit.keep(hugeDecision())).toBe(false);
    const [block] = madeDecisions(['block']);
    if (block === undefined) throw new Error('none');
    keepAll(audit, [{ ...block, ask: hugeDecision().ask }]);
    await new Promise((resolve) => setImmediate(resolve));
    await audit.settle();
    await close();
    expect(accountedOn(disk)).toEqual({ recorded: 1, folded: 1, too_large: 1 });
  });

  it('is kept, and no answer fails, where the count itself cannot be written', async () => {
    const { disk, audit, problems, close } = await world(3, () => {
      throw new SystemError('EIO');
    });
    keepAll(audit, madeDecisions(['allow']));
    await new Promise((resolve) => setImmediate(resolve));
    await close();
    expect(accountedOn(disk)).toEqual({ recorded: 1, folded: 0 });
    expect(problems[0]).toBe('EIO');
  });

  it('counts what a failing disk refused, and says when it works again', async () => {
    const { disk, audit, problems, close } = await world(100);
    const [first, second, third] = madeDecisions(['allow', 'block', 'allow']);
    if (first === undefined || second === undefined || third === undefined) throw new Error('few');
    disk.onOperation = (operation) => {
      if (operation === 'append') throw new SystemError('ENOSPC');
    };
    keepAll(audit, [first, second]);
    await new Promise((resolve) => setImmediate(resolve));
    await audit.settle();
    expect(audit.stats()).toMatchObject({ missing: 2 });
    disk.onOperation = () => undefined;
    await audit.settle();
    keepAll(audit, [third]);
    await new Promise((resolve) => setImmediate(resolve));
    await audit.settle();
    await close();
    expect(accountedOn(disk)).toEqual({ recorded: 1, folded: 0, not_written: 2 });
    expect(problems).toEqual(['ENOSPC', undefined]);
  });
});
