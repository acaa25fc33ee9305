import type { Finding } from '../core/model/finding';
import type { SourceFile } from './policy-dialect';
import type { ServiceConfig } from './service-config';

/** A server that answers. */
export interface RunningServer {
  /** The addresses that it listens on, ports filled in. */
  readonly addresses: readonly string[];
  /** Where probes and metrics are, port filled in. Absent: nowhere. */
  readonly diagnosticsAddress?: string;
  /** Settles when the server has stopped: by a signal, or by `stop`. Never rejects. */
  readonly stopped: Promise<void>;
  /** Refuses new calls, lets those in flight finish, and settles when all is closed. */
  stop(): Promise<void>;
}

/** Why nothing was started. */
export type ServeFailure =
  | { readonly kind: 'address' | 'audit'; readonly message: string }
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
  config: ServiceConfig,
) => Promise<{ readonly server: RunningServer } | { readonly failure: ServeFailure }>;
