import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { seededSource } from '../../generators/source';
import { SEED, Spread } from '../../laws/support/runs';
import { until } from '../support/wait';
import {
  createAuditQuestions,
  UNKEPT,
  type AnsweredQuestion,
  type AuditQuestions,
} from './support/audit-questions';
import {
  createAuditSite,
  headIn,
  type AuditChoice,
  type AuditSite,
  type DiskState,
} from './support/audit-site';
import type { DrillProcess } from './support/drill-process';
import { startLoad, type Load } from './support/load';
import { report } from './support/report';
import { countedIn, readAccount } from './support/trail-lines';

/** Answers that are waited for while all is well. */
const WELL = 30;

/** Answers that are waited for while the disk fails; where it hangs, each takes as long as a disk may. */
const FAILING = 8;

/** Bytes that a file may have with a disk that is full for real: enough for what stands in one place only. */
const FULL_BYTES = 64;

/** Something that a disk does, until it is well again. */
interface Fault {
  begin(stage: Stage): void;
  end(stage: Stage): void;
  /** False: meanwhile something succeeds now and then. */
  readonly isSteady?: boolean;
}

interface Stage {
  readonly site: AuditSite;
  readonly questions: AuditQuestions;
  readonly service: DrillProcess;
  readonly load: Load;
  /** All that was answered. */
  readonly answered: AnsweredQuestion[];
}

const disk = (state: DiskState): Fault => ({
  begin: ({ site }) => {
    site.setDisk(state);
  },
  end: ({ site }) => {
    site.setDisk({});
  },
});

function limitFiles({ service }: Stage, bytes: string): void {
  execFileSync('prlimit', ['--pid', String(service.pid), `--fsize=${bytes}:unlimited`]);
}

const FAULTS: Readonly<Record<string, Fault>> = {
  'has no room': disk({ write: 'ENOSPC' }),
  'has room for half a write': disk({ write: 'ENOSPC', takesPart: true }),
  'fails to sync': disk({ sync: 'EIO' }),
  'has become read-only': disk({ open: 'EROFS', write: 'EROFS' }),
  'is slower than an answer may be': { ...disk({ delayMs: 7000 }), isSteady: false },
  hangs: disk({ hangs: true }),
  'has no room, as the system itself says': {
    begin: (stage) => {
      limitFiles(stage, String(FULL_BYTES));
    },
    end: (stage) => {
      limitFiles(stage, 'unlimited');
    },
  },
};

const FAILS = 'evidence cannot be kept';

const RECOVERS = 'evidence is kept again';

let folder = '';
let service: DrillProcess | undefined;
let load: Load | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-audit-disk-'));
});

afterEach(async () => {
  service?.signal('SIGKILL');
  await load?.stop();
  rmSync(folder, { recursive: true });
});

async function enter(choice: AuditChoice, spread: Spread): Promise<Stage> {
  const site = createAuditSite(folder, choice);
  const questions = createAuditQuestions(seededSource(SEED), spread);
  service = site.start();
  const [address = ''] = await service.listening();
  load = startLoad({ addresses: [address], callers: 4, streamers: 1, next: questions.next });
  return { site, questions, service, load, answered: [] };
}

/** Waits for so many answers to questions that are asked from now on; gives those that came meanwhile. */
async function further(stage: Stage, count: number): Promise<readonly AnsweredQuestion[]> {
  const { questions, answered } = stage;
  const from = questions.last();
  const begin = answered.length;
  const isLater = ({ number }: AnsweredQuestion): boolean => number > from;
  await until('further answers', () => {
    answered.push(...questions.takeAnswered());
    return answered.slice(begin).filter(isLater).length >= count ? true : undefined;
  });
  return answered.slice(begin).filter(isLater);
}

const saysOf = (stage: Stage, msg: string): number =>
  stage.service.log().filter((record) => record['msg'] === msg).length;

async function untilReadiness({ site }: Stage, expected: string): Promise<void> {
  await until(`readiness \`${expected}\``, async () =>
    (await site.readiness()) === expected ? true : undefined,
  );
}

/** Goes through one fault. */
async function endure(
  stage: Stage,
  fault: Fault,
  { readiness, unkept }: { readonly readiness: string; readonly unkept: boolean },
): Promise<void> {
  for (const { answer, says } of await further(stage, WELL)) expect(answer.said).toBe(says);
  await untilReadiness(stage, '200 ok');
  fault.begin(stage);
  const failing = await further(stage, FAILING);
  for (const { answer, says } of failing) expect(answer.said).toBe(unkept ? UNKEPT : says);
  await untilReadiness(stage, readiness);
  await until('the log to say so', () => (saysOf(stage, FAILS) > 0 ? true : undefined));
  if (fault.isSteady !== false) expect(saysOf(stage, RECOVERS)).toBe(0);
  fault.end(stage);
  await untilReadiness(stage, '200 ok');
  for (const { answer, says } of await further(stage, WELL)) expect(answer.said).toBe(says);
  await until('the log to say that all is well', () =>
    saysOf(stage, RECOVERS) === saysOf(stage, FAILS) ? true : undefined,
  );
}

/** Ends the service in order, and proves the trail up to the head that the log told. */
async function leave(stage: Stage): Promise<void> {
  await stage.load.stop();
  stage.answered.push(...stage.questions.takeAnswered());
  expect(stage.answered).toHaveLength(stage.load.asked());
  stage.service.signal('SIGTERM');
  expect(await stage.service.ended()).toEqual({ code: 0, signal: null });
  expect(stage.site.verify(headIn(stage.service.log()))).toMatchObject({ code: 0, stderr: '' });
}

describe('a service whose answers wait for their evidence, on a disk that', () => {
  it.each(Object.entries(FAULTS))('%s', async (name, fault) => {
    const spread = new Spread();
    const stage = await enter({ mode: 'strict' }, spread);
    await endure(stage, fault, { readiness: '503 failed', unkept: true });
    await leave(stage);
    const { ids, gaps, folded } = readAccount(stage.site.trail);
    const recorded = new Set(ids);
    const refused = stage.answered.filter(({ answer }) => answer.said === UNKEPT);
    const given = stage.answered.filter(({ answer }) => answer.said !== UNKEPT);
    expect(given.filter(({ answer }) => !recorded.has(answer.id))).toEqual([]);
    expect(refused.filter(({ answer }) => recorded.has(answer.id))).toEqual([]);
    expect([gaps, folded]).toEqual([{ audit_unavailable: refused.length }, []]);
    report(`audit, strict, a disk that ${name}`, spread);
  });
});

describe('a service whose answers do not wait for their evidence, on a disk that', () => {
  it.each(Object.entries(FAULTS))('%s', async (name, fault) => {
    const spread = new Spread();
    const stage = await enter({ mode: 'counted', queue: 20 }, spread);
    await endure(stage, fault, { readiness: '200 degraded', unkept: false });
    await leave(stage);
    const account = readAccount(stage.site.trail);
    expect(account.ids.length + countedIn(account)).toBe(stage.answered.length);
    expect(countedIn(account)).toBeGreaterThan(0);
    const told = new Set(stage.answered.map(({ answer }) => answer.id));
    expect(account.ids.filter((id) => !told.has(id))).toEqual([]);
    report(`audit, counted, a disk that ${name}`, spread);
  });
});

describe('a service that is asked to end while its disk hangs', () => {
  it('ends all the same, and the next one counts what was lost', async () => {
    const stage = await enter({ mode: 'counted', queue: 20 }, new Spread());
    await further(stage, WELL);
    stage.site.setDisk({ hangs: true });
    await further(stage, 2 * WELL);
    await stage.load.stop();
    const answered = [...stage.answered, ...stage.questions.takeAnswered()];
    stage.service.signal('SIGTERM');
    expect(await stage.service.ended()).toEqual({ code: 0, signal: null });
    expect(saysOf(stage, 'the trail could not be closed in order')).toBe(1);
    stage.site.setDisk({});
    service = stage.site.start();
    await service.listening();
    service.signal('SIGTERM');
    expect(await service.ended()).toEqual({ code: 0, signal: null });
    const account = readAccount(stage.site.trail);
    expect(account.ids.length + countedIn(account)).toBe(answered.length);
    expect(account.gaps['killed']).toBeGreaterThan(0);
    expect(stage.site.verify(headIn(service.log()))).toMatchObject({ code: 0, stderr: '' });
  });
});
