import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { OtlpSinkConfig } from '../../../src/audit/sinks/sink-config';
import { startChild } from '../support/child';
import type { Child } from '../support/child';
import { findFreePort } from '../support/ports';
import { SECRET } from './rig';
import type { ArrivedRecord, SinkRig, TestedSink } from './rig';

/** A log record as the receiver read it. */
export interface ReceivedLog extends ArrivedRecord {
  readonly sequence: number;
  /** Nanoseconds. */
  readonly time: number;
  readonly event: string;
  readonly resource: Readonly<Record<string, string>>;
}

/** OpenTelemetry's definitions, which scripts/install-test-tools.sh fetches. */
export function findDefinitions(): string {
  const installed = resolve(__dirname, '../../.tools/opentelemetry-proto');
  if (existsSync(installed)) return installed;
  throw new Error('no opentelemetry-proto found; run `scripts/install-test-tools.sh`');
}

/** Starts a receiver of its own. */
export async function startOtlp(directory: string): Promise<
  SinkRig & {
    readonly config: OtlpSinkConfig;
    readonly logs: () => readonly ReceivedLog[];
    /** Everything that came, as it was sent. */
    readonly raw: () => string;
  }
> {
  const port = await findFreePort();
  const authorization = `Bearer ${SECRET}`;
  const url = `http://127.0.0.1:${String(port)}/v1/logs`;
  const config: OtlpSinkConfig = { kind: 'otlp', name: 'otlp', url, headers: { authorization } };
  const file = join(directory, 'records.jsonl');
  const script = join(__dirname, 'otlp-receiver.py');
  let server: Child | undefined;
  const start = async (): Promise<void> => {
    server = startChild({
      name: 'the receiver',
      command: ['python3', script, String(port), file, authorization],
      logFile: join(directory, 'receiver.log'),
      env: { PYTHONPATH: findDefinitions(), PYTHONDONTWRITEBYTECODE: '1' },
    });
    await server.ready(async () => (await fetch(url, { method: 'POST', body: '' })).status === 401);
  };
  await start();
  const kill = async (): Promise<void> => {
    await server?.stop('SIGKILL');
  };
  const logs = (): readonly ReceivedLog[] => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as ReceivedLog);
  };
  return {
    config,
    logs,
    raw: () => readFileSync(`${file}.raw`, 'utf8'),
    server: { kill, start, signal: (signal) => server?.signal(signal) },
    received: () => Promise.resolve(logs().map(({ id, json }) => ({ id, json }))),
    stop: kill,
  };
}

export const OTLP: TestedSink = {
  name: 'otlp',
  start: startOtlp,
  deduplicates: false,
  survivesCrash: true,
  withSecret: (config, secret) => ({
    ...(config as OtlpSinkConfig),
    headers: { authorization: `Bearer ${secret}` },
  }),
  refusal: /it answered with status 401/u,
};
