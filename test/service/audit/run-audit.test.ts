import type { TrailFiles } from '../../../src/ports/trail-files';
import type { AuditMode } from '../../../src/ports/service-config';
import type { ServiceAudit } from '../../../src/ports/service-audit';
import { MAX_WAIT_MS } from '../../../src/service/audit/strict-audit';
import { createEventRecorder } from '../../../src/service/events/event-recorder';
import { runAudit } from '../../../src/service/audit/run-audit';
import { memoryDisk, SystemError } from '../trail/support/memory-disk';
import { open } from '../trail/support/trails';
import { madeDecisions } from './support/made-decisions';

interface World {
  readonly audit: ServiceAudit;
  /** What was told, in order. */
  readonly told: string[];
  /** Lets so much time pass, in milliseconds, and everything happen that can. */
  pass(ms: number): Promise<void>;
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

async function world(mode: AuditMode, files: TrailFiles): Promise<World> {
  let nowMs = 0;
  let due: { readonly atMs: number; readonly call: () => void }[] = [];
  const told: string[] = [];
  const elapsedMs = (): number => nowMs;
  const trail = await open(files);
  const audit = runAudit({
    ...{ mode, trail, killed: 0, maxQueued: 3, nowMs: elapsedMs },
    events: createEventRecorder({
      ...{ append: (json) => trail.append(json), nowMs: elapsedMs, processUid: 'p' },
      compare: () => Promise.resolve({ known: false, why: 'not_compared' }),
      onDefect: (error) => told.push(String(error)),
    }),
    counter: { before: 'missing', write: () => undefined, close: () => told.push('closed') },
    archive: {
      store: () => undefined,
      whenStored: () => undefined,
      textOf: () => Promise.reject(new Error('none')),
      retry: () => Promise.resolve(),
    },
    feeds: { states: () => [], close: () => Promise.resolve() },
    record: { attributes: [], recordsAll: false, elapsedMs },
    timers: {
      after: (delayMs, call) => {
        const entry = { atMs: nowMs + delayMs, call };
        due.push(entry);
        return () => (due = due.filter((each) => each !== entry));
      },
    },
    reports: {
      damaged: () => told.push('damaged'),
      failing: (problem) => told.push(`failing: ${problem}`),
      recovered: () => told.push('recovered'),
      head: () => undefined,
      notClosed: (problem) => told.push(`not closed: ${problem}`),
    },
  });
  const pass = async (ms: number): Promise<void> => {
    for (const endMs = nowMs + ms; nowMs < endMs; nowMs += 500) {
      const now = due.filter(({ atMs }) => atMs <= nowMs);
      due = due.filter(({ atMs }) => atMs > nowMs);
      for (const { call } of now) call();
      await settled();
    }
  };
  return { audit, told, pass };
}

function keep({ audit }: World, count: number): readonly (Promise<boolean> | undefined)[] {
  const made = madeDecisions(Array.from({ length: count }, () => 'allow' as const));
  return made.map((each) => audit.keep(each));
}

const hanging = (files: TrailFiles): TrailFiles => ({
  ...files,
  openAppend: async (name) => ({
    ...(await files.openAppend(name)),
    sync: () => new Promise(() => undefined),
  }),
});

describe('evidence that is kept', () => {
  it('is failing for as long as nothing can be written, however often that is tried', async () => {
    const disk = memoryDisk();
    disk.onOperation = (operation) => {
      if (operation === 'append') throw new SystemError('ENOSPC');
    };
    const here = await world('counted', disk.files);
    void keep(here, 2);
    await here.pass(5000);
    expect(here.told).toEqual(['failing: ENOSPC']);
    expect(here.audit.state()).toMatchObject({ problem: 'ENOSPC', missing: 2 });
    disk.onOperation = () => undefined;
    await here.pass(2000);
    expect(here.told).toEqual(['failing: ENOSPC', 'recovered']);
    expect(here.audit.state()).toMatchObject({ missing: 0, totals: { missing: 2 } });
  });

  it.each(['strict', 'counted'] as const)('is failing while the disk hangs: %s', async (mode) => {
    const here = await world(mode, hanging(memoryDisk().files));
    const kept = keep(here, 1);
    await here.pass(MAX_WAIT_MS - 1000);
    expect(here.told).toEqual([]);
    await here.pass(3000);
    expect(here.told).toEqual(['failing: the disk did not answer in time']);
    if (mode === 'strict') expect(await kept[0]).toBe(false);
  });

  it('lets a service end although the disk hangs, and leaves the count open for the next one', async () => {
    const here = await world('counted', hanging(memoryDisk().files));
    void keep(here, 1);
    const closed = here.audit.close();
    // The disk has its time twice: to state what is missing, and to seal.
    await here.pass(2 * MAX_WAIT_MS + 1000);
    await closed;
    expect(here.told).toEqual(['not closed: the disk did not answer in time']);
  });

  it('is closed at once on a disk that is well', async () => {
    const here = await world('counted', memoryDisk().files);
    void keep(here, 1);
    await here.audit.close();
    expect(here.told).toEqual(['closed']);
  });
});
