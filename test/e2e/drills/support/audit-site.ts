import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { ask } from '../../../pep/http/support/diagnostics';
import { ambit, type BuiltRun } from '../../cli/built-cli';
import {
  diagnosticsAt,
  startDrillProcess,
  type DrillOptions,
  type DrillProcess,
  type LogRecord,
} from './drill-process';
import { WITNESS_OPTIONS } from './held';

const PRELOAD = resolve(__dirname, 'disk-faults.cjs');

/** What is wrong with a disk, as disk-faults.cjs reads it. */
export interface DiskState {
  readonly open?: string;
  readonly write?: string;
  readonly sync?: string;
  readonly takesPart?: boolean;
  readonly delayMs?: number;
  readonly hangs?: boolean;
}

/** How evidence is kept. */
export interface AuditChoice {
  readonly mode: 'strict' | 'counted';
  /** Records that may wait for the disk; with `counted` alone. */
  readonly queue?: number;
  /** Where its lines are sent besides, as the configuration states them. */
  readonly sinks?: readonly object[];
}

/** What a service is given beside what is in the folder. */
export type SiteStart = Pick<DrillOptions, 'environment' | 'outputs' | 'launcher'>;

/** A folder with policies, keys and a trail, and what can be done to the disk beneath it. */
export interface AuditSite {
  /** Where the trail is. */
  readonly trail: string;
  /** From now on the disk is so; without anything, it is well. */
  setDisk(state: DiskState): void;
  /** Starts a service that keeps its evidence here. */
  start(options?: SiteStart): DrillProcess;
  /** The metrics of the service that runs, in the text format. */
  metrics(): Promise<string>;
  /** The status of `/readyz`, and the state of evidence there. */
  readiness(): Promise<string>;
  /** Proves the trail with the built command, up to a head as the log tells it. */
  verify(head: string): BuiltRun;
}

const DOCUMENTS = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: drill }
spec:
  providers:
    - id: p
      targets:
        - { id: p/clean, model: clean, claims: { retention_days: 0 } }
        - { id: p/keeps, model: keeps, claims: { retention_days: 30 } }
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
metadata: { name: soft }
spec:
  mode: warn
  scope: { data: soft }
  requirements: { max_retention_days: 0 }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: secret }
spec:
  scope: { data: secret }
  requirements: { max_retention_days: 0 }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: denied }
spec:
  scope: { data: denied }
  models: { deny: [keeps] }
`;

const configOf = ({ mode, queue, sinks }: AuditChoice): string => `apiVersion: ambit/v1
kind: Service
metadata: { name: drill }
spec:
  policies: [policy.yaml]
  audit:
    directory: trail
    mode: ${mode}
    private_key: { file: trail.key.pem }
${queue === undefined ? '' : `    queue: ${String(queue)}\n`}${sinks === undefined ? '' : `    sinks: ${JSON.stringify(sinks)}\n`}`;

/** Lays one out in an existing folder. */
export function createAuditSite(folder: string, choice: AuditChoice): AuditSite {
  const path = (name: string): string => join(folder, name);
  const trail = path('trail');
  mkdirSync(trail);
  writeFileSync(path('policy.yaml'), DOCUMENTS);
  writeFileSync(path('ambit.yaml'), configOf(choice));
  ambit(['audit', 'keygen', '--out', folder]);
  const setDisk = (state: DiskState): void => {
    writeFileSync(path('disk.next'), JSON.stringify(state));
    renameSync(path('disk.next'), path('disk'));
  };
  setDisk({});
  return {
    trail,
    setDisk,
    start: ({ environment = {}, ...rest } = {}) =>
      startDrillProcess({
        ...rest,
        args: ['--config', path('ambit.yaml'), '--diagnostics', diagnosticsAt(folder)],
        listen: ['127.0.0.1:0'],
        nodeOptions: [...WITNESS_OPTIONS, '--require', PRELOAD],
        environment: { DRILL_DISK: path('disk'), ...environment },
      }),
    metrics: async () => (await ask({ address: diagnosticsAt(folder) }, '/metrics')).text,
    readiness: () => readinessAt(diagnosticsAt(folder)),
    verify: (head) =>
      ambit(['audit', 'verify', trail, '--key', path('trail.pub.pem'), '--head', head]),
  };
}

/** The head that the log told last; empty where it told none. */
export function headIn(log: readonly LogRecord[]): string {
  const told = log.findLast(({ msg }) => msg === 'head of the trail');
  return typeof told?.['head'] === 'string' ? told['head'] : '';
}

async function readinessAt(address: string): Promise<string> {
  const headers = { accept: 'application/json' };
  const { status, text } = await ask({ address }, '/readyz', { headers });
  const { checks } = JSON.parse(text) as {
    readonly checks: readonly { readonly name: string; readonly state: string }[];
  };
  const audit = checks.find(({ name }) => name === 'audit');
  return `${String(status)} ${audit?.state ?? ''}`;
}
