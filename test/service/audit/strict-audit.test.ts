import { createAuditHealth } from '../../../src/service/audit/audit-health';
import { createRecordMaker } from '../../../src/service/audit/record-maker';
import {
  createStrictAudit,
  MAX_WAIT_MS,
  type StrictAudit,
} from '../../../src/service/audit/strict-audit';
import { linesFile } from '../../../src/service/trail/file-names';
import { memoryDisk, SystemError, type MemoryDisk } from '../trail/support/memory-disk';
import { open, recordsOn, textOn } from '../trail/support/trails';
import { hugeDecision, largeDecision, madeDecisions } from './support/made-decisions';

interface World {
  readonly disk: MemoryDisk;
  readonly audit: StrictAudit;
  readonly problems: (string | undefined)[];
  nowMs: number;
}

async function world(stored?: Promise<void>): Promise<World> {
  const disk = memoryDisk();
  const problems: (string | undefined)[] = [];
  const made: World = {
    disk,
    problems,
    nowMs: 0,
    audit: createStrictAudit({
      trail: await open(disk.files),
      makeRecord: createRecordMaker({ attributes: [], recordsAll: true, elapsedMs: () => 0 }),
      health: createAuditHealth((problem) => problems.push(problem)),
      bundleStored: () => stored,
      elapsedMs: () => made.nowMs,
      nowMs: () => made.nowMs,
    }),
  };
  return made;
}

describe('strict evidence', () => {
  it('is on the disk before its answer', async () => {
    const { disk, audit } = await world();
    const [made] = madeDecisions(['allow']);
    if (made === undefined) throw new Error('none');
    expect(await audit.keep(made)).toBe(true);
    const left = disk.powerCut();
    expect(recordsOn(left).join()).toContain(made.answer.decisionId);
  });

  it.each(['append', 'sync'] as const)('is none where %s fails', async (failing) => {
    const { disk, audit, problems } = await world();
    const [first, second] = madeDecisions(['allow', 'allow']);
    if (first === undefined || second === undefined) throw new Error('few');
    disk.onOperation = (operation) => {
      if (operation === failing) throw new SystemError('EIO');
    };
    expect(await audit.keep(first)).toBe(false);
    disk.onOperation = () => undefined;
    expect(await audit.keep(second)).toBe(true);
    expect(problems).toEqual(['EIO', undefined]);
    expect(recordsOn(disk)).toHaveLength(1);
  });

  it('is none where the bundle could not be stored', async () => {
    const { audit } = await world(Promise.reject(new Error('ENOSPC')));
    const [made] = madeDecisions(['block']);
    if (made === undefined) throw new Error('none');
    expect(await audit.keep(made)).toBe(false);
  });

  it('of more than a trail takes is none, and is no sign that the disk fails', async () => {
    const { disk, audit, problems } = await world();
    expect(await audit.keep(hugeDecision())).toBe(false);
    expect(problems).toEqual([]);
    expect(audit.stats()).toMatchObject({ queued: 0, missing: 1 });
    await audit.settle();
    expect(textOn(disk, linesFile(1))).toContain('"counts":{"audit_unavailable":1}');
  });

  it('waits within a bound where the bundle is not stored, also when nobody waits any more', async () => {
    const one = await world(new Promise(() => undefined));
    const large = largeDecision(3000);
    const kept = Array.from({ length: 200 }, () => one.audit.keep(large));
    const waiting = one.audit.stats().queued;
    expect(waiting).toBeGreaterThan(50);
    expect(waiting).toBeLessThan(150);
    one.nowMs = MAX_WAIT_MS;
    one.audit.giveUp();
    for (const each of kept) expect(await each).toBe(false);
    expect(await one.audit.keep(large)).toBe(false);
    expect(one.audit.stats()).toMatchObject({ queued: 0, missing: 201 });
  });

  it('is given up where the disk hangs', async () => {
    const one = await world(new Promise(() => undefined));
    const [made] = madeDecisions(['allow']);
    if (made === undefined) throw new Error('none');
    const kept = one.audit.keep(made);
    one.nowMs = MAX_WAIT_MS - 1;
    one.audit.giveUp();
    expect(one.problems).toEqual([]);
    one.nowMs = MAX_WAIT_MS;
    one.audit.giveUp();
    expect(await kept).toBe(false);
    expect(one.problems).toEqual(['the disk did not answer in time']);
    // Its record was never on the way, so that there is nothing to take back.
    expect(one.audit.stats().totals).toEqual({ missing: 1, folded: 0, withdrawn: 0 });
  });
});
