import { METRICS } from '../../src/platform/metrics/metric-table';
import { tableRows, textOf } from '../tidy/support/project-files';
import { ALERTS_FILE, readAlerts } from './support/grafana';
import { unknownIn } from './support/known-metrics';

const RULES = readAlerts();

/** What has no row for a metric: an instance that is gone has no page to say so. */
const BEYOND_THE_TABLE = ['AmbitAbsent'];

/** The expressions of docs/metrics.md by their metrics. */
const DOCUMENTED = new Map(
  tableRows(textOf('docs/metrics.md')).map(([name = '', , , , expression = '']) => [
    name,
    expression,
  ]),
);

/** Why a metric has no rule, as docs/grafana.md says. */
const REASONS = new Map(
  tableRows(textOf('docs/grafana.md'))
    .filter(([name = '']) => name.startsWith('ambit_'))
    .map(([name = '', reason = '']) => [name, reason]),
);

function ruleOf(metric: string): string | undefined {
  return RULES.find(({ expr }) => expr === DOCUMENTED.get(metric))?.alert;
}

/** The heading of a page as a link names it. */
function anchorsOf(page: string): readonly string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading.toLowerCase().replaceAll(' ', '-'),
  );
}

describe(ALERTS_FILE, () => {
  it.each(Object.keys(METRICS))('has the documented rule on %s, or it is said why not', (name) => {
    const said = [ruleOf(name), REASONS.get(name)].filter((each) => (each ?? '') !== '');
    expect({ name, said }).toEqual({ name, said: [expect.any(String)] });
  });

  it('has no rule beside those of docs/metrics.md, but for what no page can say', () => {
    const documented = new Set(Object.keys(METRICS).map(ruleOf));
    const others = RULES.map(({ alert }) => alert).filter((alert) => !documented.has(alert));
    expect(others).toEqual(BEYOND_THE_TABLE);
  });

  it('has each name once', () => {
    const names = RULES.map(({ alert }) => alert);
    expect([...new Set(names)]).toEqual(names);
  });

  it.each(RULES)('asks in $alert only for metrics and labels that there are', ({ expr }) => {
    expect(unknownIn(expr)).toEqual([]);
  });

  it.each(RULES)('says of $alert how bad it is, what it is and where to read on', (rule) => {
    const { summary, description, runbook } = rule.annotations;
    expect(['critical', 'warning', 'info']).toContain(rule.labels.severity);
    expect(summary).toMatch(/^\S.*[^.\s]$/);
    expect(description).toMatch(/^[A-Z{].*\.$/);
    const [file = '', anchor] = runbook.split('#');
    const anchors = anchorsOf(textOf(file));
    expect({ runbook, isThere: anchor === undefined ? anchors.length > 0 : true }).toEqual({
      runbook,
      isThere: true,
    });
    expect(anchors).toEqual(anchor === undefined ? anchors : expect.arrayContaining([anchor]));
  });
});

describe('the reader of expressions', () => {
  it('names what there is not', () => {
    expect(unknownIn('ambit_redy == 0')).toEqual(['ambit_redy']);
    expect(unknownIn('ambit_blocks_total{kode="x"}')).toEqual(['ambit_blocks_total.kode']);
    expect(unknownIn('sum by (team) (ambit_ready)')).toEqual(['team']);
    expect(unknownIn('ambit_decision_candidates > 1')).toEqual(['ambit_decision_candidates']);
    expect(unknownIn('sum by (le) (ambit_decision_candidates_bucket)')).toEqual([]);
  });

  it('refuses what is no PromQL', () => {
    expect(() => unknownIn('rate(ambit_blocks_total[5m]')).toThrow('no PromQL');
    expect(() => unknownIn('1 + 1')).toThrow('no metric');
  });
});
