import type { Finding } from '../core/model/finding';
import type { SourceFile } from './policy-dialect';

/** A path to load policies from, and the dialect of its files if they are not to be detected. */
export interface PolicyRoot {
  readonly path: string;
  readonly dialect?: string;
}

/** What `serve` is asked to do. */
export interface ServeOptions {
  readonly roots: readonly PolicyRoot[];
  /** `HOST:PORT` or `unix:/PATH`; port 0 takes a free one. At least one. */
  readonly listen: readonly string[];
  /** Allows plaintext on addresses beyond loopback. */
  readonly insecure: boolean;
  readonly logLevel: LogLevel;
  /** Beyond this age of the last successful read decisions block. Absent: never. */
  readonly maxStalenessMs?: number;
  /** How long calls in flight have to end when the service stops. Absent: ten seconds. */
  readonly drainTimeoutMs?: number;
}

/** Levels of the service's log. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** A server that answers. */
export interface RunningServer {
  /** The addresses that it listens on, ports filled in. */
  readonly addresses: readonly string[];
  /** Settles when the server has stopped: by a signal, or by `stop`. Never rejects. */
  readonly stopped: Promise<void>;
  /** Refuses new calls, lets those in flight finish, and settles when all is closed. */
  stop(): Promise<void>;
}

/** Why nothing was started. */
export type ServeFailure =
  | { readonly kind: 'address'; readonly message: string }
  | {
      readonly kind: 'policies';
      readonly findings: readonly Finding[];
      readonly sources: readonly SourceFile[];
    };

/**
 * Starts the service: loads and warms the bundle, then listens, then is ready; watches its sources; ends on
 * SIGTERM and SIGINT. What is loaded with errors is not served.
 */
export type RunServer = (
  options: ServeOptions,
) => Promise<{ readonly server: RunningServer } | { readonly failure: ServeFailure }>;
