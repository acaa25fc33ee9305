import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { DecisionRequest } from '../../../src/core/model/request';
import type { Message, Outcome } from '../../contract/support/client';
import { chance, pick, seededSource } from '../../generators/source';
import type { Source } from '../../generators/source';
import { runs, SEED, Spread } from '../../laws/support/runs';
import type { OracleDecision } from '../../oracle/types';
import { findFreePort } from '../support/ports';
import { startDrillProcess } from './support/drill-process';
import type { DrillProcess, LogRecord } from './support/drill-process';
import { createOracle, createSetFolder, generatedRequest } from './support/generated-sets';
import type { InstalledSet, SetFolder } from './support/generated-sets';
import { blockCodeOf, startLoad } from './support/load';
import type { Asked, Load } from './support/load';
import { report } from './support/report';
import { requestToWire } from './support/request-to-wire';
import { untilRight } from './support/until-right';

/** Starts of the service, before they are made more or fewer. */
const ROUNDS = 12;

/** Answers that are waited for at most before something happens. */
const MOST_ANSWERS = 300;

/** Different questions that are asked. */
const QUESTIONS = 60;

/** Milliseconds within which a service that starts is stopped again; some are ready by then. */
const WHILE_STARTING_MS = 1_500;

/** What clients hear of a service that is not there; nothing else may become of a call that it has not answered. */
const GONE = ['UNAVAILABLE', 'STREAM_FAILED'];

/** What they hear of one that is killed in the middle of an answer. */
const KILLED = [...GONE, 'CANCELLED', 'INTERNAL'];

let folder = '';
let service: DrillProcess | undefined;
let load: Load | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-chaos-'));
});

afterEach(async () => {
  await load?.stop();
  service?.signal('SIGKILL');
  rmSync(folder, { recursive: true });
});

interface Drill {
  readonly source: Source;
  readonly spread: Spread;
  readonly folder: SetFolder;
  readonly listen: readonly string[];
  readonly questions: readonly DecisionRequest[];
  readonly oracle: (set: InstalledSet, request: DecisionRequest) => OracleDecision;
  /** Every set that was ever in force or is about to be, in order. */
  readonly sets: InstalledSet[];
  /** Place in `sets` of the oldest set that may still answer whoever asks now. */
  floor: number;
  /** True: what lies there now must be refused. */
  isBroken: boolean;
  /** True from a SIGKILL to the next start. */
  isKilled: boolean;
  /** How often that was so. */
  kills: number;
  /** Decisions that a client was told. */
  readonly told: Set<string>;
  readonly wrong: string[];
}

interface Answer {
  readonly decision_id: string;
  readonly outcome: string;
  readonly eligible?: readonly string[];
  readonly bundle?: { readonly digest: string };
}

function judge(drill: Drill, request: DecisionRequest, message: Message): string {
  const { decision_id: id, outcome, eligible = [], bundle } = message as unknown as Answer;
  drill.told.add(id);
  const said = `${outcome} ${eligible.join()}`;
  if (blockCodeOf(message) === 'shutting_down') {
    return said === 'OUTCOME_BLOCK ' ? '' : `${said} while it shuts down`;
  }
  const index = drill.sets.findIndex(({ digest }) => digest === bundle?.digest);
  const set = drill.sets[index];
  if (set === undefined) return `${said} by a bundle that was never there`;
  const expected = drill.oracle(set, request);
  const right = `OUTCOME_${expected.outcome.toUpperCase()} ${expected.eligible.join()}`;
  drill.spread.add(expected.outcome);
  if (expected.eligible.length > 0) drill.spread.add('something eligible');
  if (said !== right) return `${said}, but the oracle ${right}, of ${JSON.stringify(request)}`;
  return String(index);
}

function nextQuestion(drill: Drill): Asked {
  const request = pick(drill.source, drill.questions);
  const { floor, kills } = drill;
  return {
    request: requestToWire(request),
    told: (outcome: Outcome) => {
      if ('code' in outcome) {
        drill.spread.add(outcome.code);
        const allowed = drill.isKilled || drill.kills > kills ? KILLED : GONE;
        if (!allowed.includes(outcome.code))
          drill.wrong.push(`${outcome.code}: ${outcome.details}`);
        return;
      }
      const found = judge(drill, request, outcome.answer);
      const index = Number(found);
      if (Number.isNaN(index)) drill.wrong.push(found);
      else if (found !== '' && index < floor) {
        drill.wrong.push(`set ${found} answered after set ${String(floor)}`);
      } else if (index > drill.floor) {
        drill.floor = index;
        drill.spread.add('set that decided');
      }
    },
  };
}

async function change(drill: Drill): Promise<void> {
  drill.isBroken = chance(drill.source, 25);
  if (drill.isBroken) drill.folder.installBroken();
  else await install(drill);
  drill.spread.add(drill.isBroken ? 'broken set' : 'good set');
  await (drill.isBroken || chance(drill.source, 50) ? someAnswers : latestSet)(drill);
}

/** However fast everything goes, a set that was put there while it served has decided before the service is ended. */
async function changeAndSee(drill: Drill): Promise<void> {
  await install(drill);
  drill.isBroken = false;
  drill.spread.add('good set');
  await latestSet(drill);
  await someAnswers(drill);
}

async function install({ sets, folder: there }: Drill): Promise<void> {
  // It counts as there before it is, because it may be seen before this goes on.
  await there.install((set) => sets.push(set));
}

/** So that what follows comes at any moment. */
async function someAnswers({ source, told, wrong }: Drill): Promise<void> {
  const enough = told.size + source.below(MOST_ANSWERS);
  await untilRight('further answers', wrong, () => told.size >= enough);
}

/** So that what follows comes after the set that was put there last has decided; another one may have by then. */
async function latestSet(drill: Drill): Promise<void> {
  const latest = drill.sets.length - 1;
  await untilRight('the latest set to decide', drill.wrong, () => drill.floor >= latest);
}

type EndSignal = 'SIGTERM' | 'SIGKILL';

function spawn(drill: Drill): DrillProcess {
  drill.isKilled = false;
  service = startDrillProcess({
    args: ['--policy', drill.folder.path, '--diagnostics', 'none'],
    listen: drill.listen,
  });
  return service;
}

/** A service whose policies are wrong ends, and nobody is answered. */
async function startInVain(drill: Drill): Promise<void> {
  drill.folder.installBroken();
  drill.isBroken = true;
  // No set that there is may answer whoever asks from now on.
  drill.floor = drill.sets.length;
  const process = spawn(drill);
  expect(await process.ended()).toEqual({ code: 1, signal: null });
  drill.spread.add('start in vain');
}

/** Sends the signal, which comes at any moment for the clients. */
function end(drill: Drill, process: DrillProcess, signal: EndSignal): void {
  drill.isKilled = signal === 'SIGKILL';
  if (drill.isKilled) drill.kills += 1;
  process.signal(signal);
}

/** A service that is ended while it starts either has not begun to answer, or ends as always. */
async function startAndEnd(drill: Drill, signal: EndSignal): Promise<void> {
  const process = spawn(drill);
  await setTimeout(drill.source.below(WHILE_STARTING_MS));
  end(drill, process, signal);
  const { code, signal: by } = await process.ended();
  const wasReady = process.log().some(({ msg }) => msg === 'listening');
  drill.spread.add('ended while it started');
  drill.spread.add(wasReady ? 'ended once it was ready' : 'ended before it was ready');
  if (signal === 'SIGTERM' && wasReady) expect(code).toBe(0);
  else expect(code === 0 ? 'SIGTERM' : by).toBe(signal);
}

async function serveAndEnd(drill: Drill, signal: EndSignal): Promise<void> {
  const { source, told, spread } = drill;
  const process = spawn(drill);
  await process.listening();
  await someAnswers(drill);
  for (let left = 1 + source.below(3); left > 0; left -= 1) await change(drill);
  if (signal === 'SIGTERM') await changeAndSee(drill);
  end(drill, process, signal);
  const ending = await process.ended();
  spread.add(signal);
  expect(process.noise()).toBe('');
  if (signal === 'SIGKILL') return;
  expect(ending).toEqual({ code: 0, signal: null });
  expect(process.log().at(-1)).toMatchObject({ msg: 'stopped' });
  // Whatever was decided has reached whoever asked.
  const lost = (): readonly LogRecord[] =>
    process.log().filter(({ msg, decision_id: id }) => msg === 'decision' && !told.has(String(id)));
  const isTold = untilRight('all to be told', drill.wrong, () => lost().length === 0);
  await isTold.catch((failure: unknown) => {
    throw new Error(`decided, and told nobody: ${JSON.stringify(lost())}`, { cause: failure });
  });
  spread.add('decided and told');
}

/** What each round is, so that even a few of them are of all kinds; everything else is chance. */
const ROUND_KINDS = [
  (drill: Drill) => serveAndEnd(drill, 'SIGTERM'),
  (drill: Drill) => serveAndEnd(drill, 'SIGKILL'),
  (drill: Drill) => serveAndEnd(drill, 'SIGTERM'),
  (drill: Drill) => startAndEnd(drill, pick(drill.source, ['SIGTERM', 'SIGKILL'] as const)),
];

async function playRound(drill: Drill, round: number): Promise<void> {
  const { source } = drill;
  if (round === 0 || chance(source, 20)) await startInVain(drill);
  if (drill.isBroken || chance(source, 30)) await install(drill);
  drill.isBroken = false;
  // A service that starts now reads what lies there now, or what comes after it.
  drill.floor = drill.sets.length - 1;
  await ROUND_KINDS[round % ROUND_KINDS.length]?.(drill);
  expect(drill.wrong).toEqual([]);
}

async function createDrill(): Promise<Drill> {
  const source = seededSource(SEED);
  const sets: InstalledSet[] = [];
  const there = createSetFolder(folder, source);
  await there.install((set) => sets.push(set));
  const questions = Array.from({ length: QUESTIONS }, () =>
    generatedRequest(source, pick(source, sets).set),
  );
  const port = await findFreePort();
  return {
    source,
    spread: new Spread(),
    folder: there,
    listen: [`127.0.0.1:${String(port)}`, `unix:${join(folder, 'ambit.sock')}`],
    questions,
    oracle: createOracle(),
    sets,
    floor: 0,
    isBroken: false,
    isKilled: false,
    kills: 0,
    told: new Set(),
    wrong: [],
  };
}

describe('a service that is ended and started again under load', () => {
  it('lets nothing through that the policies do not, and loses no answer when it is asked to end', async () => {
    const drill = await createDrill();
    const { spread } = drill;
    load = startLoad({
      addresses: drill.listen,
      callers: 4,
      streamers: 2,
      next: () => nextQuestion(drill),
    });
    for (let round = 0; round < runs(ROUNDS); round += 1) await playRound(drill, round);
    await load.stop();
    expect(drill.wrong).toEqual([]);
    expect(load.answered()).toBe(load.asked());
    report('chaos', spread);
    spread.expectAtLeast(6, 'SIGTERM', 'decided and told');
    spread.expectAtLeast(4, 'set that decided', 'good set');
    spread.expectAtLeast(2, 'SIGKILL', 'ended while it started');
    spread.expectAtLeast(1, 'start in vain');
    spread.expectAtLeast(60, 'something eligible', 'block', 'UNAVAILABLE');
  });
});
