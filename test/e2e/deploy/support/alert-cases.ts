/** Series by their names, with a value a minute in promtool's notation: `0+1x9` is ten values that grow by one. */
export type SeriesValues = Readonly<Record<string, string>>;

/** What makes an alert fire, and what is as near to it as can be and must not. */
export interface AlertCase {
  readonly fires: SeriesValues;
  readonly quiet: SeriesValues;
}

/** Minutes that every case runs: longer than what any rule waits and looks back, but for the rule on a day. */
export const MINUTES = 100;

/** A day in minutes: the rule on targets compares with the day before. */
export const DAY_MINUTES = 1440;

const STEADY = `x${String(MINUTES)}`;
const LONG = `x${String(DAY_MINUTES + MINUTES)}`;

/** A gauge that says too much for as long as the case runs, and one that says what is still right. */
function gauge(name: string, bad: number | string, good: number | string): AlertCase {
  return {
    fires: { [name]: `${String(bad)}${STEADY}` },
    quiet: { [name]: `${String(good)}${STEADY}` },
  };
}

/** A counter that grows by so much a minute, and one that stands. */
function counter(name: string, perMinute = 1): AlertCase {
  return {
    fires: { [name]: `0+${String(perMinute)}${STEADY}` },
    quiet: { [name]: `5${STEADY}` },
  };
}

/** A gauge and its limit. */
function share(name: string, limit: string, [bad, good]: readonly [number, number]): AlertCase {
  const limited = { [limit]: `100${STEADY}` };
  const { fires, quiet } = gauge(name, bad, good);
  return { fires: { ...fires, ...limited }, quiet: { ...quiet, ...limited } };
}

/** A gauge that falls, or grows, in the last minutes. */
function falls(name: string): AlertCase {
  const [before, after] = [`100x${String(MINUTES - 5)}`, 'x10'];
  return {
    fires: { [name]: `${before} 40${after}` },
    quiet: { [name]: `${before} 160${after}` },
  };
}

/** A number that only grows and was put back, by less than it grew in the minutes around that; or was not. */
function isPutBack(name: string): AlertCase {
  const minutes = String(MINUTES - 6);
  return {
    fires: { [name]: `100+10x${minutes} 1000+10x10` },
    quiet: { [name]: `100+10x${minutes} 1050+10x10` },
  };
}

/** Two instances that say different things of themselves, and two that say the same. */
function differ(name: string, label: string): AlertCase {
  const of = (instance: string, value: string) =>
    `${name}{instance="${instance}",${label}="${value}"}`;
  const [one, other] = [`1${STEADY}`, `1${STEADY}`];
  return {
    fires: { [of('a', 'x')]: one, [of('b', 'y')]: other },
    quiet: { [of('a', 'x')]: one, [of('b', 'x')]: other },
  };
}

const DECIDED = 'ambit_decisions_total';
const DURATION = 'ambit_decision_duration_seconds_bucket';
const RIGHTS = 'ambit_refused_calls_total{reason="rights",caller="gw"}';

/** One for every rule of deploy/grafana/alerts.yaml. */
export const ALERT_CASES: Readonly<Record<string, AlertCase>> = {
  AmbitAbsent: { fires: { up: `0${STEADY}` }, quiet: { ambit_ready: `0${STEADY}` } },
  AmbitNotReady: gauge('ambit_ready', 0, 1),
  AmbitDegraded: {
    fires: { 'ambit_readiness_check{check="log",state="degraded"}': `1${STEADY}` },
    quiet: { 'ambit_readiness_check{check="log",state="ok"}': `1${STEADY}` },
  },
  AmbitBlocksMost: {
    fires: {
      [`${DECIDED}{outcome="block"}`]: `0+6${STEADY}`,
      [`${DECIDED}{outcome="allow"}`]: `0+4${STEADY}`,
    },
    quiet: {
      [`${DECIDED}{outcome="block"}`]: `0+4${STEADY}`,
      [`${DECIDED}{outcome="allow"}`]: `0+6${STEADY}`,
    },
  },
  AmbitInternalErrorBlocks: counter('ambit_blocks_total{code="internal_error"}'),
  AmbitClaimExpired: counter('ambit_blocked_candidates_total{code="claim_expired"}'),
  AmbitSlow: {
    fires: {
      [`${DURATION}{le="0.01"}`]: `0+90${STEADY}`,
      [`${DURATION}{le="+Inf"}`]: `0+100${STEADY}`,
      [`${DURATION}{le="0.1"}`]: `0+100${STEADY}`,
    },
    quiet: {
      [`${DURATION}{le="0.01"}`]: `0+100${STEADY}`,
      [`${DURATION}{le="+Inf"}`]: `0+100${STEADY}`,
    },
  },
  AmbitManyCandidates: {
    fires: {
      ambit_decision_candidates_sum: `0+300${STEADY}`,
      ambit_decision_candidates_count: `0+1${STEADY}`,
    },
    quiet: {
      ambit_decision_candidates_sum: `0+256${STEADY}`,
      ambit_decision_candidates_count: `0+1${STEADY}`,
    },
  },
  // The series begins with the first refusal, as a value of 1.
  AmbitRightsRefused: {
    fires: { [RIGHTS]: `_x${String(MINUTES - 2)} 1x5` },
    quiet: { [RIGHTS]: `1${STEADY}` },
  },
  AmbitHandshakeFailures: counter('ambit_handshake_failures_total{listener="l"}'),
  AmbitConnectionsRefused: counter('ambit_connections_refused_total{listener="l"}'),
  AmbitShedsCalls: counter('ambit_shed_calls_total'),
  AmbitDefect: counter('ambit_defects_total'),
  AmbitSourcesRejected: gauge('ambit_sources_rejected', 1, 0),
  // Times are since 1970, where the case begins.
  AmbitSourcesRejectedLong: gauge(
    'ambit_sources_rejected_timestamp_seconds',
    MINUTES * 60 - 660,
    MINUTES * 60 - 540,
  ),
  AmbitSourcesAging: share('ambit_sources_age_seconds', 'ambit_sources_max_age_seconds', [51, 49]),
  AmbitSourcesStale: gauge('ambit_sources_stale', 1, 0),
  AmbitSourcesTorn: counter('ambit_reloads_total{outcome="torn"}'),
  AmbitBundlesDiffer: differ('ambit_bundle_info', 'digest'),
  AmbitReloadsOften: counter('ambit_bundle_sequence'),
  AmbitTargetsLost: {
    fires: { ambit_bundle_targets: `100x${String(DAY_MINUTES)} 49x${String(MINUTES)}` },
    quiet: { ambit_bundle_targets: `100${LONG}` },
  },
  AmbitPoliciesLost: falls('ambit_bundle_policies'),
  AmbitFilesLost: falls('ambit_bundle_files'),
  AmbitClaimsExpireSoon: {
    fires: { 'ambit_claims_expiring{days="7"}': `1${STEADY}` },
    quiet: { 'ambit_claims_expiring{days="30"}': `1${STEADY}` },
  },
  AmbitVersionsDiffer: differ('ambit_build_info', 'version'),
  AmbitCallsNearLimit: share('ambit_calls_in_flight', 'ambit_calls_in_flight_limit', [81, 80]),
  AmbitCallsAtLimit: share('ambit_calls_in_flight', 'ambit_calls_in_flight_limit', [100, 99]),
  AmbitBytesNearLimit: share('ambit_in_flight_bytes', 'ambit_in_flight_limit_bytes', [81, 80]),
  AmbitBytesAtLimit: share('ambit_in_flight_bytes', 'ambit_in_flight_limit_bytes', [100, 99]),
  AmbitEventLoopSlow: gauge('ambit_event_loop_delay_seconds', 0.06, 0.04),
  AmbitConnectionsNearLimit: share('ambit_connections', 'ambit_connections_limit', [81, 80]),
  AmbitConnectionsAtLimit: share('ambit_connections', 'ambit_connections_limit', [100, 99]),
  AmbitCertificateEnds: gauge(
    'ambit_certificate_expiry_timestamp_seconds',
    MINUTES * 60 + 2 * 86_400,
    MINUTES * 60 + 4 * 86_400,
  ),
  AmbitLogLinesLost: counter('ambit_log_lines_lost_total'),
  AmbitSpansLost: counter('ambit_spans_lost_total'),
  // Of two that keep none one did so within a day; of two others none ever did.
  AmbitAuditOff: {
    fires: {
      'ambit_audit_enabled{instance="a"}': `1x${String(MINUTES - 20)} 0x20`,
      'ambit_audit_enabled{instance="b"}': `0${STEADY}`,
    },
    quiet: {
      'ambit_audit_enabled{instance="a"}': `0${STEADY}`,
      'ambit_audit_enabled{instance="b"}': `0${STEADY}`,
    },
  },
  AmbitAuditFailing: gauge('ambit_audit_failing', 1, 0),
  AmbitAuditQueueLong: gauge('ambit_audit_queue_records', 1001, 1000),
  AmbitAuditMissingPending: gauge('ambit_audit_missing_pending', 1, 0),
  AmbitAuditMissing: {
    // There with the first page of a process: the one before left them out.
    fires: { ambit_audit_missing_decisions_total: `_x${String(MINUTES - 2)} 4x5` },
    quiet: { ambit_audit_missing_decisions_total: `5${STEADY}` },
  },
  AmbitAuditFoldedPending: gauge('ambit_audit_folded_pending', 1, 0),
  AmbitAuditFolded: counter('ambit_audit_folded_blocks_total'),
  AmbitAuditWithdrawn: counter('ambit_audit_withdrawn_decisions_total'),
  AmbitAuditHeadBack: isPutBack('ambit_audit_head_sequence'),
  AmbitSinkBack: isPutBack('ambit_audit_sink_sequence{sink="db"}'),
  AmbitSinkLags: gauge('ambit_audit_sink_lag_lines{sink="db"}', 1001, 1000),
  AmbitSinkFailing: gauge('ambit_audit_sink_failing{sink="db"}', 1, 0),
};
