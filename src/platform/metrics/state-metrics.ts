import type { Registry } from 'prom-client';

import { CHECK_STATES, READINESS_CHECKS, worstState } from '../../ports/health-check';
import type { HealthCheck } from '../../ports/health-check';
import type { AuditState } from '../../ports/audit-state';
import type { ListenerState, LoadState, SourcesState, TelemetryState } from '../../ports/telemetry';
import { createGauge, createTotal } from './instruments';
import type { LabelValues } from './instruments';
import type { MetricName } from './metric-table';
import { OTHER } from './tally';

const MS_PER_SECOND = 1000;

/** Registers everything that is state. The function that it returns sets all of it, for one rendering. */
export function createStateMetrics(
  registry: Registry,
  { version, listeners }: { readonly version: string; readonly listeners: readonly string[] },
): (state: TelemetryState) => void {
  const gauges = new Map(GAUGES.map((name) => [name, createGauge(registry, name)]));
  const set: SetGauge = (name, value, labels) => gauges.get(name)?.set(value, labels);
  const shed = createTotal(registry, 'ambit_shed_calls_total');
  const lost = createTotal(registry, 'ambit_log_lines_lost_total');
  const missing = createTotal(registry, 'ambit_audit_missing_decisions_total');
  const folded = createTotal(registry, 'ambit_audit_folded_blocks_total');
  const withdrawn = createTotal(registry, 'ambit_audit_withdrawn_decisions_total');
  const spansSent = createTotal(registry, 'ambit_spans_sent_total');
  const spansLost = createTotal(registry, 'ambit_spans_lost_total');
  return (state) => {
    for (const gauge of gauges.values()) gauge.clear();
    set('ambit_build_info', 1, { version });
    setSources(set, state.sources);
    setReadiness(set, state.readiness);
    setLoad(set, state.load);
    setListeners(set, mergeUnknown(state.listeners, new Set(listeners)));
    shed.set(state.load.shedCalls);
    lost.set(state.lostLogLines);
    setAudit(set, state.audit);
    missing.set(state.audit?.totals.missing ?? 0);
    folded.set(state.audit?.totals.folded ?? 0);
    withdrawn.set(state.audit?.totals.withdrawn ?? 0);
    spansSent.set(state.spans.sent);
    spansLost.set(state.spans.lost);
  };
}

type SetGauge = (name: GaugeName, value: number | undefined, labels?: LabelValues) => void;

const GAUGES = [
  'ambit_build_info',
  'ambit_bundle_info',
  'ambit_bundle_sequence',
  'ambit_bundle_loaded_timestamp_seconds',
  'ambit_bundle_valid_until_timestamp_seconds',
  'ambit_bundle_targets',
  'ambit_bundle_policies',
  'ambit_bundle_files',
  'ambit_sources_rejected',
  'ambit_sources_rejected_timestamp_seconds',
  'ambit_sources_age_seconds',
  'ambit_sources_max_age_seconds',
  'ambit_sources_stale',
  'ambit_ready',
  'ambit_readiness_check',
  'ambit_calls_in_flight',
  'ambit_calls_in_flight_limit',
  'ambit_in_flight_bytes',
  'ambit_in_flight_limit_bytes',
  'ambit_event_loop_delay_seconds',
  'ambit_connections',
  'ambit_connections_limit',
  'ambit_certificate_expiry_timestamp_seconds',
  'ambit_claims_expiring',
  'ambit_audit_enabled',
  'ambit_audit_failing',
  'ambit_audit_queue_records',
  'ambit_audit_missing_pending',
  'ambit_audit_folded_pending',
  'ambit_audit_head_sequence',
  'ambit_audit_head_hash',
  'ambit_audit_sink_sequence',
  'ambit_audit_sink_lag_lines',
  'ambit_audit_sink_failing',
] as const satisfies readonly MetricName[];

type GaugeName = (typeof GAUGES)[number];

function setSources(
  set: SetGauge,
  { bundle, rejectedAtMs, ageMs, maxAgeMs, stale }: SourcesState,
): void {
  if (bundle !== undefined) {
    const revision = bundle.revision === undefined ? '' : String(bundle.revision);
    set('ambit_bundle_info', 1, { digest: bundle.digest, revision });
    set('ambit_bundle_sequence', bundle.sequence);
    set('ambit_bundle_loaded_timestamp_seconds', seconds(bundle.loadedAtMs));
    set('ambit_bundle_valid_until_timestamp_seconds', seconds(bundle.validUntilMs));
    set('ambit_bundle_targets', bundle.targets);
    set('ambit_bundle_policies', bundle.policies);
    set('ambit_bundle_files', bundle.files);
    const { within7Days, within30Days } = bundle.expiringClaims;
    set('ambit_claims_expiring', within7Days, { days: '7' });
    set('ambit_claims_expiring', within30Days, { days: '30' });
  }
  set('ambit_sources_rejected', rejectedAtMs === undefined ? 0 : 1);
  set('ambit_sources_rejected_timestamp_seconds', seconds(rejectedAtMs));
  set('ambit_sources_age_seconds', seconds(ageMs));
  set('ambit_sources_max_age_seconds', seconds(maxAgeMs));
  set('ambit_sources_stale', stale ? 1 : 0);
}

function setReadiness(set: SetGauge, checks: readonly HealthCheck[]): void {
  set('ambit_ready', worstState(checks) === 'failed' ? 0 : 1);
  for (const { name, state: found } of checks) {
    if (!READINESS_CHECKS.some((known) => known === name)) continue;
    for (const state of CHECK_STATES) {
      set('ambit_readiness_check', state === found ? 1 : 0, { check: name, state });
    }
  }
}

function setLoad(set: SetGauge, load: LoadState): void {
  set('ambit_calls_in_flight', load.callsInFlight);
  set('ambit_calls_in_flight_limit', load.maxCallsInFlight);
  set('ambit_in_flight_bytes', load.bytesInFlight);
  set('ambit_in_flight_limit_bytes', load.maxBytesInFlight);
  set('ambit_event_loop_delay_seconds', seconds(load.eventLoopDelayMs));
}

/** Hexadecimal digits that a double holds exactly. */
const HEAD_DIGITS = 12;

function setAudit(set: SetGauge, audit: AuditState | undefined): void {
  set('ambit_audit_enabled', audit === undefined ? 0 : 1);
  if (audit === undefined) return;
  const { problem, queued, missing, folded, head, sinks } = audit;
  set('ambit_audit_failing', problem === undefined ? 0 : 1);
  set('ambit_audit_queue_records', queued);
  set('ambit_audit_missing_pending', missing);
  set('ambit_audit_folded_pending', folded);
  for (const { sink, sequence, lag, lastProblem } of sinks) {
    set('ambit_audit_sink_sequence', sequence, { sink });
    set('ambit_audit_sink_lag_lines', lag, { sink });
    set('ambit_audit_sink_failing', lastProblem === undefined ? 0 : 1, { sink });
  }
  if (head === undefined) return;
  set('ambit_audit_head_sequence', head.sequence);
  set('ambit_audit_head_hash', Number.parseInt(head.hash.slice(0, HEAD_DIGITS), 16));
}

function setListeners(set: SetGauge, listeners: readonly ListenerState[]): void {
  for (const { listener, connections, maxConnections, certificateExpiresAtMs } of listeners) {
    set('ambit_connections', connections, { listener });
    set('ambit_connections_limit', maxConnections, { listener });
    const expiry = seconds(certificateExpiresAtMs);
    set('ambit_certificate_expiry_timestamp_seconds', expiry, { listener });
  }
}

/** Listeners that the configuration does not name, as one. */
function mergeUnknown(
  listeners: readonly ListenerState[],
  known: ReadonlySet<string>,
): readonly ListenerState[] {
  const merged = new Map<string, ListenerState>();
  for (const each of listeners) {
    const listener = known.has(each.listener) ? each.listener : OTHER;
    const before = merged.get(listener);
    merged.set(listener, before === undefined ? { ...each, listener } : sumOf(before, each));
  }
  return [...merged.values()];
}

/** Of two certificates the one counts that ends first. */
function sumOf(one: ListenerState, two: ListenerState): ListenerState {
  const expiries = [one, two].flatMap((each) => each.certificateExpiresAtMs ?? []);
  return {
    listener: one.listener,
    connections: one.connections + two.connections,
    maxConnections: one.maxConnections + two.maxConnections,
    ...(expiries.length === 0 ? {} : { certificateExpiresAtMs: Math.min(...expiries) }),
  };
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / MS_PER_SECOND;
}
