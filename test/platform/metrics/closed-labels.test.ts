import fc from 'fast-check';

import { METRICS } from '../../../src/platform/metrics/metric-table';
import { CHECK_STATES, READINESS_CHECKS } from '../../../src/ports/health-check';
import {
  BLOCK_CODES,
  CALL_METHODS,
  CANDIDATE_CODES,
  GRPC_STATUS_NAMES,
  OUTCOMES,
  REFUSAL_REASONS,
  RELOAD_OUTCOMES,
} from '../../../src/ports/telemetry';
import type { Telemetry } from '../../../src/ports/telemetry';
import { CALLERS, decisionOf, FULL_STATE, LISTENERS, metricsOf, scrape } from './support/state';

/** Every word that the label may hold, for each label of Ambit's own metrics. */
const CLOSED: Readonly<Record<string, readonly string[]>> = {
  version: ['1.2.3'],
  method: CALL_METHODS,
  outcome: [...OUTCOMES, ...RELOAD_OUTCOMES],
  caller: ['', ...CALLERS],
  code: [...BLOCK_CODES, ...CANDIDATE_CODES],
  status: GRPC_STATUS_NAMES,
  reason: REFUSAL_REASONS,
  listener: LISTENERS,
  check: READINESS_CHECKS,
  state: CHECK_STATES,
  days: ['7', '30'],
  sink: ['db'],
};

/** Series at most, whatever happens: what the closed lists allow, `other` included. */
const MOST_SERIES = Object.values(METRICS).reduce(
  (sum, { type, labels }) =>
    sum +
    labels.reduce((product, label) => product * ((CLOSED[label]?.length ?? 0) + 1), 1) *
      (type === 'histogram' ? 16 : 1),
  0,
);

const WORDS = [
  '__proto__',
  'constructor',
  '',
  'other',
  '"}\n# HELP',
  'tenant-a',
  'gpt-4o',
  '\u0000',
];
const hostile = fc.oneof(fc.constantFrom(...WORDS, ...CALLERS), fc.string());

const hostileCall = fc.record({
  method: fc.oneof(hostile, fc.constantFrom(...CALL_METHODS)),
  caller: hostile,
  outcome: fc.oneof(hostile, fc.constantFrom(...OUTCOMES)),
  codes: fc.array(fc.oneof(hostile, fc.constantFrom(...CANDIDATE_CODES)), { maxLength: 4 }),
  durationSeconds: fc.double(),
  status: fc.oneof(fc.integer(), fc.double()),
  reason: hostile,
});

function sendHostile(
  telemetry: Telemetry,
  call: typeof hostileCall extends fc.Arbitrary<infer C> ? C : never,
) {
  const { codes, outcome, ...rest } = call;
  const decision = { ...decisionOf('block', { codes }), outcome };
  // What the types forbid is what this is about.
  telemetry.decided({ ...rest, decision } as never);
  telemetry.refused(rest as never);
  telemetry.reloaded(outcome as never);
  telemetry.handshakeFailed(rest.caller);
  telemetry.connectionRefused(rest.caller);
  telemetry.failed();
}

describe('labels', () => {
  it('hold words of closed lists only, so that the series are bounded whatever comes', async () => {
    const metrics = metricsOf({ readState: () => FULL_STATE });
    const calls = fc.sample(hostileCall, 3000);
    for (const call of calls) sendHostile(metrics.telemetry, call);
    const families = await scrape(metrics);
    const samples = [...families.values()].flatMap((family) => family.samples);
    const outside = samples.flatMap(({ labels }) =>
      Object.entries(labels).filter(
        ([label, value]) =>
          !['le', 'digest', 'revision'].includes(label) &&
          ![...(CLOSED[label] ?? []), 'other'].includes(value),
      ),
    );
    expect(outside).toEqual([]);
    expect(families.get('ambit_bundle_info')?.samples).toHaveLength(1);
    expect(samples.length).toBeLessThan(MOST_SERIES);
    // Nothing is lost: what has no word of its own is counted as `other`.
    const decisions = families.get('ambit_decisions_total')?.samples ?? [];
    expect(decisions.reduce((sum, { value }) => sum + value, 0)).toBe(calls.length);
    const others = decisions.filter(({ labels }) => Object.values(labels).includes('other'));
    expect(others.some(({ value }) => value > 0)).toBe(true);
    expect(
      decisions.some(({ labels, value }) => !Object.values(labels).includes('other') && value > 0),
    ).toBe(true);
  });
});
