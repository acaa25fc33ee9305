import { Trace } from '../../../src/gen/ambit/v1/trace';
import { answerToWire } from '../../../src/pep/grpc/answer-to-wire';
import { traceToWire } from '../../../src/pep/grpc/trace-to-wire';
import type { Answer, Detail } from '../../../src/ports/answer';
import { ask } from '../../service/support/asks';
import { createTestPoint, loadFiles } from '../../service/support/world';
import { now } from '../../service/support/now';

const POLICIES = `apiVersion: ambit/v1
kind: Policy
metadata: { name: wide }
spec: { requirements: { require_no_training: true } }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: team }
spec: { scope: { team: [x, y], environment: any }, models: { deny: [banned] } }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: tried }
spec: { mode: shadow, requirements: { soc2: true, max_retention_days: 0 } }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: asked }
spec: { mode: warn, requirements: { max_retention_days: 7 } }
`;

const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: c }
spec:
  providers:
    - id: p
      claims: { training_opt_out: true, retention_days: 0 }
      targets: [{ id: good, model: good }, { id: banned, model: banned }]
    - id: q
      targets: [{ id: silent, model: m }, { id: silent2, model: n }]
`;

async function answer(detail: Detail, team?: string): Promise<Answer> {
  const loaded = await loadFiles({ 'p.yaml': POLICIES, 'c.yaml': CATALOG });
  if (loaded.bundle === undefined) throw new Error(JSON.stringify(loaded.findings));
  const scope = new Map([
    ['environment', 'e'],
    ...(team === undefined ? [] : [['team', team] as const]),
  ]);
  const targets = ['good', 'banned', 'silent', 'unknown', 'silent2'];
  const { point } = createTestPoint(loaded);
  return now(point.decide(ask({ detail, targets, context: { scope } }), 'decide'));
}

describe('a trace', () => {
  it('is there for DETAIL_TRACE only, and only where a bundle decided', async () => {
    expect(answerToWire(await answer('reasons')).trace).toBeUndefined();
    expect(answerToWire(await answer('summary')).trace).toBeUndefined();
    expect(answerToWire(await answer('trace')).trace).toBeDefined();
    const refused = now(createTestPoint().point.decide(ask({ detail: 'trace' }), 'decide'));
    expect(answerToWire(refused).trace).toBeUndefined();
  });

  it('has the policies that apply, with scope, mode and place', async () => {
    const { policies } = Trace.toJSON(traceToWire(await answer('trace', 'y'))) as {
      readonly policies: readonly unknown[];
    };
    expect(policies).toEqual([
      {
        policy: 'asked',
        mode: 'POLICY_MODE_WARN',
        counts: true,
        source: { file: 'p.yaml', line: 18, column: 19 },
      },
      {
        policy: 'tried',
        mode: 'POLICY_MODE_SHADOW',
        counts: true,
        source: { file: 'p.yaml', line: 13, column: 19 },
      },
      {
        policy: 'wide',
        mode: 'POLICY_MODE_ENFORCE',
        counts: true,
        source: { file: 'p.yaml', line: 3, column: 19 },
      },
      {
        policy: 'team',
        mode: 'POLICY_MODE_ENFORCE',
        counts: true,
        scope: [{ key: 'team', values: ['x', 'y'] }, { key: 'environment' }],
        source: { file: 'p.yaml', line: 8, column: 19 },
      },
    ]);
  });

  it('tells a policy that restricts and does not count', async () => {
    const { policies } = traceToWire(await answer('trace'));
    expect(policies.filter(({ counts }) => !counts).map(({ policy }) => policy)).toEqual(['team']);
  });

  it('counts what each layer and policy leaves of what entered it', async () => {
    const { steps } = Trace.toJSON(traceToWire(await answer('trace', 'y'))) as {
      readonly steps: readonly unknown[];
    };
    expect(steps).toEqual([
      { layer: 'LAYER_MODEL_LISTS', policy: 'team', entered: 5, left: 4 },
      { layer: 'LAYER_CATALOG', entered: 4, left: 3 },
      { layer: 'LAYER_REQUIREMENTS', policy: 'asked', entered: 3, left: 1 },
    ]);
  });

  it('has what shadow policies say of each candidate, with all reasons', async () => {
    const { shadow } = traceToWire(await answer('trace', 'y'));
    const told = shadow.map(({ policy, ref, reasons }) => [
      policy,
      ref,
      reasons.map(({ requirement, layer }) => [requirement, layer]),
    ]);
    expect(told).toContainEqual(['tried', 'good', [['soc2', 6]]]);
    expect(told).toContainEqual([
      'tried',
      'silent',
      [
        ['max_retention_days', 6],
        ['soc2', 6],
      ],
    ]);
  });

  it('has the keys of a file’s binding before those of the policy', async () => {
    const bundle = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: b }
spec:
  include: [{ file: p.yaml, scope: { tenant: [red] } }]
`;
    const loaded = await loadFiles({ 'b.yaml': bundle, 'p.yaml': POLICIES, 'c.yaml': CATALOG }, [
      { path: 'b.yaml' },
      { path: 'c.yaml' },
    ]);
    if (loaded.bundle === undefined) throw new Error(JSON.stringify(loaded.findings));
    const { point } = createTestPoint(loaded);
    const context = {
      tenant: 'red',
      scope: new Map([
        ['team', 'x'],
        ['environment', 'e'],
      ]),
    };
    const { policies } = traceToWire(now(point.decide(ask({ context }), 'decide')));
    expect(policies.find(({ policy }) => policy === 'team')?.scope).toEqual([
      { key: 'tenant', values: ['red'] },
      { key: 'team', values: ['x', 'y'] },
      { key: 'environment', values: [] },
    ]);
  });
});
