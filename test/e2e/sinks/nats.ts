import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { jetstreamManager } from '@nats-io/jetstream';
import type { JetStreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

import type { NatsSinkConfig } from '../../../src/audit/sinks/sink-config';
import type { Certificate } from '../support/certificates';
import { startChild } from '../support/child';
import type { Child } from '../support/child';
import { findFreePort } from '../support/ports';
import { SECRET } from './rig';
import type { ArrivedRecord, SinkRig, TestedSink } from './rig';

/** The server that scripts/install-test-tools.sh fetches. */
function findNats(): string {
  const installed = resolve(__dirname, '../../.tools/nats-server');
  if (existsSync(installed)) return installed;
  throw new Error('no nats-server found; run `scripts/install-test-tools.sh`');
}

/** Uses the server as an operator does. */
export async function manage<T>(
  { servers }: NatsSinkConfig,
  use: (manager: JetStreamManager) => Promise<T>,
): Promise<T> {
  const connection = await connect({
    servers: [...servers],
    user: 'ambit',
    pass: SECRET,
    reconnect: false,
    // In clear on this machine, also where the server would take TLS.
    tls: null,
  });
  try {
    return await use(await jetstreamManager(connection));
  } finally {
    await connection.close();
  }
}

/** Whoever does not ask for TLS gets none, as operators of these tests do; so only the client sees to it. */
function tlsBlock(directory: string, { key, cert }: Certificate): string {
  const paths = { key: join(directory, 'server.key'), cert: join(directory, 'server.crt') };
  writeFileSync(paths.key, key);
  writeFileSync(paths.cert, cert);
  const files = `cert_file: ${JSON.stringify(paths.cert)}, key_file: ${JSON.stringify(paths.key)}`;
  return `tls { ${files} }\nallow_non_tls: true\n`;
}

/** Starts a NATS with JetStream of its own, which takes TLS, too, where it has a certificate. */
export async function startNats(
  directory: string,
  certificate?: Certificate,
): Promise<SinkRig & { readonly config: NatsSinkConfig }> {
  const port = await findFreePort();
  const config: NatsSinkConfig = {
    ...{ kind: 'nats', name: 'nats', servers: [`127.0.0.1:${String(port)}`] },
    ...{ subject: 'ambit.records', stream: 'RECORDS', createStream: true },
    credentials: { kind: 'password', user: 'ambit', password: SECRET },
  };
  const file = join(directory, 'nats.conf');
  writeFileSync(
    file,
    `listen: "127.0.0.1:${String(port)}"
jetstream { store_dir: ${JSON.stringify(join(directory, 'store'))} }
authorization { user: ambit, password: ${JSON.stringify(SECRET)} }
${certificate === undefined ? '' : tlsBlock(directory, certificate)}`,
  );
  let server: Child | undefined;
  const start = async (): Promise<void> => {
    const logFile = join(directory, 'nats.log');
    server = startChild({ name: 'nats', command: [findNats(), '-c', file], logFile });
    await server.ready(() =>
      manage(config, async (manager) => (await manager.getAccountInfo()).streams >= 0),
    );
  };
  await start();
  const kill = async (): Promise<void> => {
    await server?.stop('SIGKILL');
  };
  return {
    config,
    server: { kill, start, signal: (signal) => server?.signal(signal) },
    received: () => manage(config, (manager) => readStream(manager, config.stream)),
    stop: kill,
  };
}

async function readStream(
  { streams }: JetStreamManager,
  name: string,
): Promise<readonly ArrivedRecord[]> {
  const { state } = await streams.info(name);
  const records: ArrivedRecord[] = [];
  for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
    const message = await streams.getMessage(name, { seq });
    if (message === null) throw new Error(`message ${String(seq)} is gone`);
    records.push({ id: message.header.get('Nats-Msg-Id'), json: message.string() });
  }
  return records;
}

export const NATS: TestedSink = {
  name: 'nats',
  start: startNats,
  deduplicates: true,
  survivesCrash: true,
  withSecret: (config, password) => ({
    ...(config as NatsSinkConfig),
    credentials: { kind: 'password', user: 'ambit', password },
  }),
  refusal: /authorization violation/iu,
};
