/**
 * Turns the older text format into OpenMetrics: a counter's name loses `_total` in what describes it, there are no
 * empty lines, and the end is marked. The library's own way renames its counters for good, so that the older format
 * would be wrong ever after.
 */
export function toOpenMetrics(text: string): string {
  const lines = text.split('\n').filter((line) => line !== '');
  const counters = new Set(lines.flatMap((line) => COUNTER.exec(line)?.[1] ?? []));
  const converted = lines.map((line) => convertLine(line, counters));
  return [...converted, '# EOF', ''].join('\n');
}

const COUNTER = /^# TYPE (\S+)_total counter$/;

const DESCRIPTION = /^(# (?:HELP|TYPE) )(\S+)_total( .*)$/;

/** How the library writes what is no number, at the end of a sample. */
const NO_NUMBER = / Nan$/;

function convertLine(line: string, counters: ReadonlySet<string>): string {
  const [, start = '', name = '', rest = ''] = DESCRIPTION.exec(line) ?? [];
  if (counters.has(name)) return start + name + rest;
  return line.startsWith('#') ? line : line.replace(NO_NUMBER, ' NaN');
}
