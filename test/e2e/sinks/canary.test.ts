import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSpanReceiver, type SpanReceiver } from '../../contract/support/span-receiver';
import { ambit } from '../cli/built-cli';
import { headIn } from '../drills/support/audit-site';
import type { DrillProcess } from '../drills/support/drill-process';
import { lineTexts } from '../drills/support/trail-lines';
import { MARK } from '../support/canary';
import { until } from '../support/wait';
import { askEverything, RECORDED, TARGET, type AskedAt } from './canary-requests';
import { startNats } from './nats';
import { startOtlp } from './otlp';
import { ask as query, startPostgres } from './postgres';
import { SECRET, type SinkRig } from './rig';
import {
  BEARER,
  createSinkService,
  natsEntry,
  otlpEntry,
  postgresEntry,
  STDOUT_ENTRY,
  type SinkService,
} from './sink-service';

/** What a service shows that was given a wrong one. */
const WRONG = 'wr/ong s3cret:%&+';

/** In a `.creds` file that no server takes. */
const CREDS = 'canary-of-the-creds';

const TIMEOUT_MS = 600_000;

const DOCUMENTS = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: canary }
spec:
  providers:
    - id: acme
      targets:
        - { id: ${TARGET}, model: gpt-5.4-mini, claims: { retention_days: 30 } }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: open }
spec:
  scope: { data: open }
  unrestricted: true
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: secret }
spec:
  scope: { data: secret }
  requirements: { max_retention_days: 0 }
`;

const folders: string[] = [];
const servers: SinkRig[] = [];
let receiver: SpanReceiver | undefined;
let process: DrillProcess | undefined;

function makeFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'ambit-sink-canary-'));
  folders.push(made);
  return made;
}

afterEach(async () => {
  process?.signal('SIGKILL');
  await receiver?.close();
  for (const each of servers.splice(0)) await each.stop();
  for (const each of folders.splice(0)) rmSync(each, { recursive: true });
});

/** What it is written as by those who write it otherwise; in base64, wherever it begins in what is written. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const shifted = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, encodeURIComponent(secret), inJson, bytes.toString('hex'), ...shifted];
}

/** Where one of the secrets stands in a text, in whatever case, with what stands around it. */
function found(text: string, secrets: readonly string[]): readonly string[] {
  const lower = text.toLowerCase();
  return secrets.flatMap(formsOf).flatMap((form) => {
    const at = lower.indexOf(form.toLowerCase());
    return at < 0 ? [] : [text.slice(Math.max(0, at - 120), at + 120)];
  });
}

/** Everything that a service wrote, sent and tells, by where it stands, with what must be found there. */
type Surfaces = Readonly<Record<string, { readonly text: string; readonly holds: string }>>;

const wholeDirectory = (directory: string): string =>
  readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((each) => each.isFile())
    .map((each) => `${each.name}\n${readFileSync(join(each.parentPath, each.name), 'latin1')}`)
    .join('\n');

const SINKS = ['postgres', 'nats', 'otlp', 'lines'];

async function settled(service: SinkService, sinks: readonly string[], failing: 0 | 1) {
  for (const sink of sinks) {
    const isSo = async (): Promise<true | undefined> => {
      const gauges = await service.gauges(sink);
      return gauges.failing === failing && (failing === 1 || gauges.lag === 0) ? true : undefined;
    };
    await until(`${sink} to be failing: ${String(failing)}`, isSo);
  }
}

async function end(): Promise<void> {
  process?.signal('SIGTERM');
  expect((await process?.ended())?.code).toBe(0);
}

/** Runs a command of the trail that must succeed. */
function audit(trail: string, command: readonly string[]): string {
  const [name = '', ...options] = command;
  const run = ambit(['audit', name, '--records', trail, ...options]);
  expect([command, run.code, run.stderr]).toEqual([command, 0, '']);
  return run.stdout;
}

/** What reads a trail, with what it must tell of it. */
const COMMANDS = [
  [['report'], 'no_compliant_provider'],
  [['report', '--format', 'json'], 'no_compliant_provider'],
  [['report', '--format', 'html'], 'no_compliant_provider'],
  [['events'], 'no_compliant_provider'],
  [['events', '--format', 'json'], 'no_compliant_provider'],
  [['replay'], 'replayed'],
  [['replay', '--format', 'json'], 'replayed'],
] as const;

const audited = (trail: string): Surfaces =>
  Object.fromEntries(
    COMMANDS.map(([command, holds]) => [
      `audit ${command.join(' ')}`,
      { text: audit(trail, command), holds },
    ]),
  );

it(
  'what clients write and what opens doors is in nothing that a service keeps, sends or tells',
  async () => {
    const folder = makeFolder();
    const postgres = await startPostgres(makeFolder());
    servers.push(postgres);
    const nats = await startNats(makeFolder());
    servers.push(nats);
    const otlp = await startOtlp(makeFolder());
    servers.push(otlp);
    receiver = await startSpanReceiver();
    const creds = join(folder, 'lost.creds');
    const lines = ['-----BEGIN NATS USER JWT-----', CREDS, '------END NATS USER JWT------', ''];
    const seed = ['-----BEGIN USER NKEY SEED-----', CREDS, '------END USER NKEY SEED------', ''];
    writeFileSync(creds, [...lines, ...seed].join('\n'));
    const natsOf = natsEntry(nats.config);
    const { servers: at, subject, stream } = nats.config;
    const lost = {
      name: 'lost',
      kind: 'nats',
      servers: at,
      subject,
      stream,
      creds: { file: creds },
    };
    const entries = [postgresEntry(postgres.config), natsOf, otlpEntry(otlp.config), lost];
    const service = createSinkService(folder, [...entries, STDOUT_ENTRY]);
    writeFileSync(join(folder, 'policy.yaml'), DOCUMENTS);
    const { trail } = service.site;
    const http = `unix:${join(folder, 'http.sock')}`;
    const environment = {
      AMBIT_LOG_LEVEL: 'debug',
      AMBIT_LOG_DECISIONS: 'all',
      AMBIT_HTTP: `{address: ${JSON.stringify(http)}}`,
      AMBIT_AUDIT_DECISIONS: 'all',
      AMBIT_AUDIT_ATTRIBUTES: '[purpose]',
      AMBIT_TRACING_ENDPOINT: receiver.endpoint,
      AMBIT_TRACING_HEADERS: `{authorization: {env: ${BEARER}}}`,
    };
    const addressOf = async (started: DrillProcess): Promise<AskedAt> => {
      const first = () => started.log().find(({ msg }) => msg === 'listening');
      const { address } = await until('the service to listen', first);
      return { grpc: String(address), http };
    };
    const logs: string[] = [];
    const told: string[] = [];
    const note = async (started: DrillProcess): Promise<void> => {
      told.push(await service.site.metrics(), await service.site.readiness());
      await end();
      logs.push(JSON.stringify(started.log()), started.noise());
    };

    process = service.start({ secret: WRONG, environment });
    await askEverything(await addressOf(process));
    await settled(service, ['postgres', 'nats', 'otlp', 'lost'], 1);
    await note(process);
    const refused = logs.join('\n');
    for (const said of ['password authentication failed', 'status 401']) {
      expect(refused).toContain(said);
    }
    expect(refused).toMatch(/authorization violation/iu);

    process = service.start({ environment });
    const asked = await askEverything(await addressOf(process));
    await settled(service, SINKS, 0);
    await note(process);
    expect(service.site.verify(headIn(process.log()))).toMatchObject({ code: 0 });

    const rows = await query(postgres.config, `SELECT * FROM ${postgres.config.table}`);
    const surfaces: Surfaces = {
      'the trail': { text: wholeDirectory(trail), holds: RECORDED },
      'its bundles': { text: wholeDirectory(join(trail, 'bundles')), holds: TARGET },
      'rows of PostgreSQL': { text: JSON.stringify(rows), holds: RECORDED },
      'messages of NATS': { text: JSON.stringify(await nats.received()), holds: RECORDED },
      'records of OTLP': { text: otlp.raw(), holds: RECORDED },
      'the output': { text: JSON.stringify(service.output()), holds: RECORDED },
      spans: { text: receiver.bodies.join('\n'), holds: 'ambit.outcome' },
      'the log': { text: logs.join('\n'), holds: TARGET },
      'metrics and readiness': { text: told.join('\n'), holds: 'ambit_decisions_total' },
      ...audited(trail),
    };
    expect(lineTexts(trail).length).toBeGreaterThan(asked);
    const [, key = ''] = readFileSync(join(folder, 'trail.key.pem'), 'utf8').split('\n');
    expect(key.length).toBeGreaterThan(40);
    const secrets = [MARK, SECRET, WRONG, CREDS, key];
    const lacking = Object.entries(surfaces).filter(([, { text, holds }]) => !text.includes(holds));
    expect(lacking.map(([where, { text }]) => [where, text.slice(0, 3000)])).toEqual([]);
    // A search that finds nothing anywhere would say the same of everything.
    for (const secret of secrets) expect(found(secret.toUpperCase(), [secret])).not.toEqual([]);
    for (const [where, { text }] of Object.entries(surfaces)) {
      expect({ where, told: found(text, secrets) }).toEqual({ where, told: [] });
    }
  },
  TIMEOUT_MS,
);
