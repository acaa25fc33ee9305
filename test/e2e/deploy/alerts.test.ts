import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { stringify } from 'yaml';

import {
  ALERTS_FILE,
  expressionsOf,
  readAlerts,
  readDashboard,
} from '../../deploy/support/grafana';
import { ALERT_CASES, DAY_MINUTES, MINUTES, type SeriesValues } from './support/alert-cases';
import { promtool } from './support/prometheus';
import type { ToolRun } from './support/tools';

const directory = mkdtempSync(join(tmpdir(), 'ambit-alerts-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** Writes a file for promtool; its path. */
function write(name: string, content: object): string {
  const file = join(directory, name);
  writeFileSync(file, stringify(content));
  return file;
}

/** A test of promtool's own: that an alert fires at the end of these series, or is not even pending. */
function promtoolTest(alert: string, series: SeriesValues, fires: boolean): object {
  const minutes = alert === 'AmbitTargetsLost' ? DAY_MINUTES + 10 : MINUTES;
  const state = fires ? ',alertstate="firing"' : '';
  return {
    name: `${alert} ${fires ? 'fires' : 'is quiet'}`,
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [
      {
        expr: `min(ALERTS{alertname="${alert}"${state}})`,
        eval_time: `${String(minutes)}m`,
        exp_samples: fires ? [{ labels: '{}', value: 1 }] : [],
      },
    ],
  };
}

/** Runs tests of one alert, with the rule of that alone: every rule is evaluated every minute of every test. */
function testRule(alert: string, tests: readonly object[]): ToolRun {
  const rules = readAlerts().filter((rule) => rule.alert === alert);
  const file = write('test.yaml', {
    rule_files: [write('rule.yaml', { groups: [{ name: 'one', rules }] })],
    evaluation_interval: '1m',
    tests,
  });
  return promtool('test', 'rules', file);
}

describe('promtool', () => {
  it('understands every rule', () => {
    const { code, output } = promtool('check', 'rules', ALERTS_FILE);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain(`SUCCESS: ${String(readAlerts().length)} rules found`);
  });

  it('understands every expression of the dashboard', () => {
    const rules = expressionsOf(readDashboard()).map((expr, index) => ({
      record: `panel:${String(index)}`,
      expr: expr.replaceAll('$__rate_interval', '5m'),
    }));
    const file = write('dashboard.yaml', { groups: [{ name: 'dashboard', rules }] });
    const { code, output } = promtool('check', 'rules', file);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain(`SUCCESS: ${String(rules.length)} rules found`);
  });

  it.each(Object.entries(ALERT_CASES))(
    'sees %s fire when it should, and only then',
    (alert, its) => {
      const tests = [promtoolTest(alert, its.fires, true), promtoolTest(alert, its.quiet, false)];
      const { code, output } = testRule(alert, tests);
      expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
    },
  );

  it('would find an alert that does not fire, and one that does', () => {
    const stale = { ambit_sources_stale: `1x${String(MINUTES)}` };
    const quiet = promtoolTest('AmbitSourcesStale', stale, false);
    expect(testRule('AmbitSourcesStale', [quiet]).code).toBe(1);
    expect(testRule('AmbitNotReady', [promtoolTest('AmbitNotReady', stale, true)]).code).toBe(1);
  });

  it('has a case for every alert', () => {
    expect(Object.keys(ALERT_CASES)).toEqual(readAlerts().map(({ alert }) => alert));
  });
});
