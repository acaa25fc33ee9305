import { METRICS } from '../../src/platform/metrics/metric-table';
import { expressionsOf, readDashboard, type Panel } from './support/grafana';
import { metricOf, unknownIn } from './support/known-metrics';
import { readPromql } from './support/promql';

const DASHBOARD = readDashboard();
const EXPRESSIONS = expressionsOf(DASHBOARD);
const PANELS = DASHBOARD.panels.filter(({ type }) => type !== 'row');

/** What the dashboard does not show, and why. */
const NOT_SHOWN = {
  ambit_sources_rejected_timestamp_seconds: 'that it was refused is shown; since when, the alert',
  ambit_audit_enabled: 'there is nothing else to show where it is 0; the alert says so',
};

/** Columns that Grafana's grid has. */
const GRID_COLUMNS = 24;

/** The cells of the grid that a panel takes. */
function cellsOf({ gridPos: { x, y, w, h } }: Panel): readonly string[] {
  return Array.from({ length: w * h }, (_, cell) => {
    return `${String(x + (cell % w))}/${String(y + Math.floor(cell / w))}`;
  });
}

describe('deploy/grafana/dashboard.json', () => {
  it.each(EXPRESSIONS)('asks only for metrics and labels that there are: %s', (expression) => {
    expect(unknownIn(expression)).toEqual([]);
  });

  it.each(EXPRESSIONS)('asks the chosen instances only: %s', (expression) => {
    const { selectors } = readPromql(expression);
    expect(selectors.filter(({ labels }) => !labels.includes('instance'))).toEqual([]);
    expect(expression.split('instance=~"$instance"')).toHaveLength(selectors.length + 1);
  });

  it('shows every metric, but for what is said', () => {
    const shown = EXPRESSIONS.flatMap((each) => readPromql(each).selectors).map(({ metric }) =>
      metricOf(metric),
    );
    const missing = Object.keys(METRICS).filter((name) => !shown.includes(name));
    expect(missing).toEqual(Object.keys(NOT_SHOWN));
  });

  it('lets readers choose the data source and the instance', () => {
    const { list } = DASHBOARD.templating;
    expect(list.map(({ name, type }) => [name, type])).toEqual([
      ['datasource', 'datasource'],
      ['instance', 'query'],
    ]);
    expect(list[1]?.definition).toBe('label_values(ambit_ready, instance)');
  });

  it.each(PANELS)('says in `$title` what it shows, from the chosen data source', (panel) => {
    const { description = '', targets = [], datasource } = panel;
    expect(description).toMatch(/^\S.*\.$/);
    expect(targets.length).toBeGreaterThan(0);
    const sources = [datasource, ...targets.map((each) => each.datasource)];
    for (const source of sources) {
      expect(source).toEqual({ type: 'prometheus', uid: '${datasource}' });
    }
    const names = targets.map(({ refId }) => refId);
    expect([...new Set(names)]).toEqual(names);
  });

  it('has panels that neither overlap nor leave the grid, each with an id of its own', () => {
    const cells = DASHBOARD.panels.flatMap(cellsOf);
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells.every((cell) => Number.parseInt(cell, 10) < GRID_COLUMNS)).toBe(true);
    const ids = DASHBOARD.panels.map(({ id }) => id);
    expect([...new Set(ids)]).toEqual(ids);
  });
});
