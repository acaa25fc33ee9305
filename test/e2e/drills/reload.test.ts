import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Client } from '@grpc/grpc-js';

import { answerOf } from '../../contract/support/client';
import type { Message, Outcome } from '../../contract/support/client';
import { chance, pick, seededSource } from '../../generators/source';
import type { Source } from '../../generators/source';
import { runs, SEED, Spread } from '../../laws/support/runs';
import { ask } from '../../pep/http/support/diagnostics';
import { parseMetrics, valueOf } from '../../platform/metrics/support/parse-metrics';
import { diagnosticsAt, startDrillProcess } from './support/drill-process';
import type { DrillProcess } from './support/drill-process';
import { startLoad } from './support/load';
import type { Asked, Load } from './support/load';
import {
  badSet,
  CANDIDATES,
  describeAnswer,
  expectedAnswer,
  FLAW_NAMES,
  goodSet,
} from './support/numbered-sets';
import type { SetFile } from './support/numbered-sets';
import { openOwnClient } from './support/own-client';
import { report } from './support/report';
import { untilRight } from './support/until-right';
import { WAYS } from './support/swaps';
import type { Place } from './support/swaps';

/**
 * Where files are written without waiting for a disk, so that a set of many comes in one go; the other drills write
 * where files usually lie.
 */
const IN_MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Swaps of one test, before they are made more or fewer; those of a storm are among them. */
const SWAPS = 90;

/** Sets that come one after the other, so fast that there is no silence in which one of them could be read. */
const STORM = 20;

/** Milliseconds between two of them at most. */
const STORM_PAUSE_MS = 60;

/** Answers that are waited for at most where nobody waits for the set itself. */
const MOST_ANSWERS = 150;

/** A storm begins after so many swaps. */
const BETWEEN_STORMS = 40;

let folder = '';
let service: DrillProcess;
let policies: Client;
let load: Load;

beforeEach(() => {
  folder = mkdtempSync(join(IN_MEMORY, 'ambit-reload-'));
});

afterEach(async () => {
  await load.stop();
  policies.close();
  service.signal('SIGTERM');
  expect(await service.ended()).toEqual({ code: 0, signal: null });
  expect(service.noise()).toBe('');
  rmSync(folder, { recursive: true });
});

/** What the clients and the one who swaps know of each other. */
interface Drill {
  readonly place: Place;
  readonly source: Source;
  readonly spread: Spread;
  /** Revisions that an answer may name, with what it must say then. */
  readonly good: Map<string, string>;
  /** The highest revision that anybody has seen; nobody may be answered by an older one who asks after that. */
  seen: number;
  /** What no answer may be, as far as it was met. */
  readonly wrong: string[];
  /** Revisions that were put so slowly that files of two sets may have looked like one. */
  readonly slow: Set<string>;
}

function createDrill(way: string): Drill {
  const source = seededSource(SEED ^ way.length);
  const place = WAYS[way]?.(folder, source);
  if (place === undefined) throw new Error(`there is no way \`${way}\``);
  const first = expectedAnswer(1, place.layout, place.directory);
  place.put(goodSet(1, place.layout));
  const good = new Map([['1', first]]);
  return { place, source, spread: new Spread(), good, seen: 1, wrong: [], slow: new Set() };
}

function judge(drill: Drill, answer: Message, floor: number): void {
  const { revision } = (answer as { readonly bundle: { readonly revision: string } }).bundle;
  const { spread, wrong } = drill;
  if (drill.slow.has(revision)) {
    spread.add('answer of a set that came slowly');
    return;
  }
  const said = describeAnswer(answer);
  const expected = String(drill.good.get(revision));
  if (said !== expected) wrong.push(`revision ${revision} says\n${said}\nand not\n${expected}`);
  if (Number(revision) < floor) wrong.push(`revision ${revision} after ${String(floor)}`);
  if (Number(revision) > drill.seen) {
    drill.seen = Number(revision);
    spread.add('revision that decided');
  }
  spread.add('answer');
}

function nextQuestion(drill: Drill): Asked {
  const floor = drill.seen;
  return {
    // The set that was seen deciding must not be gone again for whoever demands it.
    request: { candidates: CANDIDATES, min_bundle: { revision: String(floor) } },
    told: (outcome: Outcome) => {
      if ('answer' in outcome) judge(drill, outcome.answer, floor);
      else drill.wrong.push(`${outcome.code}: ${outcome.details}`);
    },
  };
}

/** The parts of GetStatus that are looked at; what is zero or empty is absent. */
interface Status {
  readonly active: { readonly bundle: { readonly revision: string; readonly sequence: string } };
  readonly last_rejected?: {
    readonly rejected_at: string;
    readonly findings: readonly { readonly code: string; readonly line?: number }[];
  };
}

const status = async (): Promise<Status> =>
  (await answerOf(policies, 'GetStatus', {})) as unknown as Status;

/** Waits until the service has done with what was put last, or until others have been answered meanwhile. */
type Patience = 'until it is seen' | 'for some answers' | 'for a moment';

async function putGood(drill: Drill, number: number, patience: Patience): Promise<void> {
  const { place, good, spread } = drill;
  const revision = String(number);
  good.set(revision, expectedAnswer(number, place.layout, place.directory));
  put(drill, number, goodSet(number, place.layout));
  spread.add('good set');
  if (patience !== 'until it is seen') {
    await wait(drill, patience);
    return;
  }
  await untilRight(`revision ${revision} to decide`, drill.wrong, async () => {
    const { active, last_rejected: rejected } = await status();
    const hasDecided = drill.slow.has(revision) || drill.seen >= number;
    return active.bundle.revision === revision && rejected === undefined && hasDecided;
  });
  spread.add('good set seen');
}

async function putBad(drill: Drill, number: number, patience: Patience): Promise<void> {
  const { place, spread, source } = drill;
  const flaw = pick(source, FLAW_NAMES);
  const bad = badSet(number, place.layout, flaw);
  const startedMs = Date.now();
  put(drill, number, bad.files);
  spread.add('bad set');
  if (patience !== 'until it is seen') {
    await wait(drill, patience);
    return;
  }
  await untilRight(`set ${String(number)} with ${flaw} to be refused`, drill.wrong, async () => {
    const { last_rejected: rejected } = await status();
    if (rejected === undefined || Date.parse(rejected.rejected_at) < startedMs) return false;
    const { findings } = rejected;
    return findings.some(({ code, line = 0 }) => code === bad.code && line === bad.line);
  });
  spread.add('bad set seen');
  spread.add(flaw);
}

function put(drill: Drill, number: number, files: readonly SetFile[]): void {
  if (drill.place.put(files)) return;
  drill.spread.add('set that came slowly');
  drill.slow.add(String(number)).add(String(number - 1));
}

/** So that the next set comes at any point of the reading of this one. */
async function wait({ source, wrong }: Drill, patience: Patience): Promise<void> {
  if (patience === 'for a moment') {
    await setTimeout(source.below(STORM_PAUSE_MS));
    return;
  }
  const enough = load.answered() + source.below(MOST_ANSWERS);
  await untilRight('further answers', wrong, () => load.answered() >= enough);
}

function patienceFor({ source }: Drill, number: number): Patience {
  if (number % BETWEEN_STORMS > BETWEEN_STORMS - STORM) return 'for a moment';
  return chance(source, 75) ? 'until it is seen' : 'for some answers';
}

/** Puts one set after the other, and in the end a bad one and a good one. */
async function swap(drill: Drill, swaps: number): Promise<void> {
  const { source, spread } = drill;
  for (let number = 2; number < swaps; number += 1) {
    const patience = patienceFor(drill, number);
    const putNext = chance(source, 60) ? putGood : putBad;
    await putNext(drill, number, patience);
    spread.add(`waited ${patience}`);
    expect(drill.wrong).toEqual([]);
  }
  await putBad(drill, swaps, 'until it is seen');
  const { active } = await status();
  expect(drill.good.has(active.bundle.revision)).toBe(true);
  expect(await sourcesCheck()).toContain('degraded: the last reading was refused');
  expect(await metric('ambit_sources_rejected')).toBe(1);
  const refused = await metric('ambit_reloads_total', { outcome: 'rejected' });
  expect(refused).toBeGreaterThanOrEqual(spread.of('bad set seen'));
  await putGood(drill, swaps + 1, 'until it is seen');
}

async function sourcesCheck(): Promise<string | undefined> {
  const { status: code, text } = await ask({ address: diagnosticsAt(folder) }, '/readyz?verbose');
  expect(code).toBe(200);
  return text.split('\n').find((line) => line.includes('sources'));
}

async function metric(name: string, labels: Record<string, string> = {}): Promise<number> {
  const { text } = await ask({ address: diagnosticsAt(folder) }, '/metrics');
  return valueOf(parseMetrics(text, 'text'), name, labels) ?? 0;
}

async function start(drill: Drill): Promise<void> {
  service = startDrillProcess({
    args: ['--policy', drill.place.path, '--diagnostics', diagnosticsAt(folder)],
    listen: ['127.0.0.1:0'],
  });
  const [address = ''] = await service.listening();
  policies = openOwnClient('ambit.v1.PolicyService', address);
  load = startLoad({
    addresses: [address],
    callers: 3,
    streamers: 2,
    next: () => nextQuestion(drill),
  });
}

describe('policies that are replaced under a load of decisions and streams', () => {
  it.each(Object.keys(WAYS))('decide whole or not at all: %s', async (way) => {
    const drill = createDrill(way);
    const { spread } = drill;
    await start(drill);
    await swap(drill, runs(SWAPS));
    await load.stop();

    expect(drill.wrong).toEqual([]);
    expect(load.answered()).toBe(load.asked());
    const { opened, ended } = load.streams();
    expect(ended).toBe(opened);

    const { bundle } = (await status()).active;
    expect(bundle.revision).toBe(String(runs(SWAPS) + 1));
    expect(drill.seen).toBe(Number(bundle.revision));
    expect(await sourcesCheck()).toBe('[+]sources ok');
    expect(await metric('ambit_reloads_total', { outcome: 'activated' })).toBe(
      Number(bundle.sequence),
    );
    report(way, spread);
    spread.expectAtLeast(36, 'good set');
    spread.expectAtLeast(20, 'bad set', 'waited for a moment');
    spread.expectAtLeast(12, 'good set seen', 'bad set seen');
    spread.expectAtLeast(8, 'revision that decided');
    spread.expectAtLeast(10 * SWAPS, 'answer');
  });
});
