import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runs } from '../../laws/support/runs';
import { createAuditSite, headIn } from '../drills/support/audit-site';
import type { DrillProcess } from '../drills/support/drill-process';
import { startLoad, type Load } from '../drills/support/load';
import { reportSeries } from '../drills/support/report';
import { lineTexts, readAccount } from '../drills/support/trail-lines';
import { until } from '../support/wait';
import { startOtlp } from './otlp';
import { startPostgres } from './postgres';
import { withoutRepeats, type SinkRig } from './rig';
import { createSinkService, differences, otlpEntry, postgresEntry } from './sink-service';
import { startSlowLine, type SlowLine } from './slow-line';

/** A long run (`TEST_RUNS` of 5 and more) asks for a minute, over a line that no whole batch passes in time. */
const IS_LONG = runs(2) >= 10;
const LINE_BYTES_PER_SECOND = IS_LONG ? 20_000 : 100_000;
const LEAST_MS = IS_LONG ? 60_000 : 0;

/** Answers until it is looked at what the service holds; a record of them has some 8 kB. */
const ANSWERS = 3000;

/** Milliseconds for catching up, which writes everything that was missed. */
const CATCH_UP_MS = 600_000;
const TIMEOUT_MS = LEAST_MS + 3 * CATCH_UP_MS;

/**
 * Bytes that a service with a sink may hold beyond one without: a batch of 1 MB is there as its lines, as what is sent of
 * them and as what the connection has not taken, each with up to two bytes a character, and something is compiled for
 * it. Far less than what the sink lacks by then, which a service that queued it would hold.
 */
const MOST_MORE_BYTES = 12_000_000;

/** How far behind a sink is at least when that is looked at, in bytes of the trail. */
const LEAST_BEHIND_BYTES = 1.5 * MOST_MORE_BYTES;

/** Looks at the memory in one run. */
const LOOKS = 5;

const CANDIDATES = Array.from({ length: 60 }, (_, index) => ({
  ref: `r${String(index)}`,
  target: 'p/keeps',
}));

const folders: string[] = [];
let service: DrillProcess | undefined;
let load: Load | undefined;
let line: SlowLine | undefined;
let server: SinkRig | undefined;

function makeFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'ambit-slow-sink-'));
  folders.push(made);
  return made;
}

afterEach(async () => {
  service?.signal('SIGKILL');
  await load?.stop();
  await line?.close();
  await server?.stop();
  for (const each of folders.splice(0)) rmSync(each, { recursive: true });
});

/** What a service held, in bytes, and which decisions it answered. */
interface Run {
  readonly held: readonly number[];
  readonly resident: readonly number[];
  readonly ids: readonly string[];
  readonly wrong: readonly string[];
}

interface Memory {
  readonly held: number;
  readonly resident: number;
}

/** What is no garbage, with what stands outside of the heap, as buffers do. */
async function memoryOf(process: DrillProcess): Promise<Memory> {
  const told = (): readonly Memory[] =>
    process.log().flatMap(({ msg, heapUsed, external, rss }) => {
      const held = Number(heapUsed) + Number(external);
      return msg === 'memory witness' ? [{ held, resident: Number(rss) }] : [];
    });
  const before = told().length;
  process.signal('SIGUSR2');
  return until('the witness', () => told()[before]);
}

/** Asks until there were enough answers and enough time; every call must be answered and allowed. */
async function askAll(asked: DrillProcess, isBehind = (): boolean => true): Promise<Run> {
  const addresses = await asked.listening();
  const ids: string[] = [];
  const wrong: string[] = [];
  const request = { context: { scope: { data: 'open' } }, candidates: CANDIDATES };
  load = startLoad({
    ...{ addresses, callers: 4, streamers: 1 },
    next: () => ({
      request,
      told: (outcome) => {
        if ('answer' in outcome && outcome.answer['outcome'] === 'OUTCOME_ALLOW')
          ids.push(String(outcome.answer['decision_id']));
        else wrong.push(JSON.stringify(outcome));
      },
    }),
  });
  const looks: Memory[] = [];
  const startMs = performance.now();
  for (let look = 1; look <= LOOKS; look += 1) {
    const part = look / LOOKS;
    const isTime = (): boolean => performance.now() - startMs >= LEAST_MS * part;
    const isEnough = (): true | undefined =>
      ids.length + wrong.length >= ANSWERS * part && isTime() && (part < 1 || isBehind())
        ? true
        : undefined;
    await until('a part of the answers', isEnough, CATCH_UP_MS);
    looks.push(await memoryOf(asked));
  }
  await load.stop();
  expect([load.asked(), load.answered()]).toEqual([ids.length, ids.length]);
  return { held: looks.map((l) => l.held), resident: looks.map((l) => l.resident), ids, wrong };
}

async function end(ending: DrillProcess): Promise<void> {
  ending.signal('SIGTERM');
  expect(await ending.ended()).toEqual({ code: 0, signal: null });
}

/** The same service without a sink, for what it holds. */
async function runWithout(): Promise<Run> {
  service = createAuditSite(makeFolder(), { mode: 'strict' }).start();
  const run = await askAll(service);
  await end(service);
  return run;
}

/**
 * However slow the machine is, the load goes on until the sink lacks enough. What the line took is subtracted twice, as
 * what the sink has by now and as what is subtracted from what it lacks later.
 */
function isFarBehind(trail: string): boolean {
  const sizes = readdirSync(trail)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => statSync(join(trail, name)).size);
  const written = sizes.reduce((sum, size) => sum + size, 0);
  return written - 2 * (line?.passed() ?? 0) > LEAST_BEHIND_BYTES;
}

const most = (values: readonly number[]): number => Math.max(...values);

const KINDS = {
  postgres: async () => {
    const rig = await startPostgres(makeFolder());
    line = await startSlowLine(rig.config.port, LINE_BYTES_PER_SECOND);
    return { rig, entry: postgresEntry({ ...rig.config, port: line.port }) };
  },
  otlp: async () => {
    const rig = await startOtlp(makeFolder());
    line = await startSlowLine(Number(new URL(rig.config.url).port), LINE_BYTES_PER_SECOND);
    const url = `http://127.0.0.1:${String(line.port)}/v1/logs`;
    return { rig, entry: otlpEntry({ ...rig.config, url }) };
  },
} as const;

describe('a service that decides more than its sink takes', () => {
  it.each(['postgres', 'otlp'] as const)(
    'answers everything, holds one batch, tells how far %s is behind, and catches up in full',
    async (kind) => {
      const without = await runWithout();
      const { rig, entry } = await KINDS[kind]();
      server = rig;
      const sinks = createSinkService(makeFolder(), [entry]);
      service = sinks.start();
      const run = await askAll(service, () => isFarBehind(sinks.site.trail));
      reportSeries(`slow ${kind}, bytes held without it`, without.held);
      reportSeries(`slow ${kind}, bytes held with it`, run.held);
      reportSeries(`slow ${kind}, resident bytes without it`, without.resident);
      reportSeries(`slow ${kind}, resident bytes with it`, run.resident);
      expect(run.wrong).toEqual([]);

      const behind = await sinks.gauges(kind);
      const passed = line?.passed() ?? 0;
      const written = lineTexts(sinks.site.trail);
      // Nothing is decided any more, and what the sink takes meanwhile moves both numbers.
      expect(behind.sequence + behind.lag).toBe(written.length);
      const lacks = written.slice(behind.sequence).join('').length;
      reportSeries(`slow ${kind}, lines and bytes behind, bytes passed`, [
        behind.lag,
        lacks,
        passed,
      ]);
      expect(lacks - passed).toBeGreaterThan(LEAST_BEHIND_BYTES);
      const more = most(run.held) - most(without.held);
      expect([more, more < MOST_MORE_BYTES]).toEqual([more, true]);

      line?.lift();
      const isThere = async (): Promise<true | undefined> => {
        const { lag, failing } = await sinks.gauges(kind);
        return lag === 0 && failing === 0 ? true : undefined;
      };
      await until(`all lines to be in ${kind}`, isThere, CATCH_UP_MS);
      await end(service);
      const texts = lineTexts(sinks.site.trail);
      const received = withoutRepeats(await rig.received());
      expect(differences(received, texts).slice(0, 5)).toEqual([]);
      expect(received.length).toBeGreaterThanOrEqual(written.length);
      const account = readAccount(sinks.site.trail);
      expect(account.gaps).toEqual({});
      expect([...account.ids].sort()).toEqual([...run.ids].sort());
      expect(sinks.site.verify(headIn(service.log()))).toMatchObject({ code: 0, stderr: '' });
    },
    TIMEOUT_MS,
  );
});
