import type { Decision } from '../../../../src/core/model/decision';
import type { ReasonCode } from '../../../../src/core/model/reason';
import { createMetrics } from '../../../../src/platform/metrics/create-metrics';
import type { Metrics, MetricsParts } from '../../../../src/platform/metrics/create-metrics';
import { READINESS_CHECKS } from '../../../../src/ports/health-check';
import type { HealthCheck } from '../../../../src/ports/health-check';
import type { TelemetryState } from '../../../../src/ports/telemetry';
import { parseMetrics } from './parse-metrics';
import type { Family } from './parse-metrics';

/** A service that has just begun: nothing loaded, nobody connected. */
export const EMPTY_STATE: TelemetryState = {
  readiness: [],
  sources: { stale: false },
  load: {
    callsInFlight: 0,
    maxCallsInFlight: 4096,
    bytesInFlight: 0,
    maxBytesInFlight: 65_536,
    eventLoopDelayMs: 0,
    shedCalls: 0,
  },
  listeners: [],
  lostLogLines: 0,
  spans: { sent: 0, lost: 0 },
};

/** Every check of readiness passes. */
export const READY: readonly HealthCheck[] = READINESS_CHECKS.map((name) => ({
  name,
  state: 'ok',
}));

/** A service with something to tell of everything. */
export const FULL_STATE: TelemetryState = {
  readiness: READY,
  sources: {
    bundle: {
      digest: 'sha256:aa',
      revision: 7,
      sequence: 3,
      loadedAtMs: 1_000_500,
      validUntilMs: 2_000_000,
      targets: 12,
      policies: 4,
      files: 2,
      expiringClaims: { within7Days: 1, within30Days: 3 },
    },
    rejectedAtMs: 1_500_000,
    ageMs: 2500,
    maxAgeMs: 300_000,
    stale: false,
  },
  load: {
    callsInFlight: 5,
    maxCallsInFlight: 10,
    bytesInFlight: 50,
    maxBytesInFlight: 100,
    eventLoopDelayMs: 12,
    shedCalls: 9,
  },
  listeners: [
    { listener: '0.0.0.0:9595', connections: 2, maxConnections: 4, certificateExpiresAtMs: 5000 },
    { listener: 'unix:/run/ambit.sock', connections: 1, maxConnections: 4 },
  ],
  lostLogLines: 6,
  audit: {
    mode: 'counted',
    problem: 'EIO',
    queued: 11,
    missing: 12,
    folded: 13,
    totals: { missing: 14, folded: 15, withdrawn: 16 },
    sinks: [{ sink: 'db', sequence: 4700, lag: 11, lastProblem: 'gone' }],
    head: { sequence: 4711, hash: 'ab'.repeat(32) },
  },
  spans: { sent: 40, lost: 2 },
};

/** The names that the configuration of these tests has. */
export const CALLERS = ['envoy', 'gateway'];
export const LISTENERS = ['unix:/run/ambit.sock', '0.0.0.0:9595'];

/** Metrics without those of the process, over a state that does not change. */
export function metricsOf(parts: Partial<MetricsParts> = {}): Metrics {
  return createMetrics({
    version: '1.2.3',
    callers: CALLERS,
    listeners: LISTENERS,
    readState: () => EMPTY_STATE,
    measuresProcess: false,
    ...parts,
  });
}

/** A decision as far as it is counted; `codes` are the first reasons of its blocked candidates. */
export function decisionOf(
  outcome: Decision['outcome'],
  { codes = [], eligible = 0 }: { readonly codes?: readonly string[]; readonly eligible?: number },
): Decision {
  const base = { ref: 'a', target: 'a', provider: 'p' };
  return {
    outcome,
    eligible: [],
    verdicts: [
      ...codes.map((code) => ({
        ...base,
        eligible: false as const,
        reasons: [reasonOf(code as ReasonCode)] as const,
      })),
      ...Array.from({ length: eligible }, () => passed(base)),
    ],
    ...(outcome === 'block' ? { block: blockOf((codes[0] ?? 'no_candidates') as ReasonCode) } : {}),
    warnings: [],
    policies: [],
    shadow: [],
  };
}

// Only the engine may build eligible verdicts (test/tidy/eligible-once); to be counted, this much of one does.
function passed(base: object): Decision['verdicts'][number] {
  return { ...base, eligible: Boolean(base), reasons: [], sendModel: 'm' } as never;
}

/** A reason as far as it is counted. */
export function reasonOf(code: ReasonCode): Decision['shadow'][number]['reasons'][0] {
  return {
    code,
    layer: 'requirements',
    policy: 'base',
    requirement: '',
    claim: '',
    state: 'contrary',
    expected: '',
    observed: '',
    message: '',
  };
}

function blockOf(code: ReasonCode): NonNullable<Decision['block']> {
  return {
    code,
    message: '',
    httpStatus: 403,
    contentType: '',
    body: '',
    layer: 'requirements',
    policy: '',
    providersConsidered: [],
  };
}

/** A page in the older format, read. */
export async function scrape(metrics = metricsOf()): Promise<ReadonlyMap<string, Family>> {
  return parseMetrics(await metrics.render('prometheus'), 'text');
}
