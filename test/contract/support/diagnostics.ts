import type { MakeDiagnostics } from '../../../src/pep/grpc/runner-parts';
import type { DecidedCall, RefusedCall, TelemetryState } from '../../../src/ports/telemetry';

/** Diagnostics that keep what they are told. */
export interface TestDiagnostics {
  readonly make: MakeDiagnostics;
  readonly decided: readonly DecidedCall[];
  readonly refused: readonly RefusedCall[];
  readonly reloaded: readonly string[];
  /** Listeners at which a TLS handshake failed. */
  readonly handshakes: readonly string[];
  /** The state at this instant; throws before there is a service. */
  readonly state: () => TelemetryState;
}

/** Creates diagnostics that listen nowhere. */
export function createTestDiagnostics(): TestDiagnostics {
  const decided: DecidedCall[] = [];
  const refused: RefusedCall[] = [];
  const reloaded: string[] = [];
  const handshakes: string[] = [];
  let read: (() => TelemetryState) | undefined;
  return {
    decided,
    refused,
    reloaded,
    handshakes,
    state: () => {
      if (read === undefined) throw new Error('there is no service yet');
      return read();
    },
    make: (_config, { readState }) => {
      read = readState;
      return {
        telemetry: {
          decided: (call) => void decided.push(call),
          refused: (call) => void refused.push(call),
          handshakeFailed: (listener) => void handshakes.push(listener),
          connectionRefused: () => undefined,
          reloaded: (outcome) => void reloaded.push(outcome),
          failed: () => undefined,
        },
        open: () => Promise.resolve({ close: () => Promise.resolve() }),
      };
    },
  };
}
