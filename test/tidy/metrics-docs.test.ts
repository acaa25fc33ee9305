import { METRICS } from '../../src/platform/metrics/metric-table';
import { DIAGNOSTICS_LIMITS } from '../../src/pep/http/limits';
import { LIVENESS_CHECKS, READINESS_CHECKS } from '../../src/ports/health-check';
import { CALL_METHODS, REFUSAL_REASONS } from '../../src/ports/telemetry';
import { parseMetrics } from '../platform/metrics/support/parse-metrics';
import { metricsOf } from '../platform/metrics/support/state';
import { tableRows, textOf } from './support/project-files';

const PAGE = textOf('docs/metrics.md');

interface Row {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly meaning: string;
  readonly expression: string | undefined;
}

/** The rows of all tables that describe metrics. */
const ROWS: readonly Row[] = tableRows(PAGE)
  .filter(([name = '']) => /^(?:ambit|process|nodejs)_/.test(name))
  .map(([name = '', type = '', labels = '', meaning = '', expression]) => ({
    name,
    type,
    labels: labels === '' ? [] : labels.split(', '),
    meaning,
    expression,
  }));

const OWN = ROWS.filter(({ name }) => name.startsWith('ambit_'));
const PROCESS = ROWS.filter(({ name }) => !name.startsWith('ambit_'));

/** The names of metrics in an expression, without what histograms add to theirs. */
function metricsIn(expression: string): readonly string[] {
  const names = expression.match(/\bambit_\w+/g) ?? [];
  return names.map((name) => (name in METRICS ? name : name.replace(/_(?:bucket|sum|count)$/, '')));
}

describe('docs/metrics.md', () => {
  it('has every metric of the table once, with its type, labels and meaning, and no other', () => {
    const documented = OWN.map(({ name, type, labels, meaning }) => [
      name,
      { type, labels, help: meaning },
    ]);
    expect(documented).toHaveLength(Object.keys(METRICS).length);
    expect(Object.fromEntries(documented)).toEqual(METRICS);
  });

  it('gives an expression for each, of metrics that there are, with labels that they have', () => {
    for (const { name, expression = '' } of OWN) {
      const used = metricsIn(expression);
      expect([name, used.length > 0]).toEqual([name, true]);
      expect(used.filter((metric) => !(metric in METRICS))).toEqual([]);
      expect([name, used.includes(name)]).toEqual([name, true]);
      for (const [, metric = '', label = ''] of expression.matchAll(/(ambit_\w+)\{(\w+)="/g)) {
        const [known = ''] = metricsIn(metric);
        expect(Object.entries(METRICS).find(([each]) => each === known)?.[1].labels).toContain(
          label,
        );
      }
      expect(expression.split('(').length).toBe(expression.split(')').length);
    }
  });

  it('has every metric of the process once, with its type, and no other', async () => {
    const page = await metricsOf({ measuresProcess: true }).render('prometheus');
    const found = [...parseMetrics(page, 'text').values()]
      .filter(({ name }) => !name.startsWith('ambit_'))
      .map(({ name, type }) => `${name} ${type}`);
    expect(PROCESS.map(({ name, type }) => `${name} ${type}`).toSorted()).toEqual(found.toSorted());
    expect(PROCESS.filter(({ meaning }) => meaning === '')).toEqual([]);
  });

  it('has every check once, on its page', () => {
    const checks = tableRows(PAGE)
      .filter(([, page = '']) => page === '/readyz' || page === '/livez')
      .map(([name, page, degraded, failed]) => {
        expect([name, `${degraded ?? ''}${failed ?? ''}`]).not.toEqual([name, '']);
        return [name, page];
      });
    expect(checks).toEqual([
      ...READINESS_CHECKS.map((name) => [name, '/readyz']),
      ...LIVENESS_CHECKS.map((name) => [name, '/livez']),
    ]);
  });

  it('names every method and every reason of a refusal', () => {
    for (const word of [...CALL_METHODS, ...REFUSAL_REASONS]) expect(PAGE).toContain(`\`${word}\``);
  });

  it('states the limits of the code', () => {
    const { headerBytes, requestMs, readMs, connections } = DIAGNOSTICS_LIMITS;
    const text = PAGE.replace(/\s+/g, ' ');
    expect(text).toContain(
      `requests have ${String(headerBytes / 1024)} KiB and ${String(requestMs / 1000)} seconds`,
    );
    expect(text).toContain(`taken within ${String(readMs / 1000)} seconds`);
    expect(text).toContain(`of more than ${String(connections)} connections`);
  });
});
