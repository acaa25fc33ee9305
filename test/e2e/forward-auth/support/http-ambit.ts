import { join, resolve } from 'node:path';

import { askHttp } from '../../../contract/support/http';
import { startChild } from '../../support/child';
import type { Child } from '../../support/child';

const MAIN = resolve(__dirname, '../../../../dist/main.js');

/** What the built Ambit is started with. */
interface HttpAmbitOptions {
  readonly policyFile: string;
  /** An existing directory for its other socket and its output. */
  readonly directory: string;
  /** Where HTTP is answered, `HOST:PORT` or `unix:/PATH`. */
  readonly address: string;
}

/** Starts the built Ambit (`npm run build` makes it) with an HTTP listener, and waits until that answers. */
export async function startHttpAmbit(options: HttpAmbitOptions): Promise<Child> {
  const { policyFile, directory, address } = options;
  const settings = [
    `AMBIT_HTTP={address: ${JSON.stringify(address)}}`,
    'AMBIT_DIAGNOSTICS_ENABLED=false',
  ];
  const serve = [
    'serve',
    '--policy',
    policyFile,
    '--listen',
    `unix:${join(directory, 'grpc.sock')}`,
  ];
  const child = startChild({
    name: 'ambit',
    command: ['env', ...settings, process.execPath, MAIN, ...serve],
    logFile: join(directory, 'ambit.log'),
  });
  await child.ready(async () => {
    await askHttp(address, '/v1/models');
    return true;
  });
  return child;
}
