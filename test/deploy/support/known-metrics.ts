import { METRICS, type MetricSpec } from '../../../src/platform/metrics/metric-table';
import { readPromql } from './promql';

/** What Prometheus adds to every series that it takes from a page. */
export const ADDED_LABELS = ['instance', 'job'];

/** Metrics of the process that the dashboard may use, too. */
const PROCESS_METRICS = ['process_cpu_seconds_total'];

const OWN: ReadonlyMap<string, MetricSpec> = new Map(Object.entries(METRICS));

/** The metric that a series belongs to: a histogram has three kinds of them. */
export function metricOf(series: string): string {
  if (OWN.has(series)) return series;
  const base = series.replace(/_(?:bucket|sum|count)$/, '');
  return OWN.get(base)?.type === 'histogram' ? base : series;
}

/** What an expression names that no page of Ambit has, as `metric` or `metric.label`. Throws if it is no PromQL. */
export function unknownIn(expression: string): readonly string[] {
  const { selectors, grouping } = readPromql(expression);
  const labels = new Set(selectors.flatMap(({ metric }) => labelsOf(metric)));
  const ungrouped = grouping.filter((label) => !labels.has(label));
  const unselected = selectors.flatMap(({ metric, labels: used }) =>
    used.filter((label) => !labelsOf(metric).includes(label)).map((label) => `${metric}.${label}`),
  );
  const metrics = selectors.map(({ metric }) => metric).filter((metric) => !isKnown(metric));
  return [...metrics, ...unselected, ...ungrouped];
}

/** Histograms have no series under their own name. */
function isKnown(series: string): boolean {
  const metric = metricOf(series);
  const type = OWN.get(metric)?.type;
  if (type === undefined) return PROCESS_METRICS.includes(series);
  return (type === 'histogram') !== (metric === series);
}

function labelsOf(series: string): readonly string[] {
  const own = OWN.get(metricOf(series))?.labels ?? [];
  return [...own, ...ADDED_LABELS, ...(series.endsWith('_bucket') ? ['le'] : [])];
}
