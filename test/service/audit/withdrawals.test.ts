import { createAuditHealth } from '../../../src/service/audit/audit-health';
import { createRecordMaker } from '../../../src/service/audit/record-maker';
import { createStrictAudit, MAX_WAIT_MS } from '../../../src/service/audit/strict-audit';
import { createWithdrawals, MAX_WITHDRAWN } from '../../../src/service/audit/withdrawals';
import { summarize } from '../../../src/service/report/summarize';
import { withdrawnJson } from '../../../src/service/evidence/withdrawn';
import type { JsonObject } from '../../../src/service/json-values';
import { linesFile } from '../../../src/service/trail/file-names';
import type { TrailEntry } from '../../../src/service/trail/read-trail';
import { withdrawnIn } from '../../../src/service/report/withdrawn-in';
import { memoryDisk, SystemError } from '../trail/support/memory-disk';
import { open, recordsOn } from '../trail/support/trails';
import { entriesOn } from '../trail/support/written';
import { madeDecisions } from './support/made-decisions';

async function world(isHanging: boolean) {
  const disk = memoryDisk();
  let release: () => void = () => undefined;
  const released = isHanging ? new Promise<void>((resolve) => (release = resolve)) : undefined;
  const trail = await open({
    ...disk.files,
    openAppend: async (name) => {
      const file = await disk.files.openAppend(name);
      return { ...file, sync: () => Promise.resolve(released).then(() => file.sync()) };
    },
  });
  const clock = { nowMs: 0 };
  const elapsedMs = (): number => clock.nowMs;
  const audit = createStrictAudit({
    ...{ trail, elapsedMs, nowMs: elapsedMs, bundleStored: () => undefined },
    makeRecord: createRecordMaker({ attributes: [], recordsAll: true, elapsedMs }),
    health: createAuditHealth(() => undefined),
  });
  return { disk, audit, clock, release };
}

describe('a decision that is recorded and not answered', () => {
  it('is withdrawn where the disk was late, and no report counts it as let through', async () => {
    const { disk, audit, clock, release } = await world(true);
    const kept = madeDecisions(['allow', 'allow']).map((made) => audit.keep(made));
    clock.nowMs = MAX_WAIT_MS;
    audit.giveUp();
    for (const each of kept) expect(await each).toBe(false);
    expect(audit.stats().totals).toEqual({ missing: 2, folded: 0, withdrawn: 2 });
    release();
    await audit.settle();
    const records = recordsOn(disk).map((text) => JSON.parse(text) as object);
    expect(records.slice(0, 2)).toMatchObject([{ decisionId: 'd-0' }, { decisionId: 'd-1' }]);
    const withdrawn = await withdrawnIn(entriesOn(disk));
    expect(['d-0', 'd-1', 'd-2'].map((id) => withdrawn.covers(id, true))).toEqual([
      true,
      true,
      false,
    ]);
    expect(await summarize({ entries: entriesOn(disk), window: {}, withdrawn })).toMatchObject({
      ...{ outcomes: { decisions: 0, allow: 0 }, withdrawn: 2 },
      ...{ gaps: { count: 2 }, events: { listed: [] }, unreadable: { unknown_record: 0 } },
    });
  });

  it('is withdrawn where something else held by then, as soon as that is told', async () => {
    const { disk, audit } = await world(false);
    const [first, second] = madeDecisions(['allow', 'allow']).map((made) => audit.keep(made));
    expect([await first, await second]).toEqual([true, true]);
    expect(audit.stats().totals.withdrawn).toBe(0);
    audit.withdraw('d-0');
    await audit.settle();
    expect(audit.stats().totals).toEqual({ missing: 0, folded: 0, withdrawn: 1 });
    expect(recordsOn(disk).at(-1)).toBe(
      '{"version":1,"withdrawn":{"why":"overtaken","at":"1970-01-01T00:00:00.000Z","decisions":["d-0"]}}',
    );
    const withdrawn = await withdrawnIn(entriesOn(disk));
    expect(await summarize({ entries: entriesOn(disk), window: {}, withdrawn })).toMatchObject({
      ...{ outcomes: { decisions: 1, allow: 1 }, withdrawn: 1, gaps: { count: 0 } },
    });
  });

  it('is told of once the disk works again, and bounds what may be recorded until then', async () => {
    const disk = memoryDisk();
    const trail = await open(disk.files);
    const withdrawals = createWithdrawals({ trail, nowMs: () => 0 });
    disk.onOperation = (operation) => {
      if (operation === 'append') throw new SystemError('EIO');
    };
    for (let each = 0; each < MAX_WITHDRAWN; each += 1) {
      expect(withdrawals.isFull()).toBe(false);
      withdrawals.add(String(each), 'late');
    }
    expect(withdrawals.isFull()).toBe(true);
    await expect(withdrawals.settle()).rejects.toThrow('EIO');
    disk.onOperation = () => undefined;
    await withdrawals.settle();
    expect(withdrawals.isFull()).toBe(false);
    const withdrawn = await withdrawnIn(entriesOn(disk));
    const ids = Array.from({ length: MAX_WITHDRAWN + 1 }, (_, each) => String(each));
    expect(ids.filter((id) => !withdrawn.covers(id, true))).toEqual([String(MAX_WITHDRAWN)]);
  });
});

describe('what withdraws decisions in a trail', () => {
  /** Withdrawals of these ids, each in a file of its own. */
  async function* withdrawing(
    ...ids: readonly string[]
  ): AsyncGenerator<TrailEntry, void, undefined> {
    for (const [index, id] of ids.entries()) {
      const text = withdrawnJson({ why: 'late', at: '2026-07-01T00:00:00.000Z', decisions: [id] });
      const content = JSON.parse(text) as JsonObject;
      const link = { sequence: index + 1, previous: '', hash: '' };
      const place = { file: linesFile(index + 1), line: 1 };
      yield await Promise.resolve({ place, line: { ...link, kind: 'record', content } });
    }
  }

  it('takes no decision away that is proven, unless it is proven itself', async () => {
    const withdrawn = await withdrawnIn(withdrawing('both', 'both', 'early', 'late'), linesFile(3));
    const ids = ['both', 'early', 'late', 'none'];
    expect(ids.map((id) => withdrawn.covers(id, true))).toEqual([true, true, false, false]);
    expect(ids.map((id) => withdrawn.covers(id, false))).toEqual([true, true, true, false]);
    const none = await withdrawnIn(withdrawing('early'), '');
    expect([none.covers('early', true), none.covers('early', false)]).toEqual([false, true]);
  });

  it('is held to a bound, beyond which decisions count as answered', async () => {
    const withdrawn = await withdrawnIn(withdrawing('a', 'b', 'c', 'a', 'd'), undefined, 2);
    expect(['a', 'b', 'c', 'd'].map((id) => withdrawn.covers(id, true))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(withdrawn.beyond).toBe(2);
    const long = await withdrawnIn(withdrawing('x'.repeat(36_000_001), 'b'));
    expect([long.beyond, long.covers('b', true)]).toEqual([1, true]);
  });
});
