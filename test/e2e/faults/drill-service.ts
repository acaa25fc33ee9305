import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { LimitName } from '../../../src/ports/service-limits';
import { POLICY_FILE } from '../../contract/support/service';
import { MAIN } from '../cli/built-cli';
import { TEST_PROCESS } from '../support/child';
import { HopelessError, until } from '../support/wait';

/** A service in a process of its own, as built, that the drills do to what they like. */
export interface DrillService {
  readonly address: string;
  readonly isRunning: () => boolean;
  readonly log: () => string;
  /** How often the log says that a connection was closed for this offence. */
  readonly offences: (offence: string) => number;
  /** Waits until it has said so as often as that. */
  readonly saysOffence: (offence: string, times: number) => Promise<void>;
  /** Resident bytes of the process. */
  readonly residentBytes: () => number;
  readonly stop: () => Promise<void>;
}

const BYTES_PER_KIB = 1024;

/** What a drill is about, where it is not the usual. */
export interface DrillOrder {
  /** Documents of the policies, which include a catalog. */
  readonly policies?: string;
  /** What Node is told before the service, such as how large its heap may be. */
  readonly nodeFlags?: readonly string[];
}

const USUAL = POLICY_FILE.replace('log_provider_selection: true', 'log_provider_selection: false');

/** Starts a service with these limits, and waits until it listens. */
export async function startDrill(
  limits: Partial<Record<LimitName, number>> = {},
  { policies = USUAL, nodeFlags = [] }: DrillOrder = {},
): Promise<DrillService> {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-faults-'));
  writeFileSync(join(directory, 'policy.yaml'), policies);
  const args = ['serve', '--policy', directory, '--listen', '127.0.0.1:0', '--diagnostics', 'none'];
  const child = spawn(process.execPath, [...nodeFlags, MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...variablesOf(limits) },
  });
  const kill = (): void => void child.kill('SIGKILL');
  TEST_PROCESS.once('exit', kill);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
  }
  const ended = new Promise((done) => child.once('close', done));
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const address = await until('the service to listen', () => {
    if (!isRunning()) throw new HopelessError(`the service ended: ${log}`);
    return /"address":"([^"]+)"/.exec(log)?.[1];
  });
  const offences = (offence: string): number => log.split(`"offence":"${offence}"`).length - 1;
  return {
    address,
    isRunning,
    log: () => log,
    offences,
    saysOffence: async (offence, times) => {
      await until(`the offence \`${offence}\` in the log`, () =>
        offences(offence) >= times ? true : undefined,
      );
    },
    residentBytes: () => {
      const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(child.pid)], {
        encoding: 'utf8',
      });
      return Number(stdout) * BYTES_PER_KIB;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      TEST_PROCESS.removeListener('exit', kill);
      rmSync(directory, { recursive: true });
    },
  };
}

function variablesOf(limits: Partial<Record<LimitName, number>>): Record<string, string> {
  const entries = Object.entries(limits);
  return Object.fromEntries(
    entries.map(([name, value]) => [`AMBIT_LIMITS_${name.toUpperCase()}`, String(value)]),
  );
}
