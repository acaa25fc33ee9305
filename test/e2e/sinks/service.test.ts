import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { seededSource } from '../../generators/source';
import { runs, SEED, Spread } from '../../laws/support/runs';
import { createAuditQuestions } from '../drills/support/audit-questions';
import { headIn } from '../drills/support/audit-site';
import type { DrillProcess } from '../drills/support/drill-process';
import { startLoad, type Load } from '../drills/support/load';
import { reportSeries } from '../drills/support/report';
import { lineTexts, readAccount } from '../drills/support/trail-lines';
import { until } from '../support/wait';
import { startNats } from './nats';
import { startPostgres } from './postgres';
import { withoutRepeats, type SinkRig } from './rig';
import {
  createSinkService,
  differences,
  natsEntry,
  postgresEntry,
  STDOUT_ENTRY,
  type SinkService,
} from './sink-service';

/** Milliseconds for which a server is away; in a long run (`TEST_RUNS` of 5 and more) three minutes. */
const OUTAGE_MS = runs(2) >= 10 ? 180_000 : 5_000;

/** Milliseconds for catching up: the longest wait between two attempts is 30 s, and what was missed is brought over. */
const CATCH_UP_MS = OUTAGE_MS + 600_000;

/** Milliseconds for a whole test. */
const TIMEOUT_MS = OUTAGE_MS + 3 * CATCH_UP_MS;

/** Answers that are waited for at a time. */
const ANSWERS = 300;

/** What a service answers that ends. */
const SHUTTING_DOWN = 'OUTCOME_BLOCK shutting_down';

type Server = 'postgres' | 'nats';

interface Drill {
  readonly service: SinkService;
  readonly servers: Readonly<Record<Server, SinkRig>>;
  readonly spread: Spread;
  readonly questions: ReturnType<typeof createAuditQuestions>;
  /** The logs of the processes before. */
  readonly logs: (readonly Readonly<Record<string, unknown>>[])[];
}

const folders: string[] = [];
let process: DrillProcess | undefined;
let load: Load | undefined;
let servers: readonly SinkRig[] = [];

function makeFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'ambit-sink-service-'));
  folders.push(made);
  return made;
}

async function createDrill(): Promise<Drill> {
  const postgres = await startPostgres(makeFolder());
  servers = [postgres];
  const nats = await startNats(makeFolder());
  servers = [postgres, nats];
  const entries = [postgresEntry(postgres.config), natsEntry(nats.config), STDOUT_ENTRY];
  const spread = new Spread();
  return {
    ...{ service: createSinkService(makeFolder(), entries), servers: { postgres, nats }, spread },
    ...{ questions: createAuditQuestions(seededSource(SEED), spread), logs: [] },
  };
}

afterEach(async () => {
  process?.signal('SIGKILL');
  await load?.stop();
  for (const each of servers) await each.stop();
  servers = [];
  for (const each of folders.splice(0)) rmSync(each, { recursive: true });
});

async function begin({ service, questions, logs }: Drill): Promise<Load> {
  process = service.start();
  logs.push(process.log());
  const addresses = await process.listening();
  load = startLoad({ addresses, callers: 2, streamers: 1, next: questions.next });
  return load;
}

/** Asks until so many more answers are there. */
async function answers(asking: Load): Promise<void> {
  const enough = asking.answered() + ANSWERS;
  await until('answers', () => (asking.answered() >= enough ? true : undefined));
}

/** Ends the service, and starts it again while the server is away. */
async function restart(drill: Drill, signal: 'SIGTERM' | 'SIGKILL'): Promise<Load> {
  const code = signal === 'SIGTERM' ? 0 : null;
  process?.signal(signal);
  expect((await process?.ended())?.code).toBe(code);
  await load?.stop();
  return begin(drill);
}

/** A server is away for a while; what the sink lacks meanwhile, in lines. */
async function playOutage(
  drill: Drill,
  server: Server,
  ending: 'SIGTERM' | 'SIGKILL' | undefined,
): Promise<readonly number[]> {
  const { service, servers: all } = drill;
  const lags: number[] = [];
  const look = async (): Promise<void> => {
    lags.push((await service.gauges(server)).lag);
  };
  await all[server].server.kill();
  const away = setTimeout(OUTAGE_MS);
  const asking = ending === undefined ? load : await restart(drill, ending);
  if (asking === undefined) throw new Error('nobody asks');
  for (let round = 0; round < 3; round += 1) {
    await answers(asking);
    await look();
  }
  await away;
  await look();
  expect(await service.gauges(server)).toMatchObject({ failing: 1 });
  await all[server].server.start();
  return lags;
}

async function caughtUp({ service }: Drill, sink: string): Promise<void> {
  const isThere = async (): Promise<true | undefined> => {
    const { lag, failing } = await service.gauges(sink);
    return lag === 0 && failing === 0 ? true : undefined;
  };
  await until(`all lines to be in ${sink}`, isThere, CATCH_UP_MS);
}

function expectLog({ logs }: Drill, server: Server): void {
  const words = logs.flat().filter(({ sink }) => sink === server);
  const [failed, back] = ['the sink does not take lines', 'the sink takes lines again'].map(
    (start) => words.filter(({ msg }) => String(msg).startsWith(start)).length,
  );
  expect(failed).toBeGreaterThan(0);
  expect(back).toBe(1);
  expect(logs.flat().filter(({ sink }) => sink !== undefined && sink !== server)).toEqual([]);
}

const CASES = [
  { server: 'postgres', ending: undefined },
  { server: 'nats', ending: undefined },
  { server: 'postgres', ending: 'SIGKILL' },
  { server: 'nats', ending: 'SIGTERM' },
] as const;

const TITLE =
  'has every line, byte by byte and once, after an outage of $server (service: $ending)';

describe('the sinks of a service that is asked all the time', () => {
  it.each(CASES)(
    TITLE,
    async ({ server, ending }) => {
      const drill = await createDrill();
      const { service, questions, spread } = drill;
      await answers(await begin(drill));
      for (const sink of ['postgres', 'nats', 'lines']) {
        const some = async (): Promise<true | undefined> =>
          (await service.gauges(sink)).sequence > 0 ? true : undefined;
        await until(`some lines in ${sink}`, some);
      }
      const lags = await playOutage(drill, server, ending);
      reportSeries(`sinks, outage of ${server}, lines of lag`, lags);
      // Each look but the last came after so many more answers; a line is a record or something else.
      expect(lags.slice(1, 3).map((lag, index) => lag - (lags[index] ?? 0) > ANSWERS / 2)).toEqual([
        true,
        true,
      ]);
      await answers(load ?? (await begin(drill)));
      await load?.stop();
      for (const sink of ['postgres', 'nats', 'lines']) await caughtUp(drill, sink);
      const { sequence } = await service.gauges('lines');
      process?.signal('SIGTERM');
      expect((await process?.ended())?.code).toBe(0);
      const texts = lineTexts(service.site.trail);
      const output = service.output();
      const received = {
        postgres: await drill.servers.postgres.received(),
        nats: await drill.servers.nats.received(),
        lines: withoutRepeats(output),
      };
      for (const [sink, lines] of Object.entries(received)) {
        expect([sink, differences(lines, texts).slice(0, 5)]).toEqual([sink, []]);
        // What a service writes at its very end comes with the next one.
        expect(lines.length).toBeGreaterThanOrEqual(sequence);
      }
      if (ending !== 'SIGKILL') expect(output).toHaveLength(received.lines.length);
      const asked = questions.takeAnswered();
      const leaving = asked.filter(({ answer }) => answer.said === SHUTTING_DOWN);
      if (ending !== 'SIGTERM') expect(leaving).toEqual([]);
      const answered = asked.filter((each) => !leaving.includes(each));
      for (const { says, answer } of answered) expect(answer.said).toBe(says);
      const recorded = new Set(readAccount(service.site.trail).ids);
      expect(answered.filter(({ answer }) => !recorded.has(answer.id))).toEqual([]);
      spread.expectAtLeast(ANSWERS / 10, 'OUTCOME_ALLOW p/keeps', 'OUTCOME_WARN p/keeps');
      expectLog(drill, server);
      expect(service.site.verify(headIn(process?.log() ?? []))).toMatchObject({ code: 0 });
    },
    TIMEOUT_MS,
  );
});
