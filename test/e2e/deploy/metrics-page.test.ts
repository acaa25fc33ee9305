import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { credentials } from '@grpc/grpc-js';

import { createAuthority, type Authority } from '../../contract/support/authority';
import { call } from '../../contract/support/client';
import { ADDED_LABELS, metricOf } from '../../deploy/support/known-metrics';
import { expressionsOf, readAlerts, readDashboard } from '../../deploy/support/grafana';
import { readPromql, type Expression } from '../../deploy/support/promql';
import { ask } from '../../pep/http/support/diagnostics';
import { parseMetrics, type Sample } from '../../platform/metrics/support/parse-metrics';
import { ambit } from '../cli/built-cli';
import {
  diagnosticsAt,
  startDrillProcess,
  type DrillProcess,
} from '../drills/support/drill-process';
import { openOwnClient } from '../drills/support/own-client';
import { until } from '../support/wait';

const EXPRESSIONS = [
  ...expressionsOf(readDashboard()),
  ...readAlerts().map(({ expr }) => expr),
].map((text) => ({ text, ...readPromql(text) }));

const POLICIES = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: drill }
spec:
  providers:
    - id: p
      targets:
        - id: p/clean
          model: clean
          evidence: { source: 'https://example.com/contract', expires_at: 2099-01-31 }
          claims: { retention_days: 0 }
        - { id: p/keeps, model: keeps, claims: { retention_days: 30 } }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec: { requirements: { max_retention_days: 7 } }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: stricter }
spec: { mode: shadow, requirements: { require_no_training: true } }
`;

const configIn = (folder: string, { certificateFile, keyFile }: Certificate): string => `
apiVersion: ambit/v1
kind: Service
metadata: { name: drill }
spec:
  policies: [policy.yaml]
  listeners:
    - address: 127.0.0.1:0
      caller: edge
      tls: { certificate_file: ${certificateFile}, private_key_file: ${keyFile} }
  callers:
    - { name: edge, tenants: [red], scopes: any }
  staleness: { max_seconds: 600 }
  diagnostics: { address: '${diagnosticsAt(folder)}' }
  tracing: { endpoint: 'http://127.0.0.1:9/v1/traces' }
  audit:
    directory: trail
    mode: counted
    private_key: { file: trail.key.pem }
    sinks: [{ name: lines, kind: stdout }]
`;

interface Certificate {
  readonly certificateFile: string;
  readonly keyFile: string;
}

let folder = '';
let authority: Authority;
let service: DrillProcess;
let samples: readonly Sample[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-metrics-'));
  authority = createAuthority();
  mkdirSync(join(folder, 'trail'));
  writeFileSync(join(folder, 'policy.yaml'), POLICIES);
  const certificate = authority.issue({ names: ['DNS:localhost', 'IP:127.0.0.1'] });
  writeFileSync(join(folder, 'ambit.yaml'), configIn(folder, certificate));
  ambit(['audit', 'keygen', '--out', folder]);
  service = startDrillProcess({ args: ['--config', join(folder, 'ambit.yaml')], listen: [] });
  const [address = ''] = await service.listening();
  await askAll(address);
  writeFileSync(join(folder, 'policy.yaml'), 'nonsense: true');
  samples = await until('the page of a service whose files were refused', async () => {
    const found = await pageOf();
    const refused = found.find(({ name }) => name === 'ambit_sources_rejected');
    return refused?.value === 1 ? found : undefined;
  });
});

afterAll(async () => {
  service.signal('SIGKILL');
  await service.ended();
  authority.remove();
  rmSync(folder, { recursive: true });
});

/** An answer of each outcome that is judged, and a call that is refused. */
async function askAll(address: string): Promise<void> {
  const as = credentials.createSsl(readFileSync(authority.certificateFile));
  const client = openOwnClient('ambit.v1.DecisionService', address, as);
  const said: string[] = [];
  for (const [tenant, target] of [
    ['red', 'p/clean'],
    ['red', 'p/keeps'],
    ['blue', 'p/clean'],
  ]) {
    const outcome = await call(client, 'Decide', { context: { tenant }, candidates: [{ target }] });
    said.push('code' in outcome ? outcome.code : String(outcome.answer['outcome']));
  }
  client.close();
  expect(said).toEqual(['OUTCOME_ALLOW', 'OUTCOME_BLOCK', 'PERMISSION_DENIED']);
}

async function pageOf(): Promise<readonly Sample[]> {
  const { text } = await ask({ address: diagnosticsAt(folder) }, '/metrics');
  return [...parseMetrics(text, 'text').values()].flatMap((family) => family.samples);
}

/** What an expression names that the page does not have, as `series` or `series.label`. */
function missingIn({ selectors, grouping }: Expression): readonly string[] {
  const asked = selectors.flatMap(({ metric, labels }) => {
    const known = labelsOf(metric);
    if (known === undefined) return [metric];
    return labels.filter((label) => !known.has(label)).map((label) => `${metric}.${label}`);
  });
  const known = new Set(selectors.flatMap(({ metric }) => [...(labelsOf(metric) ?? [])]));
  return [...asked, ...grouping.filter((label) => !known.has(label))];
}

/** The labels of a series, with those that Prometheus adds; undefined: the page has no such series. */
function labelsOf(series: string): ReadonlySet<string> | undefined {
  const found = samples.filter(({ name }) => name === series);
  if (found.length === 0) return undefined;
  return new Set([...ADDED_LABELS, ...found.flatMap(({ labels }) => Object.keys(labels))]);
}

describe('the page of metrics of a service that runs', () => {
  it.each(EXPRESSIONS)('has what dashboard and alerts ask for: $text', (expression) => {
    expect(missingIn(expression)).toEqual([]);
  });

  it('would show a metric or a label of another name', () => {
    expect(missingIn(readPromql('ambit_redy == 0'))).toEqual(['ambit_redy']);
    const renamed = 'sum by (kode) (ambit_blocks_total{colour="x"})';
    expect(missingIn(readPromql(renamed))).toEqual(['ambit_blocks_total.colour', 'kode']);
  });

  it('has everything that dashboard and alerts name of Ambit', () => {
    const named = new Set(
      EXPRESSIONS.flatMap(({ selectors }) => selectors.map(({ metric }) => metricOf(metric))),
    );
    expect(named.size).toBeGreaterThan(45);
  });
});
