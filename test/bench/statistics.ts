/** What is told of several measurements of the same thing: single ones mean little on a shared machine. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The spread of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right);
  return {
    median: quantileOf(sorted, 0.5),
    min: quantileOf(sorted, 0),
    max: quantileOf(sorted, 1),
  };
}

/** The value below which the share `at` of the ascending values lies; NaN if there are none. */
export function quantileOf(sorted: readonly number[], at: number): number {
  const last = sorted.length - 1;
  return sorted[Math.min(last, Math.floor(at * sorted.length))] ?? NaN;
}

/** `median (min–max)`. */
export function formatSpread({ median, min, max }: Spread, digits = 1): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}

/** A table in Markdown. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
