import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type {
  NatsSinkConfig,
  OtlpSinkConfig,
  PostgresSinkConfig,
} from '../../../src/audit/sinks/sink-config';
import { createAuditSite, type AuditSite } from '../drills/support/audit-site';
import type { DrillProcess } from '../drills/support/drill-process';
import { SECRET } from './rig';
import type { ArrivedRecord } from './rig';
import { readLines } from './stdout';

/** Where the service finds the secrets of its sinks. */
const VARIABLE = 'DRILL_SINK_SECRET';

/** The same as a header has it. */
export const BEARER = 'DRILL_SINK_BEARER';

/** The descriptor of the sink of kind `stdout`, which shares none with the log. */
const OUTPUT = 3;

/** The entry of `audit.sinks` that leads to a PostgreSQL. */
export function postgresEntry(config: PostgresSinkConfig): object {
  return { ...config, password: { env: VARIABLE } };
}

/** The entry of `audit.sinks` that leads to a NATS. */
export function natsEntry({ createStream, credentials, ...rest }: NatsSinkConfig): object {
  const user = credentials?.kind === 'password' ? credentials.user : '';
  return { ...rest, create_stream: createStream, user, password: { env: VARIABLE } };
}

/** The entry of `audit.sinks` that leads to a receiver of OTLP. */
export function otlpEntry(config: OtlpSinkConfig): object {
  return { ...config, headers: { authorization: { env: BEARER } } };
}

/** The entry of `audit.sinks` whose lines `output` gives. */
export const STDOUT_ENTRY = { name: 'lines', kind: 'stdout', fd: OUTPUT };

/** What it is started with; the secret is the right one where none is given. */
export interface SinkServiceStart {
  readonly secret?: string;
  /** Variables beside those of the secrets. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** How a sink fares, as metrics say. */
export interface SinkGauges {
  /** The number of the last line that it has. */
  readonly sequence: number;
  readonly lag: number;
  readonly failing: number;
}

/** A service that keeps evidence and sends it to sinks. */
export interface SinkService {
  readonly site: AuditSite;
  start(options?: SinkServiceStart): DrillProcess;
  gauges(sink: string): Promise<SinkGauges>;
  /** What the sink of kind `stdout` has written. */
  output(): readonly ArrivedRecord[];
}

/** Lays one out in an existing folder. */
export function createSinkService(folder: string, sinks: readonly object[]): SinkService {
  const site = createAuditSite(folder, { mode: 'strict', sinks });
  const file = join(folder, 'output');
  return {
    site,
    start: ({ secret = SECRET, environment = {} } = {}) => {
      const output = openSync(file, 'a');
      const secrets = { [VARIABLE]: secret, [BEARER]: `Bearer ${secret}` };
      const service = site.start({
        environment: { ...secrets, ...environment },
        outputs: [output],
      });
      // The service has it now.
      closeSync(output);
      return service;
    },
    gauges: async (sink) => gaugesIn(await site.metrics(), sink),
    output: () => readLines(readFileSync(file, 'utf8')),
  };
}

function gaugesIn(text: string, sink: string): SinkGauges {
  const gauge = (name: string): number => {
    const start = `ambit_audit_sink_${name}{sink="${sink}"} `;
    const line = text.split('\n').find((each) => each.startsWith(start));
    if (line === undefined) throw new Error(`no metric begins with \`${start}\``);
    return Number(line.slice(start.length));
  };
  return { sequence: gauge('sequence'), lag: gauge('lag_lines'), failing: gauge('failing') };
}

/** How what a sink has differs from the trail: nothing is passed over, changed, or there twice. */
export function differences(
  received: readonly ArrivedRecord[],
  texts: readonly string[],
): readonly string[] {
  const [trail = ''] = received[0]?.id.split(':') ?? [];
  return received.flatMap(({ id, json }, index) => {
    const number = String(index + 1);
    if (id !== `${trail}:${number}`) return [`${id} stands at ${number}`];
    return json === texts[index] ? [] : [`${id} has another text`];
  });
}
