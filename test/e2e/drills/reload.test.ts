import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Client } from '@grpc/grpc-js';

import { answerOf } from '../../contract/support/client';
import type { Message, Outcome } from '../../contract/support/client';
import { chance, pick, seededSource } from '../../generators/source';
import type { Source } from '../../generators/source';
import { runs, SEED, Spread } from '../../laws/support/runs';
import { ask } from '../../pep/http/support/diagnostics';
import { parseMetrics, valueOf } from '../../platform/metrics/support/parse-metrics';
import { until } from '../support/wait';
import { diagnosticsAt, startDrillProcess } from './support/drill-process';
import type { DrillProcess } from './support/drill-process';
import { startLoad } from './support/load';
import type { Asked } from './support/load';
import {
  badSet,
  CANDIDATES,
  describeAnswer,
  expectedAnswer,
  FLAW_NAMES,
  goodSet,
} from './support/numbered-sets';
import type { BadSet } from './support/numbered-sets';
import { openOwnClient } from './support/own-client';
import { WAYS } from './support/swaps';
import type { Place } from './support/swaps';

/** Swaps of one test, before they are made more or fewer. */
const SWAPS = 50;

let folder = '';
let service: DrillProcess;
let policies: Client;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-reload-'));
});

afterEach(async () => {
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

interface Named {
  readonly bundle: { readonly revision: string; readonly digest: string };
}

function judge(drill: Drill, answer: Message, floor: number): void {
  const { revision } = (answer as unknown as Named).bundle;
  if (drill.slow.has(revision)) {
    drill.spread.add('answer of a set that came slowly');
    return;
  }
  const said = describeAnswer(answer);
  if (said !== drill.good.get(revision)) {
    drill.wrong.push(
      `revision ${revision} answered\n${said}\nand not\n${String(drill.good.get(revision))}`,
    );
  }
  if (Number(revision) < floor) drill.wrong.push(`revision ${revision} after ${String(floor)}`);
  if (Number(revision) > drill.seen) {
    drill.seen = Number(revision);
    drill.spread.add('revision that decided');
  }
  drill.spread.add('answer');
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

interface Status {
  readonly active: { readonly bundle: { readonly revision: string } };
  readonly last_rejected: {
    readonly rejected_at: string;
    readonly findings: readonly { readonly code: string; readonly line: number }[];
  } | null;
}

const status = async (): Promise<Status> =>
  (await answerOf(policies, 'GetStatus', {})) as unknown as Status;

/** Puts a good set; returns its number once it decides, or at once where nobody waits. */
async function putGood(drill: Drill, number: number, waits: boolean): Promise<void> {
  const { place, good, spread } = drill;
  const revision = String(number);
  good.set(revision, expectedAnswer(number, place.layout, place.directory));
  put(drill, number, goodSet(number, place.layout));
  spread.add('good set');
  if (!waits) return;
  await until(`revision ${revision} to decide`, async () => {
    const { active, last_rejected: rejected } = await status();
    return active.bundle.revision === revision && rejected == null ? true : undefined;
  });
  spread.add('good set seen');
}

async function putBad(drill: Drill, number: number, waits: boolean): Promise<void> {
  const { place, spread, source } = drill;
  const flaw = pick(source, FLAW_NAMES);
  const bad = badSet(number, place.layout, flaw);
  const startedMs = Date.now();
  put(drill, number, bad.files);
  spread.add('bad set');
  if (!waits) return;
  await until(`set ${String(number)} with ${flaw} to be refused`, async () => {
    const { last_rejected: rejected } = await status();
    if (rejected === null || Date.parse(rejected.rejected_at) < startedMs) return undefined;
    return rejected.findings.some(({ code, line }) => code === bad.code && line === bad.line)
      ? true
      : undefined;
  });
  spread.add('bad set seen');
  spread.add(flaw);
}

function put(drill: Drill, number: number, files: BadSet['files']): void {
  if (drill.place.put(files)) return;
  drill.spread.add('set that came slowly');
  drill.slow.add(String(number)).add(String(number - 1));
}

describe('policies are replaced under a load of decisions and streams', () => {
  it.each(Object.keys(WAYS))('whole or not at all: %s', async (way) => {
    const source = seededSource(SEED ^ way.length);
    const place = WAYS[way]?.(folder, source);
    if (place === undefined) throw new Error('there is no such way');
    const spread = new Spread();
    const drill: Drill = {
      place,
      source,
      spread,
      good: new Map([['1', expectedAnswer(1, place.layout, place.directory)]]),
      seen: 1,
      wrong: [],
      slow: new Set(),
    };
    place.put(goodSet(1, place.layout));
    const diagnostics = diagnosticsAt(folder);
    service = startDrillProcess({
      args: ['--policy', place.path, '--diagnostics', diagnostics],
      listen: ['127.0.0.1:0'],
    });
    const [address = ''] = await service.listening();
    policies = openOwnClient('ambit.v1.PolicyService', address);
    const load = startLoad({ address, callers: 3, streamers: 2, next: () => nextQuestion(drill) });

    const swaps = runs(SWAPS);
    let lastGood = 1;
    let last: 'good' | 'bad' = 'good';
    for (let number = 2; number <= swaps + 1; number += 1) {
      const waits = number > swaps || chance(source, 75);
      last = chance(source, 60) ? 'good' : 'bad';
      if (last === 'good') {
        lastGood = number;
        await putGood(drill, number, waits);
      } else await putBad(drill, number, waits);
      expect(drill.wrong).toEqual([]);
    }
    await load.stop();
    expect(drill.wrong).toEqual([]);
    expect(load.answered()).toBe(load.asked());
    const { opened, ended } = load.streams();
    expect(ended).toBe(opened);

    const { active, last_rejected: rejected } = await status();
    console.log(way, spread.toString(), opened, load.asked(), active, rejected, lastGood, last);
  });
});
