import { resolve } from 'node:path';

import { until } from '../../support/wait';
import type { DrillProcess } from './drill-process';

/** What a service holds once its garbage is collected. */
export interface Held {
  readonly heapUsed: number;
  readonly rss: number;
  readonly external: number;
  readonly resources: readonly string[];
}

/** What Node is started with so that a service tells what it holds. */
export const WITNESS_OPTIONS = [
  '--expose-gc',
  '--require',
  resolve(__dirname, 'memory-witness.cjs'),
];

/** Asks a service that was started so. */
export async function heldBy(service: DrillProcess): Promise<Held> {
  const told = (): readonly unknown[] =>
    service.log().filter(({ msg }) => msg === 'memory witness');
  const before = told().length;
  service.signal('SIGUSR2');
  return (await until('the witness', () => told()[before])) as Held;
}
