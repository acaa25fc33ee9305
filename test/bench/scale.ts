import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { DecideResponse } from '../../src/gen/ambit/v1/decision';
import { ListEligibleRequest, ListEligibleResponse } from '../../src/gen/ambit/v1/decision_service';
import { Candidate, DecideRequest } from '../../src/gen/ambit/v1/request';
import { askOnce, DECIDE_PATH } from './ask-once';
import { findMain, makeBenchFolder } from './bench-folder';
import { cpuMicrosecondsOf, residentMibOf } from './cpu-time';
import { largeCatalogFile, largeCatalogPolicy, readLargeCatalog } from './large-catalog';
import type { ModelsByProvider } from './large-catalog';
import { loadInStages } from './load-stages';
import { describeMachine } from './machine';
import { startServer } from './processes';
import type { ServerProcess } from './processes';
import { formatSpread, formatTable, spreadOf } from './statistics';

const LIST_PATH = '/ambit.v1.DecisionService/ListEligible';

/** Candidates of the decision that is measured. */
const CANDIDATES = 512;

/** Times that a served call is made; the first one is told apart. */
const CALLS = 50;

/** Any instant: nothing in the catalog expires. */
const NOW_MS = Date.UTC(2026, 0, 1);

/** One line of the table: what, and how much of it. */
type Line = readonly [what: string, value: string];

/** Measures the largest known catalog: how long it takes to load, what it weighs, how fast it decides. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { main: { type: 'string' }, rounds: { type: 'string', default: '3' } },
  });
  const { models, from } = readLargeCatalog();
  const folder = makeBenchFolder();
  const policy = join(folder, 'policy.yaml');
  const catalog = join(folder, 'catalog.yaml');
  writeFileSync(policy, largeCatalogPolicy());
  writeFileSync(catalog, largeCatalogFile(models));
  const serve = ['serve', '--policy', policy, '--catalog', catalog, '--listen', '127.0.0.1:0'];
  const lines: Line[] = [
    [
      'providers x models',
      `${String(models.size)} x ${String(targetIds(models).length)} (${from})`,
    ],
    ['catalog file, MB', (statSync(catalog).size / 1e6).toFixed(2)],
    ...stageLines([policy, catalog], Number(values.rounds)),
    ...(await servedLines([findMain(values.main), ...serve], models)),
  ];
  process.stdout.write(`${describeMachine()}\n\n${formatTable(['what', 'value'], lines)}\n`);
  return 0;
}

function targetIds(models: ModelsByProvider): readonly string[] {
  return [...models].flatMap(([provider, names]) => names.map((name) => `${provider}/${name}`));
}

/** Each stage of loading in this process. The first round is that of a program which has just started. */
function stageLines(files: readonly string[], rounds: number): readonly Line[] {
  const all = Array.from({ length: rounds }, () => {
    const startMs = performance.now();
    const sources = files.map((name) => ({ name, text: readFileSync(name, 'utf8') }));
    const readMs = performance.now() - startMs;
    return new Map([['read', readMs], ...loadInStages(sources, NOW_MS).stagesMs]);
  });
  const [first] = all;
  return [...(first ?? [])].map(([stage, ms]): Line => {
    const later = spreadOf(all.slice(1).map((each) => each.get(stage) ?? NaN));
    return [`${stage}, ms: first, later`, `${ms.toFixed(0)}, ${formatSpread(later, 0)}`];
  });
}

async function servedLines(
  args: readonly string[],
  models: ModelsByProvider,
): Promise<readonly Line[]> {
  const startMs = performance.now();
  const server = await startServer(args);
  const readyMs = performance.now() - startMs;
  try {
    const restMib = residentMibOf(server.pid);
    const startCpuMs = cpuMicrosecondsOf(server.pid) / 1000;
    return [
      ['served: start to listening, ms', readyMs.toFixed(0)],
      ['served: CPU until then, ms', startCpuMs.toFixed(0)],
      ['served: resident memory at rest, MiB', restMib.toFixed(0)],
      ...(await callLines(server, 'Decide over 512', DECIDE_PATH, decideMessage(models))),
      ...(await callLines(server, 'ListEligible, first page of 256', LIST_PATH, listMessage())),
      ['served: resident memory afterwards, MiB', residentMibOf(server.pid).toFixed(0)],
    ];
  } finally {
    await server.stop();
  }
}

/** Candidates from all over the catalog. */
function decideMessage(models: ModelsByProvider): Buffer {
  const ids = targetIds(models);
  const candidates = Array.from({ length: CANDIDATES }, (_, index) =>
    Candidate.create({ target: ids[Math.floor((index * ids.length) / CANDIDATES)] ?? '' }),
  );
  const request: DecideRequest = { ...DecideRequest.create({ requestId: 'large' }), candidates };
  return Buffer.from(DecideRequest.encode(request).finish());
}

function listMessage(): Buffer {
  return Buffer.from(ListEligibleRequest.encode(ListEligibleRequest.create()).finish());
}

async function callLines(
  server: ServerProcess,
  name: string,
  path: string,
  message: Buffer,
): Promise<readonly Line[]> {
  const times: number[] = [];
  let answer = Buffer.alloc(0);
  for (let call = 0; call < CALLS; call += 1) {
    const startMs = performance.now();
    answer = Buffer.from(await askOnce(server.address, message, path));
    times.push(performance.now() - startMs);
  }
  const { eligible, verdicts } =
    path === DECIDE_PATH ? DecideResponse.decode(answer) : ListEligibleResponse.decode(answer);
  const [firstMs = NaN, ...later] = times;
  return [
    [`${name}: eligible, verdicts`, `${String(eligible.length)}, ${String(verdicts.length)}`],
    [`${name}: answer, bytes`, String(answer.length)],
    [
      `${name}: first, later, ms with connecting`,
      `${firstMs.toFixed(1)}, ${formatSpread(spreadOf(later), 2)}`,
    ],
  ];
}
