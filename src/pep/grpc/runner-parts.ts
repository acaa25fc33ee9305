import type { Logger } from 'pino';

import type { LogOutput } from '../../platform/log-output';
import type { Clock } from '../../ports/clock';
import type { ReadHealth } from '../../ports/health-check';
import type { DigestOf, IdSource } from '../../ports/id-source';
import type { PolicyDialect } from '../../ports/policy-dialect';
import type { PolicySource } from '../../ports/policy-source';
import type { ServiceConfig, TracingConfig } from '../../ports/service-config';
import type { Telemetry, TelemetryState } from '../../ports/telemetry';
import type { OpenAudit } from '../../service/audit/opened-audit';
import type { Tracing } from '../../ports/tracing';
import type { MakeService } from '../service-factory';
import type { MakeHttpServer } from '../socket-server';

/** What is measured, and where it can be read. */
export interface Diagnostics {
  readonly telemetry: Telemetry;
  /** Answers probes and scrapes from now on. */
  open(): Promise<
    | { readonly address?: string; readonly close: () => Promise<void> }
    | { readonly problem: string }
  >;
}

/** What diagnostics show; all of it is read at each probe and scrape. */
export interface DiagnosticsSources {
  readonly readState: () => TelemetryState;
  readonly liveness: ReadHealth;
  readonly onDefect: (error: unknown) => void;
}

/** Makes the diagnostics of a configuration. */
export type MakeDiagnostics = (config: ServiceConfig, sources: DiagnosticsSources) => Diagnostics;

/**
 * Makes traces that are sent where a configuration says. `onProblem` is told when their receiver begins to fail, with the
 * reason, and when it takes them again.
 */
export type OpenTracing = (
  config: TracingConfig,
  onProblem: (problem: string | undefined) => void,
) => Promise<{ readonly tracing: Tracing } | { readonly problem: string }>;

/** What a runner needs of the world. */
export interface RunnerParts {
  readonly source: PolicySource;
  readonly loadDialects: (config: ServiceConfig) => Promise<readonly PolicyDialect[]>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly digestOf: DigestOf;
  readonly version: string;
  /** Where the log goes. */
  readonly logTo: LogOutput;
  /** The folder of the contract's `.proto` files, for reflection. */
  readonly protoDirectory: string;
  /** Services of other edges, such as Envoy's authorization. */
  readonly services: readonly MakeService[];
  /** What answers HTTP, where the configuration asks for it. */
  readonly makeHttpServer: MakeHttpServer;
  readonly makeDiagnostics: MakeDiagnostics;
  /** Opens the evidence, where the configuration asks for it. */
  readonly openAudit: OpenAudit;
  readonly openTracing: OpenTracing;
  /** Where private keys may be. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What a service tells of itself while it runs. */
export interface ServiceVoice {
  readonly log: Logger;
  readonly onDefect: (error: unknown) => void;
}
