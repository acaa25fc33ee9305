import type { ServiceAudit } from '../../ports/service-audit';
import type { ServiceConfig } from '../../ports/service-config';
import type { TelemetryState } from '../../ports/telemetry';
import type { Tracing } from '../../ports/tracing';
import type { BundleStore } from '../../service/bundle-store';
import { readReadiness } from '../../service/readiness';
import type { CertificateState } from '../../service/readiness';
import { readSourcesState } from '../../service/sources-state';
import type { Lifecycle } from '../../service/status';
import type { ServiceLoad } from './load/service-load';
import type { OpenListener } from './open-listeners';
import type { RunnerParts } from './runner-parts';

/** What a service's state is read from. */
export interface StateParts {
  readonly parts: RunnerParts;
  readonly config: ServiceConfig;
  readonly store: BundleStore;
  readonly lifecycle: Lifecycle;
  readonly load: ServiceLoad;
  /** Absent: no evidence is kept. */
  readonly audit?: ServiceAudit;
  /** Filled once the service listens. */
  readonly opened: readonly OpenListener[];
  /** Absent: nothing is traced. */
  readonly tracing?: Tracing;
}

/** Reads the state anew each time: a probe must never see what was true a moment ago. */
export function readServiceState(state: StateParts): () => TelemetryState {
  const { audit } = state;
  return () => ({
    readiness: readReadiness({
      store: state.store,
      lifecycle: state.lifecycle,
      nowMs: state.parts.clock.nowMs,
      isListening: () => state.opened.length > 0,
      certificates: () => certificatesOf(state.opened),
      isLogFailing: () => state.parts.logTo.isFailing(),
      ...(audit === undefined ? {} : { audit: () => audit.state() }),
    }),
    sources: readSourcesState(state.store, {
      nowMs: state.parts.clock.nowMs(),
      ...(state.config.maxStalenessMs === undefined
        ? {}
        : { maxStalenessMs: state.config.maxStalenessMs }),
    }),
    load: loadOf(state),
    listeners: state.opened.map(({ config, listener, tls }) => ({
      listener: config.address,
      connections: listener.connections(),
      maxConnections: state.config.limits.connections,
      ...(tls === undefined ? {} : { certificateExpiresAtMs: tls.current().expiresAtMs }),
    })),
    lostLogLines: state.parts.logTo.lostLines(),
    ...(audit === undefined ? {} : { audit: audit.state() }),
    spans: state.tracing?.counts() ?? { sent: 0, lost: 0 },
  });
}

function loadOf({ load, config }: StateParts): TelemetryState['load'] {
  const { callsInFlight, bytesInFlight, eventLoopDelayMs, shedCalls } = load.stats();
  const { calls_in_flight: maxCallsInFlight, bytes_in_flight: maxBytesInFlight } = config.limits;
  return {
    callsInFlight,
    maxCallsInFlight,
    bytesInFlight,
    maxBytesInFlight,
    eventLoopDelayMs,
    shedCalls,
  };
}

function certificatesOf(opened: readonly OpenListener[]): readonly CertificateState[] {
  return opened.flatMap(({ config, tls }) => {
    if (tls === undefined) return [];
    const { expiresAtMs } = tls.current();
    return [{ listener: config.address, expiresAtMs, isOutdated: tls.problem() !== undefined }];
  });
}
