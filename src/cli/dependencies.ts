import type { BlockStatus } from '../core/model/policy';
import type { CheckAudit } from '../ports/audit-check';
import type { Clock } from '../ports/clock';
import type { ConnectClient } from '../ports/decision-client';
import type { WriteEnvoyConfig } from '../ports/envoy-config';
import type { EnvoyLint } from '../ports/envoy-lint';
import type { FileReader } from '../ports/file-reader';
import type { LogReader } from '../ports/log-lines';
import type { DigestOf, IdSource } from '../ports/id-source';
import type { PolicyDialect } from '../ports/policy-dialect';
import type { PolicySource } from '../ports/policy-source';
import type { RunServer } from '../ports/server-runner';
import type { TrailTools } from '../ports/trail-tools';
import type { WireJson } from '../ports/wire-json';

/** Where text goes. */
export interface TextOutput {
  write(text: string): void;
  /** True if a person looks at it. */
  readonly isTty: boolean;
  /** How many columns the terminal has; absent where it is none. */
  readonly columns?: number;
}

/** The variables of the process's environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a command that follows changes needs. */
export interface WatchParts {
  readonly source: PolicySource;
  /** Settles when the process is asked to end. */
  readonly interrupted: Promise<void>;
}

/** What a command that follows a trail needs. */
export interface FollowParts {
  /** Settles when the process is asked to end. */
  readonly interrupted: Promise<void>;
  /** Resolves after so many milliseconds, for which it keeps the process. */
  readonly pause: (ms: number) => Promise<void>;
}

/**
 * Everything that the command line needs of the world. What takes long to load (gRPC, generated code, the CEL
 * library) comes as a function that loads it, so that a command pays only for what it uses.
 */
export interface CliDependencies {
  readonly version: string;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  readonly environment: Environment;
  readonly clock: Clock;
  /** Reads policy files and requests; the path `-` is the standard input. */
  readonly reader: FileReader;
  readonly digestOf: DigestOf;
  readonly ids: IdSource;
  /** With the status that packs' blocks have where it is given, else with what the environment says of it. */
  readonly loadDialects: (keeptrustsStatus?: BlockStatus) => Promise<readonly PolicyDialect[]>;
  readonly loadWireJson: () => Promise<WireJson>;
  readonly loadConnect: () => Promise<ConnectClient>;
  readonly loadEnvoyConfig: () => Promise<WriteEnvoyConfig>;
  readonly loadEnvoyLint: () => Promise<EnvoyLint>;
  readonly loadLogReader: () => Promise<LogReader>;
  readonly loadTrailTools: () => Promise<TrailTools>;
  readonly loadAuditCheck: () => Promise<CheckAudit>;
  readonly loadRunServer: () => Promise<RunServer>;
  /** Absent: nothing can be followed here. */
  readonly loadWatch?: () => Promise<WatchParts>;
  readonly loadFollow: () => Promise<FollowParts>;
}
