import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { pick, seededSource, type Source } from '../../generators/source';
import { runs, SEED, Spread } from '../../laws/support/runs';
import { until } from '../support/wait';
import { createAuditQuestions, type AuditQuestions } from './support/audit-questions';
import { createAuditSite, headIn, type AuditChoice, type AuditSite } from './support/audit-site';
import type { DrillProcess } from './support/drill-process';
import { startLoad, type Load } from './support/load';
import { report } from './support/report';
import { countedIn, readAccount } from './support/trail-lines';

/** Trails of each mode, before they are made more or fewer: 50 in a long run. */
const TRAILS = 10;

/** Kills that one trail goes through while the service is asked: 300 over both modes in a long run. */
const KILLS = 3;

/** Answers that are waited for at most before the service is killed. */
const MOST_ANSWERS = 200;

/** Milliseconds for which a disk may take its time, by chance; what waits for it meanwhile is what a kill can lose. */
const SYNC_MS = [0, 0, 5, 40];

/** Milliseconds that a kill may come later, so that it comes at any moment of the work of the disk. */
const LATER_MS = 50;

/** Milliseconds within which a service that starts is killed; some are ready by then. */
const WHILE_STARTING_MS = 1000;

const LOST = 'kill that left answers without a record';

const COUNTED = 'kill whose losses are counted';

let folder = '';
let service: DrillProcess | undefined;
let load: Load | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-audit-kill-'));
});

afterEach(async () => {
  service?.signal('SIGKILL');
  await load?.stop();
  rmSync(folder, { recursive: true });
});

interface Drill {
  readonly source: Source;
  readonly spread: Spread;
  readonly site: AuditSite;
  readonly questions: AuditQuestions;
  /** Number of the last line that was looked at. */
  seen: number;
  /** Questions that were asked before the last end and never answered. */
  unanswered: number;
}

/** What became of the answers that clients were told since the last call. */
interface Reckoning {
  /** Answers whose decision has no record. */
  readonly missing: number;
  /** Decisions that the trail counts and has no record of. */
  readonly counted: number;
  /** Those of them that it lays to a kill. */
  readonly killed: number;
}

/** To be called while nobody asks and another process than the one that answered has the trail, or none has it. */
function reckon(drill: Drill): Reckoning {
  const account = readAccount(drill.site.trail, drill.seen);
  drill.seen = account.last;
  const recorded = new Set(account.ids);
  expect(recorded.size).toBe(account.ids.length);
  const answered = drill.questions.takeAnswered();
  for (const { says, answer } of answered) expect(answer.said).toBe(says);
  const missing = answered.filter(({ answer }) => !recorded.has(answer.id)).length;
  return { missing, counted: countedIn(account), killed: account.gaps['killed'] ?? 0 };
}

function ask({ questions }: Drill, address: string): Load {
  load = startLoad({ addresses: [address], callers: 4, streamers: 1, next: questions.next });
  return load;
}

async function begin({ site }: Drill): Promise<string> {
  service = site.start();
  const [address = ''] = await service.listening();
  return address;
}

/** The process before was killed: what it told is held against what the trail says once another one has the trail. */
function expectBounds(drill: Drill): void {
  const { missing, counted, killed } = reckon(drill);
  const within = missing <= counted && counted <= missing + drill.unanswered;
  const said = `missing ${String(missing)}, counted ${String(counted)}, unanswered ${String(drill.unanswered)}`;
  expect([said, within]).toEqual([said, true]);
  if (missing > 0) drill.spread.add(LOST);
  if (killed > 0) drill.spread.add(COUNTED);
  drill.unanswered = 0;
}

async function killWhileStarting({ site, source, spread }: Drill): Promise<void> {
  service = site.start();
  await setTimeout(source.below(WHILE_STARTING_MS));
  service.signal('SIGKILL');
  expect((await service.ended()).signal).toBe('SIGKILL');
  spread.add('killed while it started');
}

async function killWhileAsked(drill: Drill): Promise<void> {
  const { source, spread, site, questions } = drill;
  site.setDisk({ delayMs: pick(source, SYNC_MS) });
  const address = await begin(drill);
  expectBounds(drill);
  const asking = ask(drill, address);
  const enough = 1 + source.below(MOST_ANSWERS);
  await until('answers', () => (asking.answered() >= enough ? true : undefined));
  await setTimeout(source.below(LATER_MS));
  const inFlight = questions.open();
  service?.signal('SIGKILL');
  spread.add(inFlight.length > 0 ? 'killed with calls in flight' : 'killed at rest');
  expect((await service?.ended())?.signal).toBe('SIGKILL');
  await asking.stop();
  drill.unanswered = inFlight.filter(({ answer }) => answer === undefined).length;
}

/** Ends it in order, and proves the trail up to the head that the log told. */
async function endInOrder(drill: Drill): Promise<void> {
  const address = await begin(drill);
  expectBounds(drill);
  const asking = ask(drill, address);
  await until('answers', () => (asking.answered() >= MOST_ANSWERS ? true : undefined));
  await asking.stop();
  service?.signal('SIGTERM');
  expect(await service?.ended()).toEqual({ code: 0, signal: null });
  expectBounds(drill);
  const verified = drill.site.verify(headIn(service?.log() ?? []));
  expect(verified).toMatchObject({ code: 0, stderr: '' });
  expect(verified.stdout).toContain(String(drill.seen));
}

async function play(choice: AuditChoice, number: number, spread: Spread): Promise<void> {
  const source = seededSource(SEED + number);
  const drill: Drill = {
    ...{ source, spread, seen: 0, unanswered: 0 },
    site: createAuditSite(folder, choice),
    // How many are asked is chance, which must not change what else is chosen.
    questions: createAuditQuestions(seededSource(SEED - number), spread),
  };
  const killedWhileStarting = source.below(KILLS);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await killWhileAsked(drill);
    if (kill === killedWhileStarting) await killWhileStarting(drill);
  }
  await endInOrder(drill);
}

function expectSpread(mode: string, spread: Spread): void {
  report(`audit, killed, ${mode}`, spread);
  const kills = TRAILS * KILLS;
  spread.expectAtLeast(kills, 'killed with calls in flight');
  spread.expectAtLeast(TRAILS, 'killed while it started');
  spread.expectAtLeast(kills, 'OUTCOME_ALLOW p/keeps', 'OUTCOME_WARN p/keeps');
  const blocks = ['OUTCOME_BLOCK no_compliant_provider', 'OUTCOME_BLOCK model_not_allowed'];
  spread.expectAtLeast(kills, ...blocks);
}

const NUMBERS = Array.from({ length: runs(TRAILS) }, (_, index) => index + 1);

describe('a service that is killed at any moment while answers wait for their evidence', () => {
  const spread = new Spread();

  afterAll(() => {
    expectSpread('strict', spread);
  });

  it.each(NUMBERS)('has a record of everything that it told: trail %i', async (number) => {
    await play({ mode: 'strict' }, number, spread);
    expect(spread.of(LOST)).toBe(0);
    expect(spread.of(COUNTED)).toBe(0);
  });
});

describe('a service that is killed at any moment while no answer waits for its evidence', () => {
  const spread = new Spread();

  afterAll(() => {
    expectSpread('counted', spread);
    spread.expectAtLeast((TRAILS * KILLS) / 3, LOST, COUNTED);
  });

  it.each(NUMBERS)('counts exactly what it lost: trail %i', async (number) => {
    await play({ mode: 'counted', queue: 50 }, number, spread);
  });
});
