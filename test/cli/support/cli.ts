import { DIALECTS } from '../../support/dialects';
import { createAuditStore } from '../../../src/audit/files/audit-store';
import { createAuditLook } from '../../../src/audit/look';
import { createAuditCheck } from '../../../src/service/audit/check-audit';
import { trailTools } from '../../../src/audit/files/trail-tools';
import type { CliDependencies, FollowParts, WatchParts } from '../../../src/cli/dependencies';
import { runCli } from '../../../src/cli/run';
import { createEnvoyLint } from '../../../src/pep/envoy-lint/envoy-lint';
import { writeEnvoyConfig } from '../../../src/pep/envoy-config/write-envoy-config';
import { wireJson } from '../../../src/pep/grpc/wire-json';
import { digestOf } from '../../../src/platform/digest';
import type { ConnectClient } from '../../../src/ports/decision-client';
import type { FileReader } from '../../../src/ports/file-reader';
import type { LogReader } from '../../../src/ports/log-lines';
import type { RunServer } from '../../../src/ports/server-runner';
import { createMemoryLogReader, createMemoryReader, type MemoryFiles } from './memory-reader';

/** What a command line did. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The world that a command line runs in; what is left out is empty, or fails the test when it is used. */
export interface CliWorld {
  readonly files?: MemoryFiles;
  readonly environment?: Readonly<Record<string, string>>;
  /** True: both streams are terminals. */
  readonly isTty?: boolean;
  readonly nowMs?: number;
  readonly connect?: ConnectClient;
  readonly runServer?: RunServer;
  /** Absent: nothing can be followed. */
  readonly watch?: WatchParts;
  readonly follow?: FollowParts;
  /** Absent: one of the files. */
  readonly reader?: FileReader;
  /** Absent: of the files. */
  readonly logs?: LogReader;
  /** Told of what goes to both streams as it is written. */
  readonly onOutput?: (text: string) => void;
}

/** 1 July 2026, 00:00 UTC: the instant of commands unless a test says otherwise. */
const NOW_MS = Date.UTC(2026, 6, 1);

/** Runs the command line in memory, with the real loader, dialects, engine and JSON of the contract. */
export async function cli(argv: readonly string[], world: CliWorld = {}): Promise<CliRun> {
  const written = { stdout: '', stderr: '' };
  const code = await runCli(argv, dependenciesOf(world, written));
  return { code, ...written };
}

function dependenciesOf(
  world: CliWorld,
  written: { stdout: string; stderr: string },
): CliDependencies {
  const { files = {}, environment = {}, isTty = false, nowMs = NOW_MS } = world;
  const note = (stream: 'stdout' | 'stderr', text: string): void => {
    written[stream] += text;
    world.onOutput?.(text);
  };
  return {
    version: '1.2.3',
    stdout: {
      isTty,
      write: (text) => {
        note('stdout', text);
      },
    },
    stderr: {
      isTty,
      write: (text) => {
        note('stderr', text);
      },
    },
    environment,
    clock: { nowMs: () => nowMs },
    reader: world.reader ?? createMemoryReader(files),
    digestOf,
    ids: { next: () => 'decision-1' },
    loadDialects: () => Promise.resolve(DIALECTS),
    loadWireJson: () => Promise.resolve(wireJson),
    loadConnect: () => provided(world.connect, 'a client'),
    loadEnvoyConfig: () => Promise.resolve(writeEnvoyConfig),
    loadEnvoyLint: () => Promise.resolve(createEnvoyLint()),
    loadLogReader: () => Promise.resolve(world.logs ?? createMemoryLogReader(files)),
    loadTrailTools: () => Promise.resolve(trailTools),
    loadAuditCheck: () => {
      const [store, look] = [createAuditStore(environment), createAuditLook(environment)];
      return Promise.resolve(createAuditCheck({ store, look }));
    },
    loadRunServer: () => provided(world.runServer, 'a server'),
    loadFollow: () => provided(world.follow, 'something to follow'),
    ...(world.watch === undefined ? {} : { loadWatch: () => provided(world.watch, 'a watch') }),
  };
}

function provided<T>(part: T | undefined, what: string): Promise<T> {
  return part === undefined
    ? Promise.reject(new Error(`the test did not expect ${what}`))
    : Promise.resolve(part);
}
