import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { credentials, loadPackageDefinition, type ServiceClientConstructor } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { protoPath } from 'grpc-health-check';

import { startChild, type Child } from './child';

const MAIN = resolve(__dirname, '../../../dist/main.js');

/** Any free port: others on this machine may use the default one. */
const OWN_SETTINGS = { AMBIT_DIAGNOSTICS_ADDRESS: '127.0.0.1:0' };

/** SERVING, in grpc.health.v1.HealthCheckResponse.ServingStatus. */
const SERVING = 1;

type HealthClient = InstanceType<ServiceClientConstructor> & {
  check(
    request: { readonly service: string },
    callback: (error: Error | null, answer?: { readonly status: number }) => void,
  ): void;
};

function createHealthClient(address: string): HealthClient {
  const health = loadPackageDefinition(loadSync(protoPath)) as unknown as {
    grpc: { health: { v1: { Health: ServiceClientConstructor } } };
  };
  return new health.grpc.health.v1.Health(address, credentials.createInsecure()) as HealthClient;
}

function isServing(client: HealthClient): Promise<boolean> {
  return new Promise((done, reject) => {
    client.check({ service: '' }, (error, answer) => {
      if (error === null) done(answer?.status === SERVING);
      else reject(error);
    });
  });
}

/** What Ambit is started with. */
export interface AmbitOptions {
  readonly policyFile: string;
  /** Where the unix socket is made. */
  readonly socketFile: string;
  /** An existing directory for the output. */
  readonly directory: string;
  /** Keys of the configuration, as the variables `AMBIT_…` that state them. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Flags for Node itself. */
  readonly nodeFlags?: readonly string[];
}

/** Starts the built Ambit (`npm run build` makes it) and waits until its health service says SERVING. */
export async function startAmbit(options: AmbitOptions): Promise<Child> {
  if (!existsSync(MAIN)) throw new Error(`no file ${MAIN}; run \`npm run build\` first`);
  const address = `unix:${options.socketFile}`;
  const serve = ['serve', '--policy', options.policyFile, '--listen', address];
  const child = startChild({
    name: 'ambit',
    command: [process.execPath, ...(options.nodeFlags ?? []), MAIN, ...serve],
    logFile: join(options.directory, 'ambit.log'),
    env: { ...OWN_SETTINGS, ...options.settings },
  });
  const client = createHealthClient(address);
  try {
    await child.ready(() => isServing(client));
  } finally {
    client.close();
  }
  return child;
}
