import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { startChild, type Child } from './child';
import { renderConfig, type EnvoySettings } from './envoy-config';
import { send } from './http-client';
import { findFreePort } from './ports';

/** A running Envoy. */
export interface Envoy {
  /** Port of 127.0.0.1 that clients send their requests to. */
  readonly port: number;
  /** Lines of the access log, one a request, as far as they are written. */
  requestLog(): readonly LogLine[];
  /** Lines of the upstream log, one an attempt, as far as they are written. */
  attemptLog(): readonly LogLine[];
  stop(): Promise<void>;
}

/** A line of a JSON log. */
type LogLine = Readonly<Record<string, unknown>>;

/** What differs from the shipped configuration, besides the ports that are found here. */
export type EnvoyOptions = Omit<
  EnvoySettings,
  'listenPort' | 'adminPort' | 'requestLog' | 'attemptLog'
> & {
  /** The shipped configuration file. */
  readonly configFile: string;
};

/** The Envoy that the tests run; throws if there is none. */
export function findBinary(): string {
  const configured = process.env['ENVOY_BIN'];
  if (configured !== undefined && configured !== '') return configured;
  const installed = resolve(__dirname, '../../.tools/envoy');
  if (existsSync(installed)) return installed;
  throw new Error('no Envoy found; run `scripts/install-test-tools.sh`, or name one in ENVOY_BIN');
}

function readLog(file: string): readonly LogLine[] {
  if (!existsSync(file)) return [];
  // The last piece is empty, or a line that is still being written.
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as LogLine);
}

function startProcess(configFile: string, directory: string): Child {
  const flags = ['--concurrency', '1', '--disable-hot-restart', '--file-flush-interval-msec', '20'];
  return startChild({
    name: 'envoy',
    command: [findBinary(), '-c', configFile, '-l', 'warning', ...flags],
    logFile: join(directory, 'envoy.log'),
  });
}

/** Starts Envoy with the shipped configuration, changed only in addresses and paths, and waits until it is ready. */
export async function startEnvoy({ configFile, ...options }: EnvoyOptions): Promise<Envoy> {
  const { directory } = options;
  const [listenPort, adminPort] = [await findFreePort(), await findFreePort()];
  const [requestLog, attemptLog] = [
    join(directory, 'requests.log'),
    join(directory, 'attempts.log'),
  ];
  const settings = { ...options, listenPort, adminPort, requestLog, attemptLog };
  const rendered = join(directory, 'envoy.yaml');
  writeFileSync(rendered, renderConfig(readFileSync(configFile, 'utf8'), settings));
  const child = startProcess(rendered, directory);
  await child.ready(async () => {
    const { status } = await send({ port: adminPort, method: 'GET', path: '/ready' });
    return status === 200;
  });
  return {
    port: listenPort,
    requestLog: () => readLog(requestLog),
    attemptLog: () => readLog(attemptLog),
    stop: async () => {
      await child.stop('SIGKILL');
    },
  };
}
