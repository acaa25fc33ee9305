import type { Registry } from 'prom-client';

import {
  BLOCK_CODES,
  CALL_METHODS,
  CANDIDATE_CODES,
  GRPC_STATUS_NAMES,
  OUTCOMES,
  REFUSAL_REASONS,
  RELOAD_OUTCOMES,
} from '../../ports/telemetry';
import type { DecidedCall, Telemetry } from '../../ports/telemetry';
import { createCounter, createHistogram } from './instruments';
import type { ClosedCounter } from './instruments';
import type { MetricName } from './metric-table';
import { OTHER } from './tally';

/** Seconds: a decision takes tens of microseconds; what takes longer than a second has missed any deadline. */
const DURATION_BUCKETS = [
  0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1,
] as const;

/** Candidates: powers of two, up to what one request may hold. */
const CANDIDATE_BUCKETS = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] as const;

/** What counts events, and hands the counts to the registry. */
export interface EventMetrics {
  readonly telemetry: Telemetry;
  flush(): void;
}

/** The names of the configuration that labels can have. */
export interface ConfiguredNames {
  readonly callers: readonly string[];
  readonly listeners: readonly string[];
}

/** Registers everything that counts events. */
export function createEventMetrics(registry: Registry, names: ConfiguredNames): EventMetrics {
  const counters = createCounters(registry, names);
  const duration = createHistogram(registry, 'ambit_decision_duration_seconds', {
    buckets: DURATION_BUCKETS,
    words: CALL_METHODS,
  });
  const candidates = createHistogram(registry, 'ambit_decision_candidates', {
    buckets: CANDIDATE_BUCKETS,
    words: [],
  });
  return {
    telemetry: {
      decided: (call) => {
        countDecision(counters, call);
        duration.observe(call.durationSeconds, call.method);
        candidates.observe(call.decision.verdicts.length);
      },
      refused: ({ caller, status, reason }) => {
        counters.refused.add(GRPC_STATUS_NAMES[status] ?? OTHER, reason, caller);
      },
      handshakeFailed: (listener) => {
        counters.handshakes.add(listener);
      },
      connectionRefused: (listener) => {
        counters.connections.add(listener);
      },
      reloaded: (outcome) => {
        counters.reloads.add(outcome);
      },
      failed: () => {
        counters.defects.add();
      },
    },
    flush: () => {
      for (const counter of Object.values(counters)) counter.flush();
    },
  };
}

type Counters = ReturnType<typeof createCounters>;

function createCounters(registry: Registry, { callers, listeners }: ConfiguredNames) {
  const counter = (name: MetricName, ...lists: readonly (readonly string[])[]): ClosedCounter =>
    createCounter(registry, name, { lists, zeros: true });
  return {
    decisions: counter(
      'ambit_decisions_total',
      CALL_METHODS,
      OUTCOMES,
      // Where callers are configured, nobody without a name gets as far as a decision.
      callers.length === 0 ? [''] : callers,
    ),
    blocks: counter('ambit_blocks_total', BLOCK_CODES),
    blockedCandidates: counter('ambit_blocked_candidates_total', CANDIDATE_CODES),
    shadow: counter('ambit_shadow_findings_total'),
    // Most combinations of status and reason never happen, so these are series once they have.
    refused: createCounter(registry, 'ambit_refused_calls_total', {
      lists: [GRPC_STATUS_NAMES, REFUSAL_REASONS, ['', ...callers]],
      zeros: false,
    }),
    handshakes: counter('ambit_handshake_failures_total', listeners),
    connections: counter('ambit_connections_refused_total', listeners),
    reloads: counter('ambit_reloads_total', RELOAD_OUTCOMES),
    defects: counter('ambit_defects_total'),
  };
}

function countDecision(counters: Counters, { method, caller, decision }: DecidedCall): void {
  const { outcome, block, verdicts, shadow } = decision;
  counters.decisions.add(method, outcome, caller);
  if (block !== undefined) counters.blocks.add(block.code);
  for (const verdict of verdicts) {
    if (!verdict.eligible) counters.blockedCandidates.add(verdict.reasons[0].code);
  }
  shadow.forEach(() => {
    counters.shadow.add();
  });
}
