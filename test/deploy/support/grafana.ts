import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { parse } from 'yaml';

const ROOT = resolve(__dirname, '../../..');

/** Where the rules are, from the root. */
export const ALERTS_FILE = 'deploy/grafana/alerts.yaml';

/** A rule that alerts. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<'summary' | 'description' | 'runbook', string>>;
}

/** Where a panel's numbers come from. */
interface DataSource {
  readonly type: string;
  readonly uid: string;
}

/** A query of a panel. */
export interface Query {
  readonly refId: string;
  readonly expr: string;
  readonly datasource: DataSource;
}

/** A panel of the dashboard; a row has no queries. */
export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: DataSource;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly targets?: readonly Query[];
}

/** A variable that readers choose. */
export interface Variable {
  readonly name: string;
  readonly type: string;
  readonly definition?: string;
}

/** The dashboard, as Grafana reads it. */
export interface Dashboard {
  readonly uid: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
}

/** All rules of the file, in order. */
export function readAlerts(): readonly AlertRule[] {
  const { groups } = parse(readFileSync(join(ROOT, ALERTS_FILE), 'utf8')) as {
    readonly groups: readonly { readonly rules: readonly AlertRule[] }[];
  };
  return groups.flatMap(({ rules }) => rules);
}

/** The dashboard. */
export function readDashboard(): Dashboard {
  const text = readFileSync(join(ROOT, 'deploy/grafana/dashboard.json'), 'utf8');
  return JSON.parse(text) as Dashboard;
}

/** Every expression of the dashboard: of its panels and of what is marked in all of them. */
export function expressionsOf({ panels, annotations }: Dashboard): readonly string[] {
  const queries = panels.flatMap(({ targets = [] }) => targets);
  return [...queries, ...annotations.list].map(({ expr }) => expr);
}
