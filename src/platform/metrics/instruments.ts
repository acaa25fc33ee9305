import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

import { METRICS } from './metric-table';
import type { MetricName } from './metric-table';
import { createTally, OTHER } from './tally';

/** Labels of one series. */
export type LabelValues = Readonly<Record<string, string>>;

/** A counter over closed lists of words, one list a label, in the order of the metric's labels. */
export interface ClosedCounter {
  /** Counts one; a word that is not in its list counts as `other`. */
  readonly add: (...words: readonly string[]) => void;
  /** Hands what was counted to the registry. */
  flush(): void;
}

/** Registers a counter of the table. With `zeros` each combination is a series from the start, so that rates see its first count. */
export function createCounter(
  registry: Registry,
  name: MetricName,
  { lists, zeros }: { readonly lists: readonly (readonly string[])[]; readonly zeros: boolean },
): ClosedCounter {
  const counter = register(Counter, registry, name);
  const { labels } = METRICS[name];
  const tally = createTally(...lists);
  return {
    add: tally.add,
    flush: () => {
      counter.reset();
      for (const { words, count } of tally.entries(zeros)) {
        counter.inc(
          Object.fromEntries(labels.map((label, at) => [label, words[at] ?? OTHER])),
          count,
        );
      }
    },
  };
}

/** Counts without labels that somebody else keeps. */
export interface TotalCounter {
  /** Takes the whole count since the start. */
  set(total: number): void;
}

/** Registers a counter of the table that is read and not counted. */
export function createTotal(registry: Registry, name: MetricName): TotalCounter {
  const counter = register(Counter, registry, name);
  return {
    set: (total) => {
      counter.reset();
      counter.inc(total);
    },
  };
}

/** A gauge whose series are all set anew for each rendering, so that none outlives what it tells of. */
export interface StateGauge {
  clear(): void;
  /** Sets one series; a value that nobody knows (undefined) has none. */
  set(value: number | undefined, labels?: LabelValues): void;
}

/** Registers a gauge of the table without series. */
export function createGauge(registry: Registry, name: MetricName): StateGauge {
  const gauge = register(Gauge, registry, name);
  return {
    clear: () => {
      gauge.reset();
      // The library starts a gauge without labels at zero, which would say what nobody knows.
      if (METRICS[name].labels.length === 0) gauge.remove({});
    },
    set: (value, labels = {}) => {
      if (value !== undefined) gauge.set({ ...labels }, value);
    },
  };
}

/** A histogram over one closed list of words, or without labels. */
export interface ClosedHistogram {
  /** Takes a value; what is negative or no finite number is left out. */
  observe(value: number, word?: string): void;
}

/** Registers a histogram of the table; `words` are those of its label, if it has one. */
export function createHistogram(
  registry: Registry,
  name: MetricName,
  { buckets, words }: { readonly buckets: readonly number[]; readonly words: readonly string[] },
): ClosedHistogram {
  const histogram = register(Histogram, registry, name, { buckets: [...buckets] });
  const [label] = METRICS[name].labels;
  if (label === undefined)
    return {
      observe: observing((value) => {
        histogram.observe(value);
      }),
    };
  // Found once: the library checks labels for each child that it is asked for.
  const children = new Map(
    [...words, OTHER].map((word) => [word, histogram.labels({ [label]: word })]),
  );
  for (const word of words) histogram.zero({ [label]: word });
  return {
    observe: observing((value, word) => {
      (children.get(word) ?? children.get(OTHER))?.observe(value);
    }),
  };
}

/** The library throws on what is no finite number, and counting must never fail a decision; sums must only grow. */
function observing(observe: (value: number, word: string) => void): ClosedHistogram['observe'] {
  return (value, word = OTHER) => {
    if (value >= 0 && Number.isFinite(value)) observe(value, word);
  };
}

/** What the library takes for a metric of any type. */
interface MetricSettings {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
  readonly registers: Registry[];
  readonly buckets?: number[];
}

function register<Metric>(
  Type: new (settings: MetricSettings) => Metric,
  registry: Registry,
  name: MetricName,
  settings: Pick<MetricSettings, 'buckets'> = {},
): Metric {
  const { help, labels } = METRICS[name];
  return new Type({ name, help, labelNames: [...labels], registers: [registry], ...settings });
}
