import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type { Document } from 'yaml';

import { createAuthority } from '../e2e/support/certificates';
import { startEnvoy } from '../e2e/support/envoy';
import type { Envoy } from '../e2e/support/envoy';
import { find, MANAGER } from '../e2e/support/envoy-config';
import { TARGETS } from '../e2e/support/rig';
import { askAtRate, askTooMuch, CONNECTIONS } from './ask-too-much';
import { findMain, makeBenchFolder } from './bench-folder';
import { frameOf } from './frames';
import { describeMachine } from './machine';
import type { OverloadOrder, OverloadResult } from './overload-client';
import { besideClients, startServer } from './processes';
import type { ServerProcess } from './processes';
import { formatTable } from './statistics';

const PATH = '/v1/chat/completions';
const BODY = JSON.stringify({ model: 'the-model', messages: [{ role: 'user', content: 'word' }] });

/** Requests a second with which the search for the capacity begins, and how it goes on. */
const FIRST_LOAD = 500;
const LOAD_STEP = 1.2;

/** The search ends where less of a load is answered. */
const ANSWERED_SHARE = 0.9;

/** A row of the table, with the names of its columns. */
type Cells = readonly (readonly [name: string, value: string])[];

interface Bench {
  readonly envoy: Envoy;
  readonly folder: string;
  readonly forMs: number;
}

/**
 * Measures what a real Envoy with the shipped configuration answers at twice the capacity of its Ambit, with and without
 * the limit of its cluster, and prints a table in Markdown. `--seconds N` for each load, `--targets N`, `--main FILE`.
 */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      main: { type: 'string' },
      seconds: { type: 'string', default: '10' },
      targets: { type: 'string', default: '16' },
    },
  });
  const envoy = process.env['ENVOY_BIN'] ?? resolve('test/.tools/envoy');
  process.env['ENVOY_BIN'] = besideClients(envoy, makeBenchFolder());
  const before = describeMachine();
  const rows: Cells[] = [];
  for (const [name, isLimited] of LIMITS) {
    const setup = { program: findMain(values.main), targets: Number(values.targets), isLimited };
    const measured = await withBench(setup, Number(values.seconds) * 1000, measure);
    rows.push([['limit of the cluster', name], ...measured]);
  }
  const head = rows[0]?.map(([title]) => title) ?? [];
  const lines = rows.map((cells) => cells.map(([, value]) => value));
  process.stdout.write(`${before}\n${describeMachine()}\n\n${formatTable(head, lines)}\n`);
  return 0;
}

const LIMITS = [
  ['as written', true],
  ['Envoy’s own default', false],
] as const;

interface Setup {
  readonly program: string;
  readonly targets: number;
  readonly isLimited: boolean;
}

async function withBench<Result>(
  { program, targets, isLimited }: Setup,
  forMs: number,
  use: (bench: Bench) => Promise<Result>,
): Promise<Result> {
  const folder = makeBenchFolder();
  const socketFile = join(folder, 'ambit.sock');
  const ambit = await startAmbit(program, folder, { targets, socketFile });
  const envoy = await startEnvoy({
    configFile: resolve('deploy/envoy/recommended.yaml'),
    directory: makeBenchFolder(),
    socketFile,
    caFile: createAuthority(folder).caFile,
    origins: Object.fromEntries(TARGETS.map((target) => [target, { port: 1, key: 'a-key' }])),
    edit: (config) => {
      answerHere(config, isLimited);
    },
  });
  try {
    return await use({ envoy, folder, forMs });
  } finally {
    await envoy.stop();
    await ambit.stop();
  }
}

/** Envoy answers by itself what is allowed, so that Ambit is what the load is too much for. */
function answerHere(config: Document, isLimited: boolean): void {
  const ingress = find(config, ['static_resources', 'listeners'], 'ingress');
  const host = [...MANAGER, 'route_config', 'virtual_hosts', 0];
  const route = { match: { prefix: '/' }, direct_response: { status: 200 } };
  ingress.setIn([...host, 'routes'], config.createNode([route]));
  if (!isLimited) {
    const cluster = find(config, ['static_resources', 'clusters'], 'ambit');
    if (!cluster.delete('circuit_breakers')) throw new Error('the cluster has no limit');
  }
}

function startAmbit(
  program: string,
  folder: string,
  { targets, socketFile }: { readonly targets: number; readonly socketFile: string },
): Promise<ServerProcess> {
  const policy = join(folder, 'policy.yaml');
  const catalog = join(folder, 'catalog.yaml');
  writeFileSync(policy, POLICY);
  writeFileSync(catalog, catalogOf(targets));
  const files = ['--policy', policy, '--catalog', catalog];
  const listen = ['--listen', `unix:${socketFile}`, '--diagnostics', 'none'];
  return startServer([program, 'serve', ...files, ...listen]);
}

/**
 * Expressions may look at each request, so that nothing is kept between decisions and Ambit is what the load is too much
 * for, and not Envoy. One of all targets is allowed, since a long list would be work for Envoy.
 */
const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: retention }
spec:
  requirements:
    require_zero_data_retention: true
    expression: ['claims.training_opt_out || claims.zero_data_retention']
  log_provider_selection: false
`;

function catalogOf(targets: number): string {
  const lines = Array.from({ length: targets }, (_, at) => {
    const claims = `{ zero_data_retention: ${String(at === 0)}, training_opt_out: ${String(at % 2 === 0)} }`;
    return `        - { id: target-${String(at)}, model: the-model, claims: ${claims} }`;
  });
  return `apiVersion: ambit/v1
kind: Catalog
metadata: { name: many }
spec:
  providers:
    - id: openai
      targets:
${lines.join('\n')}
`;
}

async function measure({ envoy, folder, forMs }: Bench): Promise<Cells> {
  const framesFile = join(folder, 'body.bin');
  writeFileSync(framesFile, frameOf(Buffer.from(BODY)));
  const address = `127.0.0.1:${String(envoy.port)}`;
  const order = { address, path: PATH, kind: 'http', framesFile, forMs } as const;
  return askTooMuch(order, await findCapacity(order));
}

/** The most that was answered of any load while loads grow until a tenth is not answered. The first one only warms. */
async function findCapacity(
  order: Omit<OverloadOrder, 'callsPerSecond' | 'connections'>,
): Promise<number> {
  const ask = (callsPerSecond: number): Promise<OverloadResult> =>
    askAtRate({ ...order, connections: CONNECTIONS, callsPerSecond });
  await ask(FIRST_LOAD);
  let most = 0;
  for (let load = FIRST_LOAD; ; load *= LOAD_STEP) {
    const { answered, sent } = await ask(load);
    most = Math.max(most, answered / (order.forMs / 1000));
    if (answered < sent * ANSWERED_SHARE) return most;
  }
}
