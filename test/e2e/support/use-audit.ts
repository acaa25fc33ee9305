import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ambit, MAIN } from '../cli/built-cli';
import { startChild, type Child } from './child';
import type { ConfigEdit } from './envoy-config';
import type { HttpAnswer } from './http-client';
import type { Rig } from './rig';
import { useRig } from './use-rig';
import { until } from './wait';

/** A line of Envoy's attempt log. */
type AttemptLine = Readonly<Record<string, unknown>>;

/** What `ambit audit reconcile --format json` says, and its exit code. */
export interface AuditRun {
  readonly code: number | null;
  readonly document: unknown;
}

/** A rig whose Ambit records every decision, to be held against what Envoy has logged. */
export interface Audit {
  readonly rig: Rig;
  /** Waits until records and logs hold these answers, and so many lines of requests and attempts. */
  readonly settle: (
    answers: readonly HttpAnswer[],
    requests: number,
    attempts: number,
  ) => Promise<void>;
  /** Runs it over these attempts, which are line for line those of the file `attempts.log`. */
  run(attempts: readonly AttemptLine[]): AuditRun;
}

/** Starts one before the tests of the file, and lets `send` send what they are about. */
export function useAudit(
  policyFile: string,
  { edit, send }: { readonly edit?: ConfigEdit; readonly send: (audit: Audit) => Promise<void> },
): () => Audit {
  const rig = useRig(edit === undefined ? {} : { edit });
  let directory = '';
  let child: Child | undefined;
  let audit: Audit | undefined;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'ambit-audit-'));
    const ambitLog = join(directory, 'ambit.log');
    child = await startRecording(policyFile, { socketFile: rig().socketFile, ambitLog });
    audit = createAudit(rig(), child, directory);
    await send(audit);
  });
  afterAll(async () => {
    await child?.stop('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });
  return () => {
    if (audit === undefined) throw new Error('the audit did not start');
    return audit;
  };
}

async function startRecording(
  policyFile: string,
  { socketFile, ambitLog }: { readonly socketFile: string; readonly ambitLog: string },
): Promise<Child> {
  const address = `unix:${socketFile}`;
  const flags = ['--policy', policyFile, '--listen', address, '--diagnostics', 'none'];
  const serve = [process.execPath, MAIN, 'serve', ...flags];
  const child = startChild({
    name: 'ambit',
    command: ['env', 'AMBIT_LOG_DECISIONS=all', ...serve],
    logFile: ambitLog,
  });
  await child.ready(() => Promise.resolve(ambit(['health', '--server', address]).code === 0));
  return child;
}

function createAudit(rig: Rig, child: Child, directory: string): Audit {
  const write = (name: string, lines: readonly object[]): string => {
    const file = join(directory, name);
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return file;
  };
  return {
    rig,
    settle: async (answers, requests, attempts) => {
      const ids = answers.map(({ headers }) => String(headers['x-ambit-decision-id']));
      await until('the lines of all requests', () => {
        const { envoy } = rig;
        const isRecorded = ids.every((id) => child.output().includes(id));
        const lines = [envoy.requestLog().length, envoy.attemptLog().length];
        return isRecorded && lines[0] === requests && lines[1] === attempts ? true : undefined;
      });
    },
    run: (attempts) => {
      const files = {
        decisions: join(directory, 'ambit.log'),
        attempts: write('attempts.log', attempts),
        requests: write('requests.log', rig.envoy.requestLog()),
      };
      const options = Object.entries(files).flatMap(([name, file]) => [`--${name}`, file]);
      const { code, stdout } = ambit(['audit', 'reconcile', ...options, '--format', 'json']);
      return { code, document: JSON.parse(stdout) as unknown };
    },
  };
}
