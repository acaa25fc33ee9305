/** One line of numbers. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric with all its lines. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: readonly Sample[];
}

/** Suffixes of samples by the type of their family, in the two formats. */
const SUFFIXES: Readonly<Record<string, { readonly text: string[]; readonly open: string[] }>> = {
  counter: { text: [''], open: ['_total'] },
  gauge: { text: [''], open: [''] },
  histogram: { text: ['_bucket', '_sum', '_count'], open: ['_bucket', '_sum', '_count'] },
};

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /^([a-zA-Z_]\w*)="((?:[^"\\]|\\["\\n])*)"(?:,|$)/;

/**
 * Reads a page of metrics the strict way: every sample stands under its family, every family is described once, no
 * series comes twice, and histograms add up. Throws at the first line that is none. Written from the formats'
 * descriptions, and shares nothing with what writes them.
 */
export function parseMetrics(page: string, format: 'text' | 'open'): ReadonlyMap<string, Family> {
  const families = new Map<string, Family & { samples: Sample[] }>();
  const series = new Set<string>();
  let current: (Family & { samples: Sample[] }) | undefined;
  for (const line of contentLines(page, format)) {
    const described = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line);
    if (described?.[1] === 'HELP') {
      const [, , name = '', help = ''] = described;
      if (families.has(name)) throw new Error(`described twice: ${line}`);
      current = { name, help, type: '', samples: [] };
      families.set(name, current);
    } else if (described !== null) {
      const [, , name, type = ''] = described;
      if (current === undefined || current.name !== name || SUFFIXES[type] === undefined) {
        throw new Error(`a type without its help, or an unknown one: ${line}`);
      }
      current = { ...current, type };
      families.set(current.name, current);
    } else {
      const sample = parseSample(line);
      const known = current === undefined ? [] : (SUFFIXES[current.type]?.[format] ?? []);
      if (!known.some((suffix) => sample.name === `${current?.name ?? ''}${suffix}`)) {
        throw new Error(`a sample outside its family: ${line}`);
      }
      const id = sample.name + JSON.stringify(Object.entries(sample.labels).toSorted());
      if (series.has(id)) throw new Error(`a series comes twice: ${line}`);
      series.add(id);
      current?.samples.push(sample);
    }
  }
  for (const family of families.values()) if (family.type === 'histogram') checkHistogram(family);
  return families;
}

/** The value of one series; undefined if there is none. */
export function valueOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = JSON.stringify(Object.entries(labels).toSorted());
  const samples = [...families.values()].flatMap((family) => family.samples);
  return samples.find(
    (sample) =>
      sample.name === name && JSON.stringify(Object.entries(sample.labels).toSorted()) === wanted,
  )?.value;
}

function contentLines(page: string, format: 'text' | 'open'): readonly string[] {
  if (!page.endsWith('\n')) throw new Error('the page has no last line break');
  const lines = page.slice(0, -1).split('\n');
  if (format === 'text') return lines.filter((line) => line !== '');
  if (lines.pop() !== '# EOF') throw new Error('the page has no end mark');
  if (lines.includes('')) throw new Error('the page has an empty line');
  return lines;
}

function parseSample(line: string): Sample {
  const [whole, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
  if (whole === undefined) throw new Error(`no sample: ${line}`);
  return { name, labels: parseLabels(labels), value: parseValue(value) };
}

function parseLabels(text: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const [whole, name, value] = LABEL.exec(rest) ?? [];
    if (whole === undefined || name === undefined || value === undefined || name in labels) {
      throw new Error(`no labels: ${text}`);
    }
    labels[name] = value.replace(/\\(.)/g, (_, escaped: string) =>
      escaped === 'n' ? '\n' : escaped,
    );
    rest = rest.slice(whole.length);
  }
  return labels;
}

function parseValue(text: string): number {
  if (/^nan$/i.test(text)) return NaN;
  if (text === '+Inf') return Infinity;
  const value = Number(text);
  if (Number.isNaN(value)) throw new Error(`no number: ${text}`);
  return value;
}

/** Buckets grow, and the last one is the count. */
function checkHistogram({ name, samples }: Family): void {
  const rows = new Map<string, Sample[]>();
  for (const sample of samples) {
    const key = JSON.stringify(Object.entries(sample.labels).filter(([label]) => label !== 'le'));
    rows.set(key, [...(rows.get(key) ?? []), sample]);
  }
  for (const row of rows.values()) {
    const buckets = row.filter((sample) => sample.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) => parseValue(labels['le'] ?? ''));
    const values = buckets.map(({ value }) => value);
    const count = row.find((sample) => sample.name === `${name}_count`)?.value;
    const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
    if (bounds.at(-1) !== Infinity || values.at(-1) !== count)
      throw new Error(`${name} has no end`);
    if (String(sorted(bounds)) !== String(bounds) || String(sorted(values)) !== String(values)) {
      throw new Error(`${name} does not grow`);
    }
  }
}
