import type { EligibleVerdict } from '../../../src/core/model/decision';
import { clustersOf } from '../../../src/pep/ext-authz/dynamic-metadata';
import { namedTargets } from '../../../src/service/reconcile/judge-request';

/** More than an answer names. */
const MANY = 100;

test('Envoy is told of just those targets that reconciling expects', () => {
  const targets = Array.from({ length: MANY }, (_, index) => `t-${String(index)}`);
  const eligible = targets.map((target): EligibleVerdict => {
    const model = { provider: 'p', sendModel: 'm', reasons: [] };
    return { eligible: true, ref: target, target, ...model };
  });
  const nothing = { verdicts: [], warnings: [], policies: [], shadow: [] };
  const told = clustersOf({ ...nothing, outcome: 'allow', eligible });
  expect(told.length).toBeLessThan(MANY);
  expect(namedTargets({ via: 'check', targets })).toEqual(told);
});
