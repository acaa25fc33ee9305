import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type { Document } from 'yaml';

import { createAuthority } from '../e2e/support/certificates';
import { startEnvoy } from '../e2e/support/envoy';
import type { Envoy } from '../e2e/support/envoy';
import { find, MANAGER } from '../e2e/support/envoy-config';
import { TARGETS } from '../e2e/support/rig';
import { findMain, makeBenchFolder } from './bench-folder';
import type { HttpOrder, HttpResult } from './http-client';
import { describeMachine } from './machine';
import { runClient, startServer } from './processes';
import type { ServerProcess } from './processes';
import { formatSpread, formatTable, spreadOf } from './statistics';

const HTTP_CLIENT = join(__dirname, 'http-client.js');
const PROVIDER = join(__dirname, 'https-provider.js');

const WARM_ANSWERS = 300;

const PROVIDER_NAME = 'api.openai.com';

/** A prompt of two kilobytes. */
const BODY = JSON.stringify({
  model: 'gpt-5.4-mini',
  messages: [{ role: 'user', content: 'word '.repeat(400) }],
});

/** One way to run Envoy: without Ambit, or with it reading the body, or only what Envoy lifts out of it. */
interface Setup {
  readonly name: string;
  readonly configFile: string;
  readonly edit?: (config: Document) => void;
}

const SETUPS: readonly Setup[] = [
  { name: 'without Ambit', configFile: 'recommended.yaml', edit: takeOutAmbit },
  { name: 'prompt-blind', configFile: 'recommended-blind.yaml' },

  { name: 'body', configFile: 'recommended.yaml' },
];

/** The same path through Envoy, provider hop included, with nobody asked. */
function takeOutAmbit(config: Document): void {
  const ingress = find(config, ['static_resources', 'listeners'], 'ingress');
  const asks = ['envoy.filters.http.ext_authz', 'decision-guard'];
  for (const name of asks) find(ingress, [...MANAGER, 'http_filters'], name);
  const filters = ingress.getIn([...MANAGER, 'http_filters']) as {
    items: { get(key: string): unknown }[];
  };
  filters.items = filters.items.filter((filter) => !asks.includes(String(filter.get('name'))));
  const host = [...MANAGER, 'route_config', 'virtual_hosts', 0];
  ingress.deleteIn([...host, 'typed_per_filter_config']);
  // The first one is eligible, and answers.
  const route = config.createNode({ cluster: TARGETS[0], timeout: '0s' });
  ingress.setIn([...host, 'routes'], config.createNode([{ match: { prefix: '/' }, route }]));
}

interface Subject {
  readonly setup: Setup;
  readonly envoy: Envoy;
}

/**
 * Measures what asking Ambit adds to a request through a real Envoy, in turns with the same Envoy that asks nobody, and
 * prints a table in Markdown. `--connections N,…`, `--rounds N`, `--window MS`, `--main FILE`.
 */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      main: { type: 'string' },
      connections: { type: 'string', default: '1,32' },
      rounds: { type: 'string', default: '9' },
      window: { type: 'string', default: '1500' },
    },
  });
  process.env['ENVOY_BIN'] ??= resolve('test/.tools/envoy');
  const before = describeMachine();
  const folder = makeBenchFolder();
  const started: { stop(): Promise<void> }[] = [];
  try {
    const subjects = await startAll(folder, findMain(values.main), started);
    const tables: string[] = [];
    for (const connections of values.connections.split(',').map(Number)) {
      const order = { connections, windowMs: Number(values.window) };
      tables.push(await measure(subjects, order, Number(values.rounds)));
    }
    process.stdout.write(`${before}\n${describeMachine()}\n\n${tables.join('\n\n')}\n`);
  } finally {
    for (const each of started.reverse()) await each.stop();
  }
  return 0;
}

async function startAll(
  folder: string,
  program: string,
  started: { stop(): Promise<void> }[],
): Promise<readonly Subject[]> {
  const authority = createAuthority(folder);
  const certificate = authority.issue(PROVIDER_NAME);
  const files = { key: join(folder, 'provider.key'), cert: join(folder, 'provider.crt') };
  writeFileSync(files.key, certificate.key, { mode: 0o600 });
  writeFileSync(files.cert, certificate.cert);
  const provider = await startServer([PROVIDER, files.key, files.cert]);
  started.push(provider);
  const socketFile = join(folder, 'ambit.sock');
  started.push(await startAmbit(program, socketFile));
  const port = Number(provider.address);
  const subjects: Subject[] = [];
  for (const setup of SETUPS) {
    const envoy = await startEnvoy({
      configFile: resolve('deploy/envoy', setup.configFile),
      directory: makeBenchFolder(),
      socketFile,
      caFile: authority.caFile,
      origins: Object.fromEntries(TARGETS.map((target) => [target, { port, key: 'a-key' }])),
      ...(setup.edit === undefined ? {} : { edit: setup.edit }),
    });
    started.push(envoy);
    subjects.push({ setup, envoy });
  }
  return subjects;
}

function startAmbit(program: string, socketFile: string): Promise<ServerProcess> {
  const policy = ['--policy', 'test/e2e/envoy/pack.yaml'];
  const listen = ['--listen', `unix:${socketFile}`, '--diagnostics', 'none'];
  return startServer([program, 'serve', ...policy, ...listen]);
}

/** Each setup in turn, and who is first changes with each round. */
async function measure(
  subjects: readonly Subject[],
  order: Pick<HttpOrder, 'connections' | 'windowMs'>,
  rounds: number,
): Promise<string> {
  const results = new Map<Subject, HttpResult[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < subjects.length; turn += 1) {
      const subject = subjects[(round + turn) % subjects.length];
      if (subject === undefined) continue;
      results.get(subject)?.push(await ask(subject, order));
    }
  }
  return tableOf(results, order.connections);
}

function ask(
  { envoy }: Subject,
  order: Pick<HttpOrder, 'connections' | 'windowMs'>,
): Promise<HttpResult> {
  const full: HttpOrder = {
    ...order,
    port: envoy.port,
    path: '/v1/chat/completions',
    headers: { 'content-type': 'application/json' },
    body: BODY,
    warmAnswers: WARM_ANSWERS,
  };
  return runClient<HttpResult>(HTTP_CLIENT, full);
}

function tableOf(
  results: ReadonlyMap<Subject, readonly HttpResult[]>,
  connections: number,
): string {
  const rows = [...results].map(([{ setup }, measured]) => ({
    name: setup.name,
    p50: spreadOf(measured.map(({ p50Ms }) => p50Ms)),
    p99: spreadOf(measured.map(({ p99Ms }) => p99Ms)),
    rate: spreadOf(measured.map(({ answersPerSecond }) => answersPerSecond)),
  }));
  const [base] = rows;
  if (base === undefined) throw new Error('nothing was measured');
  const head = [
    `${String(connections)} connections`,
    'p50 ms',
    'ratio',
    'p99 ms',
    'ratio',
    'a second',
  ];
  const lines = rows.map(({ name, p50, p99, rate }) => [
    name,
    formatSpread(p50, 2),
    (p50.median / base.p50.median).toFixed(2),
    formatSpread(p99, 2),
    (p99.median / base.p99.median).toFixed(2),
    rate.median.toFixed(0),
  ]);
  return formatTable(head, lines);
}
