import { parser } from '@prometheus-io/lezer-promql';

/** A series that an expression asks for: the metric, and the labels that it is narrowed by. */
export interface Selector {
  readonly metric: string;
  readonly labels: readonly string[];
}

/** What an expression names. */
export interface Expression {
  readonly selectors: readonly Selector[];
  /** Labels after `by`, `without`, `on`, `ignoring` and `group_left`. */
  readonly grouping: readonly string[];
}

/** Grafana puts a duration in its place. */
const INTERVAL = /\$__(?:rate_)?interval\b/g;

/** Reads PromQL with the grammar of Prometheus's own editor. Throws if it is none, or names no metric. */
export function readPromql(text: string): Expression {
  const source = text.replaceAll(INTERVAL, '5m');
  const selectors: { metric: string; labels: string[] }[] = [];
  const grouping: string[] = [];
  parser.parse(source).iterate({
    enter: (node) => {
      const { type, from, to } = node;
      const word = source.slice(from, to);
      if (type.isError) throw new Error(`no PromQL at ${String(from)}: ${text}`);
      if (type.name === 'VectorSelector') selectors.push({ metric: '', labels: [] });
      const last = selectors.at(-1);
      if (type.name === 'Identifier' && last !== undefined) last.metric = word;
      if (type.name !== 'LabelName') return;
      if (node.matchContext(['UnquotedLabelMatcher'])) last?.labels.push(word);
      else grouping.push(word);
    },
  });
  if (selectors.length === 0) throw new Error(`no metric: ${text}`);
  return { selectors, grouping };
}
