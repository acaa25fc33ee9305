import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { readDecideOptions } from './decide-options';
import type { DecideOptions } from './decide-options';
import type { LoadResult } from './load-client';
import { describeMachine } from './machine';
import { runLoad, startServer } from './processes';
import type { ServerProcess } from './processes';
import { LOAD_CLIENT, loadOrderOf, setScene } from './scene';
import type { Scene } from './scene';
import { startSlowReceiver } from './slow-receiver';
import { formatSpread, formatTable, spreadOf } from './statistics';

/** How evidence is kept; the first is what the others are compared with. */
const WAYS = ['none', 'counted', 'strict', 'strict, slow sink'] as const;

/** What the slow sink takes in a second: less than the trail grows by under any of these loads. */
const SLOW_BYTES_PER_SECOND = 200_000;

/** Calls at a time. */
const IN_FLIGHT = [1, 32] as const;

const FIRST_WARM_ANSWERS = 4000;
const WARM_ANSWERS = 1000;
const WINDOW_ANSWERS = 3000;

interface Subject {
  readonly way: (typeof WAYS)[number];
  readonly server: ServerProcess;
  readonly results: Map<number, LoadResult[]>;
}

/** Measures what evidence costs in throughput and latency, as ratios to a service that keeps none. */
export async function main(args: readonly string[]): Promise<number> {
  const options = readDecideOptions(args);
  const [candidates = 64] = options.candidates;
  const scene = setScene(options, { candidates, detail: 'reasons' });
  const before = describeMachine();
  const subjects: Subject[] = [];
  const receiver = await startSlowReceiver(SLOW_BYTES_PER_SECOND);
  try {
    for (const way of WAYS) {
      const server = await startServer(argsOf(scene, way, receiver.url));
      subjects.push({ way, server, results: new Map() });
    }
    for (let round = 0; round < options.rounds; round += 1) {
      // Whoever is first changes from round to round.
      const order = subjects.map((_, index) => subjects[(index + round) % subjects.length]);
      for (const subject of order) {
        if (subject !== undefined) await measure(options, scene, { subject, round });
      }
      process.stderr.write(`round ${String(round + 1)} of ${String(options.rounds)}\n`);
    }
  } finally {
    await Promise.all(subjects.map(({ server }) => server.stop()));
    receiver.close();
  }
  process.stdout.write(`${before}\n${describeMachine()}\n\n${tableOf(subjects)}\n`);
  return 0;
}

/** A machine that others use, too, may stand still for longer than a service should; what is shed is not measured here. */
const LIMITS = { event_loop_delay_ms: 10_000 };

/** The trail is where the policies are: on a disk, or the time of a sync says nothing. */
function argsOf({ folder, ambitArgs }: Scene, way: Subject['way'], url: string): readonly string[] {
  const config = join(folder, `${way}.yaml`);
  const [mode = '', sink] = way.split(', ');
  const sinks = sink === undefined ? {} : { sinks: [{ name: 'slow', kind: 'otlp', url }] };
  const audit = way === 'none' ? {} : { audit: { ...auditIn(folder, way), mode, ...sinks } };
  const spec = { limits: LIMITS, ...audit };
  writeFileSync(config, JSON.stringify({ apiVersion: 'ambit/v1', kind: 'Service', spec }));
  return [...ambitArgs, '--config', config];
}

function auditIn(folder: string, name: string): object {
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = join(folder, `${name}.pem`);
  writeFileSync(key, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  return { directory: join(folder, name), private_key: { file: key } };
}

async function measure(
  options: DecideOptions,
  scene: Scene,
  { subject, round }: { readonly subject: Subject; readonly round: number },
): Promise<void> {
  const { server, results } = subject;
  for (const inFlight of IN_FLIGHT) {
    const isFirst = round === 0 && inFlight === IN_FLIGHT[0];
    const result = await runLoad(LOAD_CLIENT, {
      ...loadOrderOf({ ...options, inFlight }, scene, server),
      warmAnswers: isFirst ? FIRST_WARM_ANSWERS : WARM_ANSWERS,
      windowAnswers: WINDOW_ANSWERS,
    });
    results.set(inFlight, [...(results.get(inFlight) ?? []), result]);
  }
}

function tableOf(subjects: readonly Subject[]): string {
  const [base] = subjects;
  const head = [
    ...['evidence', 'in flight', 'answers a second', 'to none', 'by round'],
    ...['p50 us', 'p99 us', 'CPU us'],
  ];
  const rows = subjects.flatMap((subject) =>
    IN_FLIGHT.map((inFlight) => cellsOf(subject, inFlight, base?.results.get(inFlight) ?? [])),
  );
  return formatTable(head, rows);
}

function cellsOf(
  { way, results }: Subject,
  inFlight: number,
  base: readonly LoadResult[],
): readonly string[] {
  const measured = results.get(inFlight) ?? [];
  const spread = (value: (result: LoadResult) => number): ReturnType<typeof spreadOf> =>
    spreadOf(measured.map(value));
  const speed = spread(({ answersPerSecond }) => answersPerSecond);
  const baseSpeed = spreadOf(base.map(({ answersPerSecond }) => answersPerSecond));
  const ratios = measured.map(
    ({ answersPerSecond }, round) => answersPerSecond / (base[round]?.answersPerSecond ?? NaN),
  );
  return [
    ...[way, String(inFlight), formatSpread(speed, 0)],
    ...[`**${(speed.median / baseSpeed.median).toFixed(2)}**`, formatSpread(spreadOf(ratios), 2)],
    formatSpread(
      spread(({ p50Micros }) => p50Micros),
      0,
    ),
    formatSpread(
      spread(({ p99Micros }) => p99Micros),
      0,
    ),
    formatSpread(spread(({ cpuMicrosPerAnswer }) => cpuMicrosPerAnswer)),
  ];
}
