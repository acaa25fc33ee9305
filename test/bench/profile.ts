import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { askOnce } from './ask-once';
import { sumProfile } from './cpu-profile';
import type { CpuProfile, FunctionTime } from './cpu-profile';
import { readDecideOptions } from './decide-options';
import type { DecideOptions } from './decide-options';
import type { LoadResult } from './load-client';
import { describeMachine } from './machine';
import { runLoad, startServer } from './processes';
import { emptyServerArgs, LOAD_CLIENT, loadOrderOf, setScene } from './scene';
import type { Scene } from './scene';
import { formatTable } from './statistics';

const SAMPLE_MICROS = 100;
const WARM_ANSWERS = 8000;

/** Functions that each table shows. */
const SHOWN = 25;

/** Which part of the program a place belongs to, the first that fits. */
const PARTS: readonly (readonly [part: string, prefix: RegExp])[] = [
  [
    'ambit: reading the request',
    /^src\/pep\/(grpc\/(decode|request-|part-|strict|wire-cursor|wire-schema|from-wire|context-|candidates-|claims-from|preferences-)|incoming)/,
  ],
  [
    'ambit: writing the answer',
    /^src\/pep\/grpc\/(encode|answer-|verdict-|reason-|wire-chunks|trace-)/,
  ],
  ['ambit: the rest of the edge', /^src\/pep\//],
  ['ambit: service', /^src\/(service|platform)\//],
  ['ambit: core', /^src\/core\//],
  ['ambit: generated code and protobuf library', /^(src\/gen\/|@bufbuild\/)/],
  ['ambit: others', /^src\//],
  ['grpc-js', /^@grpc\//],
  ['log: pino', /^(pino|@pinojs|sonic-boom)\//],
  ['node: http2', /^node:internal\/http2\//],
  ['node: streams and events', /^node:(internal\/streams\/|internal\/stream_|events|stream)/],
  ['node: others', /^node:/],
];

/** What a profile shows of one server. */
interface Profile {
  readonly times: readonly FunctionTime[];
  readonly answers: number;
}

/** Profiles a server under load, and prints where its time goes. */
export async function main(args: readonly string[]): Promise<number> {
  const options = readDecideOptions(args);
  process.stdout.write(`${describeMachine()}\n`);
  for (const candidates of options.candidates) {
    for (const detail of options.details) {
      const scene = setScene(options, { candidates, detail });
      const profiled = await profileServer(options, scene, scene.ambitArgs);
      const emptyArgs = emptyServerArgs(scene, profiled.answer);
      const empty = await profileServer(options, scene, emptyArgs);
      process.stdout.write(`\n${String(candidates)} candidates, ${detail}\n\n`);
      process.stdout.write(`${report(profiled, empty)}\n`);
    }
  }
  return 0;
}

async function profileServer(
  options: DecideOptions,
  scene: Scene,
  serverArgs: readonly string[],
): Promise<Profile & { readonly answer: Buffer }> {
  const profiles = mkdtempSync(join(scene.folder, 'profiles-'));
  const sampling = [`--cpu-prof-interval=${String(SAMPLE_MICROS)}`, `--cpu-prof-dir=${profiles}`];
  const server = await startServer(['--cpu-prof', ...sampling, ...serverArgs]);
  const measure = async (): Promise<{ readonly result: LoadResult; readonly answer: Buffer }> => {
    const answer = await askOnce(server.address, scene.firstRequest);
    const order = loadOrderOf(options, scene, server);
    const load = { ...order, warmAnswers: WARM_ANSWERS, windowAnswers: 1 };
    return { answer, result: await runLoad(LOAD_CLIENT, load) };
  };
  const { result, answer } = await measure().finally(() => server.stop());
  const [name = ''] = readdirSync(profiles);
  const profile = JSON.parse(readFileSync(join(profiles, name), 'utf8')) as CpuProfile;
  return { times: sumProfile(profile, result), answers: result.answers, answer };
}

function report(ambit: Profile, empty: Profile): string {
  const { times, answers } = ambit;
  const allMicros = times.reduce((sum, { selfMicros }) => sum + selfMicros, 0);
  const row = (micros: number): readonly string[] => [
    `${((100 * micros) / allMicros).toFixed(1)} %`,
    (micros / answers).toFixed(2),
  ];
  const bySelf = [...times].sort((left, right) => right.selfMicros - left.selfMicros);
  const byTotal = times
    .filter(({ place }) => place.startsWith('src/'))
    .sort((left, right) => right.totalMicros - left.totalMicros);
  return [
    partTable(ambit, empty, row),
    formatTable(
      ['function', 'place', 'share of its own', 'us an answer'],
      bySelf.slice(0, SHOWN).map((each) => [each.name, each.place, ...row(each.selfMicros)]),
    ),
    formatTable(
      ["Ambit's function", 'place', 'share with all it calls', 'us an answer'],
      byTotal.slice(0, SHOWN).map((each) => [each.name, each.place, ...row(each.totalMicros)]),
    ),
  ].join('\n\n');
}

/** The parts of both servers side by side, so that what Ambit adds is seen. */
function partTable(
  ambit: Profile,
  empty: Profile,
  row: (micros: number) => readonly string[],
): string {
  const emptyParts = partTimes(empty.times);
  const parts = [...partTimes(ambit.times)].sort(([, left], [, right]) => right - left);
  return formatTable(
    ['part', 'share', 'us an answer', 'of the empty server'],
    parts.map(([part, micros]) => [
      part,
      ...row(micros),
      ((emptyParts.get(part) ?? 0) / empty.answers).toFixed(2),
    ]),
  );
}

function partTimes(times: readonly FunctionTime[]): ReadonlyMap<string, number> {
  const parts = new Map<string, number>();
  for (const { place, name, selfMicros } of times) {
    const part = PARTS.find(([, prefix]) => prefix.test(place))?.[0] ?? `engine: ${name}`;
    parts.set(part, (parts.get(part) ?? 0) + selfMicros);
  }
  return new Map([...parts].filter(([, micros]) => micros > 0));
}
