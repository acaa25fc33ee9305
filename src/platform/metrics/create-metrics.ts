import { collectDefaultMetrics, Registry } from 'prom-client';

import type { Telemetry, TelemetryState } from '../../ports/telemetry';
import { createEventMetrics } from './event-metrics';
import { toOpenMetrics } from './open-metrics';
import { createStateMetrics } from './state-metrics';

/** The formats that metrics can be read in. */
export const METRICS_FORMATS = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  open_metrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
} as const;

/** A format that metrics can be read in. */
export type MetricsFormat = keyof typeof METRICS_FORMATS;

/** What is counted, and its page. */
export interface Metrics {
  readonly telemetry: Telemetry;
  /** All metrics at this instant. Rejects if the state cannot be read, which is a defect. */
  render(format: MetricsFormat): Promise<string>;
}

/** What metrics are made of. */
export interface MetricsParts {
  readonly version: string;
  /** Names of the configuration: the only values that the label `caller` can have. */
  readonly callers: readonly string[];
  /** Addresses of the configuration: the only values that the label `listener` can have. */
  readonly listeners: readonly string[];
  /** Reads the state of the service; called once for each rendering. */
  readonly readState: () => TelemetryState;
  /** Whether the process itself is measured, too. Once a process: it is never unmeasured. */
  readonly measuresProcess: boolean;
}

/** Creates metrics in a registry of their own. */
export function createMetrics(parts: MetricsParts): Metrics {
  const registry = new Registry();
  const events = createEventMetrics(registry, parts);
  const setState = createStateMetrics(registry, parts);
  if (parts.measuresProcess) collectDefaultMetrics({ register: registry });
  return {
    telemetry: events.telemetry,
    render: async (format) => {
      events.flush();
      setState(parts.readState());
      const text = await registry.metrics();
      return format === 'prometheus' ? text : toOpenMetrics(text);
    },
  };
}
