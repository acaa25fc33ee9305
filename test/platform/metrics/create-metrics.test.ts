import { METRICS } from '../../../src/platform/metrics/metric-table';
import { CHECK_STATES, READINESS_CHECKS } from '../../../src/ports/health-check';
import type { HealthCheck } from '../../../src/ports/health-check';
import { RELOAD_OUTCOMES } from '../../../src/ports/telemetry';
import type { TelemetryState } from '../../../src/ports/telemetry';
import { valueOf } from './support/parse-metrics';
import {
  decisionOf,
  EMPTY_STATE,
  FULL_STATE,
  LISTENERS,
  metricsOf,
  READY,
  reasonOf,
  scrape,
} from './support/state';

const scrapeState = (state: Partial<TelemetryState>) =>
  scrape(metricsOf({ readState: () => ({ ...EMPTY_STATE, ...state }) }));

describe('metrics', () => {
  it('are those of the table, with its types, texts and labels, and no other', async () => {
    const metrics = metricsOf({ readState: () => FULL_STATE });
    metrics.telemetry.refused({ caller: '', status: 16, reason: 'identity' });
    const families = await scrape(metrics);
    const found = [...families.values()].map(({ name, type, help, samples }) => {
      const labels = new Set(samples.flatMap((sample) => Object.keys(sample.labels)));
      labels.delete('le');
      return [name, { type, help, labels: [...labels].toSorted() }];
    });
    const specified = Object.entries(METRICS).map(([name, spec]) => [
      name,
      { ...spec, labels: [...spec.labels].toSorted() },
    ]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(specified));
  });

  it('say what a name of Prometheus should: seconds, bytes, and `_total` for counters alone', () => {
    for (const [name, { type }] of Object.entries(METRICS)) {
      expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
      expect(name).not.toMatch(/_(ms|millis|milliseconds|kb|count|sum|bucket)(_|$)/);
    }
  });

  it('start at zero where rates are made of them', async () => {
    const families = await scrape();
    const zero = { method: 'check', outcome: 'block', caller: 'gateway' };
    expect(valueOf(families, 'ambit_decisions_total', zero)).toBe(0);
    expect(valueOf(families, 'ambit_reloads_total', { outcome: 'rejected' })).toBe(0);
    expect(valueOf(families, 'ambit_defects_total')).toBe(0);
    const count = { method: 'list' };
    expect(valueOf(families, 'ambit_decision_duration_seconds_count', count)).toBe(0);
    expect(families.get('ambit_refused_calls_total')?.samples).toEqual([]);
  });

  it('have an empty caller where no callers are configured', async () => {
    const metrics = metricsOf({ callers: [] });
    const decision = decisionOf('allow', { eligible: 1 });
    metrics.telemetry.decided({ method: 'decide', caller: '', decision, durationSeconds: 0 });
    const labels = { method: 'decide', outcome: 'allow', caller: '' };
    expect(valueOf(await scrape(metrics), 'ambit_decisions_total', labels)).toBe(1);
  });

  it('name the version', async () => {
    expect(valueOf(await scrape(), 'ambit_build_info', { version: '1.2.3' })).toBe(1);
  });

  it('add those of the process where that is wanted, under their usual names', async () => {
    const families = await scrape(metricsOf({ measuresProcess: true }));
    expect(valueOf(families, 'process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(valueOf(families, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'nodejs_gc_duration_seconds']) {
      expect(families.has(name)).toBe(true);
    }
    expect((await scrape()).has('process_cpu_seconds_total')).toBe(false);
  });

  it('stay apart from those of another instance', async () => {
    const [one, two] = [metricsOf(), metricsOf()];
    one.telemetry.failed();
    expect(valueOf(await scrape(one), 'ambit_defects_total')).toBe(1);
    expect(valueOf(await scrape(two), 'ambit_defects_total')).toBe(0);
  });

  it('reject where the state cannot be read', async () => {
    const metrics = metricsOf({
      readState: () => {
        throw new Error('no state');
      },
    });
    await expect(metrics.render('prometheus')).rejects.toThrow('no state');
  });
});

describe('events', () => {
  it('count decisions by method, outcome and caller, and what was blocked by code', async () => {
    const metrics = metricsOf();
    const codes = ['claim_unknown', 'claim_unknown', 'provider_denied'];
    const blocked = { ...decisionOf('block', { codes }), shadow: [SHADOW, SHADOW] };
    const allowed = decisionOf('allow', { codes: ['claim_expired'], eligible: 2 });
    const call = { method: 'check', caller: 'envoy', durationSeconds: 0.003 } as const;
    metrics.telemetry.decided({ ...call, decision: blocked });
    metrics.telemetry.decided({ ...call, decision: allowed, durationSeconds: 0.000_07 });
    metrics.telemetry.decided({ ...call, decision: allowed, durationSeconds: NaN });
    const families = await scrape(metrics);
    const value = (name: string, labels?: Record<string, string>) =>
      valueOf(families, name, labels);
    const decisions = { method: 'check', caller: 'envoy' };
    expect(value('ambit_decisions_total', { ...decisions, outcome: 'block' })).toBe(1);
    expect(value('ambit_decisions_total', { ...decisions, outcome: 'allow' })).toBe(2);
    expect(value('ambit_blocks_total', { code: 'claim_unknown' })).toBe(1);
    expect(value('ambit_blocked_candidates_total', { code: 'claim_unknown' })).toBe(2);
    expect(value('ambit_blocked_candidates_total', { code: 'provider_denied' })).toBe(1);
    expect(value('ambit_blocked_candidates_total', { code: 'claim_expired' })).toBe(2);
    expect(value('ambit_shadow_findings_total')).toBe(2);
    expect(value('ambit_decision_candidates_sum')).toBe(9);
    expect(value('ambit_decision_candidates_bucket', { le: '2' })).toBe(0);
    expect(value('ambit_decision_candidates_bucket', { le: '4' })).toBe(3);
    const duration = 'ambit_decision_duration_seconds';
    expect(value(`${duration}_count`, { method: 'check' })).toBe(2);
    expect(value(`${duration}_sum`, { method: 'check' })).toBeCloseTo(0.003_07, 6);
    expect(value(`${duration}_bucket`, { method: 'check', le: '0.0001' })).toBe(1);
    expect(value(`${duration}_bucket`, { method: 'check', le: '0.005' })).toBe(2);
  });

  it('count refusals by status, reason and caller', async () => {
    const metrics = metricsOf();
    metrics.telemetry.refused({ caller: 'envoy', status: 7, reason: 'rights' });
    metrics.telemetry.refused({ caller: 'envoy', status: 7, reason: 'rights' });
    metrics.telemetry.refused({ caller: '', status: 16, reason: 'identity' });
    expect((await scrape(metrics)).get('ambit_refused_calls_total')?.samples).toEqual([
      sampleOf({ status: 'PERMISSION_DENIED', reason: 'rights', caller: 'envoy' }, 2),
      sampleOf({ status: 'UNAUTHENTICATED', reason: 'identity', caller: '' }, 1),
    ]);
  });

  it('count what comes before a call, by listener', async () => {
    const metrics = metricsOf();
    metrics.telemetry.handshakeFailed('0.0.0.0:9595');
    metrics.telemetry.connectionRefused('unix:/run/ambit.sock');
    const families = await scrape(metrics);
    const [socket, port] = LISTENERS.map((listener) => ({ listener }));
    expect(valueOf(families, 'ambit_handshake_failures_total', port)).toBe(1);
    expect(valueOf(families, 'ambit_handshake_failures_total', socket)).toBe(0);
    expect(valueOf(families, 'ambit_connections_refused_total', socket)).toBe(1);
  });

  it('count readings of the sources, and defects', async () => {
    const metrics = metricsOf();
    for (const outcome of RELOAD_OUTCOMES) metrics.telemetry.reloaded(outcome);
    metrics.telemetry.reloaded('torn');
    metrics.telemetry.failed();
    const families = await scrape(metrics);
    const counts = RELOAD_OUTCOMES.map((outcome) =>
      valueOf(families, 'ambit_reloads_total', { outcome }),
    );
    expect(counts).toEqual([1, 1, 1, 2]);
    expect(valueOf(families, 'ambit_defects_total')).toBe(1);
  });

  it('only ever grow', async () => {
    const metrics = metricsOf();
    metrics.telemetry.failed();
    await scrape(metrics);
    metrics.telemetry.failed();
    expect(valueOf(await scrape(metrics), 'ambit_defects_total')).toBe(2);
  });
});

const SHADOW = { policy: 'p', ref: 'r', reasons: [reasonOf('claim_contrary')] } as const;

function sampleOf(labels: Record<string, string>, value: number) {
  return { name: 'ambit_refused_calls_total', labels, value };
}

describe('state', () => {
  it('is shown in seconds and bytes', async () => {
    const families = await scrapeState(FULL_STATE);
    const values = Object.fromEntries(
      [...families.values()]
        .filter(({ type }) => type === 'gauge')
        .flatMap(({ samples }) => samples)
        .filter(({ labels }) => Object.keys(labels).length === 0)
        .map(({ name, value }) => [name, value]),
    );
    expect(values).toEqual({
      ambit_bundle_sequence: 3,
      ambit_bundle_loaded_timestamp_seconds: 1000.5,
      ambit_bundle_valid_until_timestamp_seconds: 2000,
      ambit_bundle_targets: 12,
      ambit_bundle_policies: 4,
      ambit_bundle_files: 2,
      ambit_sources_rejected: 1,
      ambit_sources_rejected_timestamp_seconds: 1500,
      ambit_sources_age_seconds: 2.5,
      ambit_sources_max_age_seconds: 300,
      ambit_sources_stale: 0,
      ambit_ready: 1,
      ambit_calls_in_flight: 5,
      ambit_calls_in_flight_limit: 10,
      ambit_in_flight_bytes: 50,
      ambit_in_flight_limit_bytes: 100,
      ambit_event_loop_delay_seconds: 0.012,
      ambit_audit_enabled: 1,
      ambit_audit_failing: 1,
      ambit_audit_queue_records: 11,
      ambit_audit_missing_pending: 12,
      ambit_audit_folded_pending: 13,
      ambit_audit_head_sequence: 4711,
      ambit_audit_head_hash: 0xabababababab,
    });
    expect(valueOf(families, 'ambit_audit_missing_decisions_total')).toBe(14);
    expect(valueOf(families, 'ambit_audit_withdrawn_decisions_total')).toBe(16);
    expect(valueOf(families, 'ambit_audit_folded_blocks_total')).toBe(15);
    expect(valueOf(families, 'ambit_claims_expiring', { days: '7' })).toBe(1);
    expect(valueOf(families, 'ambit_claims_expiring', { days: '30' })).toBe(3);
    expect(valueOf(families, 'ambit_bundle_info', { digest: 'sha256:aa', revision: '7' })).toBe(1);
    expect(valueOf(families, 'ambit_shed_calls_total')).toBe(9);
    expect(valueOf(families, 'ambit_log_lines_lost_total')).toBe(6);
    expect(valueOf(families, 'ambit_spans_sent_total')).toBe(40);
    expect(valueOf(families, 'ambit_spans_lost_total')).toBe(2);
    const [socket, port] = LISTENERS.map((listener) => ({ listener }));
    expect(valueOf(families, 'ambit_connections', port)).toBe(2);
    expect(valueOf(families, 'ambit_connections', socket)).toBe(1);
    const expiry = 'ambit_certificate_expiry_timestamp_seconds';
    expect(valueOf(families, expiry, port)).toBe(5);
    expect(valueOf(families, expiry, socket)).toBeUndefined();
  });

  it('shows nothing of what nobody knows', async () => {
    const families = await scrapeState({});
    const absent = [
      'ambit_bundle_info',
      'ambit_bundle_sequence',
      'ambit_bundle_loaded_timestamp_seconds',
      'ambit_bundle_valid_until_timestamp_seconds',
      'ambit_sources_age_seconds',
      'ambit_sources_max_age_seconds',
      'ambit_sources_rejected_timestamp_seconds',
      'ambit_claims_expiring',
      'ambit_audit_failing',
      'ambit_audit_head_sequence',
    ];
    for (const name of absent) expect([name, families.get(name)?.samples]).toEqual([name, []]);
    // That no evidence is kept is known, and must be seen.
    expect(valueOf(families, 'ambit_audit_enabled')).toBe(0);
  });

  it('is read once for each page, and keeps nothing of the page before', async () => {
    const { bundle } = FULL_STATE.sources;
    const states: TelemetryState[] = [
      FULL_STATE,
      {
        ...EMPTY_STATE,
        sources: { ...(bundle && { bundle: { ...bundle, digest: 'sha256:bb' } }), stale: true },
      },
      EMPTY_STATE,
    ];
    let reads = 0;
    const metrics = metricsOf({ readState: () => states[reads++] ?? EMPTY_STATE });
    const pages = [await scrape(metrics), await scrape(metrics), await scrape(metrics)];
    expect(reads).toBe(3);
    const digests = pages.map((page) =>
      page.get('ambit_bundle_info')?.samples.map(({ labels }) => labels['digest']),
    );
    expect(digests).toEqual([['sha256:aa'], ['sha256:bb'], []]);
    expect(pages.map((page) => page.get('ambit_connections')?.samples.length)).toEqual([2, 0, 0]);
    expect(pages.map((page) => valueOf(page, 'ambit_sources_stale'))).toEqual([0, 1, 0]);
  });

  it.each([
    ['ok', 1],
    ['degraded', 1],
    ['failed', 0],
  ] as const)(
    'shows a check that is %s, and whether the service is ready',
    async (state, ready) => {
      const check = { name: 'sources', state, reason: 'r' } as HealthCheck;
      const families = await scrapeState({
        readiness: READY.map((each) => (each.name === 'sources' ? check : each)),
      });
      expect(valueOf(families, 'ambit_ready')).toBe(ready);
      const shown = CHECK_STATES.filter(
        (each) =>
          valueOf(families, 'ambit_readiness_check', { check: 'sources', state: each }) === 1,
      );
      expect(shown).toEqual([state]);
      expect(families.get('ambit_readiness_check')?.samples).toHaveLength(
        READINESS_CHECKS.length * CHECK_STATES.length,
      );
    },
  );

  it('counts listeners that are not configured as one', async () => {
    const families = await scrapeState({
      listeners: [
        { listener: 'a', connections: 2, maxConnections: 4, certificateExpiresAtMs: 9000 },
        { listener: 'b', connections: 3, maxConnections: 4, certificateExpiresAtMs: 8000 },
        { listener: 'c', connections: 1, maxConnections: 1 },
      ],
    });
    const other = { listener: 'other' };
    expect(families.get('ambit_connections')?.samples).toHaveLength(1);
    expect(valueOf(families, 'ambit_connections', other)).toBe(6);
    expect(valueOf(families, 'ambit_connections_limit', other)).toBe(9);
    expect(valueOf(families, 'ambit_certificate_expiry_timestamp_seconds', other)).toBe(8);
  });
});
