/** What a metric is, for those who read it. */
export interface MetricSpec {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
}

/**
 * Every metric of Ambit's own, in the order of docs/metrics.md. Names and labels are part of what users build on:
 * append-only. No label can hold a tenant, a model, an id or anything that a request says.
 */
export const METRICS = {
  ambit_build_info: gauge('version of Ambit that runs; always 1', 'version'),
  ambit_decisions_total: counter('answered decisions', 'method', 'outcome', 'caller'),
  ambit_blocks_total: counter('blocked requests by the code that leads', 'code'),
  ambit_blocked_candidates_total: counter('blocked candidates by their first reason', 'code'),
  ambit_shadow_findings_total: counter('candidates that a shadow policy would have blocked'),
  ambit_decision_duration_seconds: histogram(
    'time from the start of the handler to the encoded answer',
    'method',
  ),
  ambit_decision_candidates: histogram('candidates that one decision judged'),
  ambit_refused_calls_total: counter(
    'calls and requests of streams that got a gRPC error',
    'status',
    'reason',
    'caller',
  ),
  ambit_handshake_failures_total: counter(
    'connections that did not get through the TLS handshake',
    'listener',
  ),
  ambit_connections_refused_total: counter(
    'connections closed because of their number',
    'listener',
  ),
  ambit_shed_calls_total: counter('calls refused because of load'),
  ambit_defects_total: counter('defects met; nothing was let through'),
  ambit_reloads_total: counter('readings of the sources by what became of them', 'outcome'),
  ambit_bundle_info: gauge('the bundle that decides; always 1', 'digest', 'revision'),
  ambit_bundle_sequence: gauge('bundles that this process has activated'),
  ambit_bundle_loaded_timestamp_seconds: gauge('when the bundle was activated'),
  ambit_bundle_valid_until_timestamp_seconds: gauge('when the next claim of the bundle expires'),
  ambit_bundle_targets: gauge('targets of the bundle'),
  ambit_bundle_policies: gauge('policies of the bundle'),
  ambit_bundle_files: gauge('files that the bundle was made from'),
  ambit_sources_rejected: gauge('1 if the last reading of the sources was refused'),
  ambit_sources_rejected_timestamp_seconds: gauge('when the last reading was refused'),
  ambit_sources_age_seconds: gauge('time since valid sources were read last'),
  ambit_sources_max_age_seconds: gauge('age beyond which decisions block'),
  ambit_sources_stale: gauge('1 if decisions block because the sources are too old'),
  ambit_ready: gauge('1 if /readyz answers 200'),
  ambit_readiness_check: gauge('1 for the state that the check is in', 'check', 'state'),
  ambit_calls_in_flight: gauge('calls begun and not answered'),
  ambit_calls_in_flight_limit: gauge('calls in flight beyond which calls are refused'),
  ambit_in_flight_bytes: gauge('bytes of messages that are read or written'),
  ambit_in_flight_limit_bytes: gauge('bytes in flight beyond which calls are refused'),
  ambit_event_loop_delay_seconds: gauge('how long work waits before it begins'),
  ambit_connections: gauge('open connections', 'listener'),
  ambit_connections_limit: gauge('connections that a listener takes', 'listener'),
  ambit_certificate_expiry_timestamp_seconds: gauge(
    'when the certificate of a listener ends',
    'listener',
  ),
  ambit_log_lines_lost_total: counter('lines of the log that were dropped'),
  ambit_claims_expiring: gauge('claims in force that end within so many days (7, 30)', 'days'),
  ambit_audit_enabled: gauge('1 if the configuration has evidence kept'),
  ambit_audit_failing: gauge('1 if evidence cannot be written'),
  ambit_audit_queue_records: gauge('records that wait for the disk'),
  ambit_audit_missing_pending: gauge(
    'decisions without a record that the trail is still to tell of',
  ),
  ambit_audit_missing_decisions_total: counter(
    'decisions without a record, with those that the process before had made when it was killed; 1 for those where nobody knows how many',
  ),
  ambit_audit_folded_pending: gauge('blocks counted instead of recorded, still to be written'),
  ambit_audit_folded_blocks_total: counter('blocks that were counted instead of recorded'),
  ambit_audit_withdrawn_decisions_total: counter(
    'recorded decisions that were not given, of which the trail says so',
  ),
  ambit_audit_head_sequence: gauge('the number of the last line of the trail'),
  ambit_audit_head_hash: gauge('the first 48 bits of the hash of that line'),
  ambit_audit_sink_sequence: gauge('the number of the last line that a sink has', 'sink'),
  ambit_audit_sink_lag_lines: gauge('lines of the trail that a sink does not have yet', 'sink'),
  ambit_audit_sink_failing: gauge('1 if the last attempt to deliver to a sink failed', 'sink'),
  ambit_spans_sent_total: counter('spans that the receiver of traces took'),
  ambit_spans_lost_total: counter('spans that were dropped, or that the receiver did not take'),
} as const satisfies Readonly<Record<`ambit_${string}`, MetricSpec>>;

/** The name of a metric of Ambit's own. */
export type MetricName = keyof typeof METRICS;

function counter(help: string, ...labels: readonly string[]): MetricSpec {
  return { type: 'counter', help, labels };
}

function gauge(help: string, ...labels: readonly string[]): MetricSpec {
  return { type: 'gauge', help, labels };
}

function histogram(help: string, ...labels: readonly string[]): MetricSpec {
  return { type: 'histogram', help, labels };
}
