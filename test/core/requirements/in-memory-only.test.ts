import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'require_in_memory_only' } as const;

describe('require_in_memory_only', () => {
  describeKind({
    rule: RULE,
    good: new Map([['in_memory_only', true]]),
    needs: 'all',
    accepts: (_name, value) => value === true,
    edges: ['TRUE', 'yes'],
  });

  it('shows what it wants and what it found', () => {
    expect(expectedOf(RULE)).toBe('in_memory_only: true');
    expect(remedyOf(RULE)).toBe('in_memory_only: true');
    expect(evaluateRule(RULE, statedFacts({ in_memory_only: false }))).toMatchObject({
      state: 'contrary',
      claim: 'in_memory_only',
      expected: 'in_memory_only: true',
      observed: 'in_memory_only: false',
      evidence: { position: { file: 'catalog.yaml', line: 7 } },
    });
  });

  it('infers nothing from other claims', () => {
    const facts = statedFacts({
      zero_data_retention: true,
      retention_days: 0,
      local_only_processing: true,
    });
    expect(evaluateRule(RULE, facts)).toMatchObject({ state: 'unknown', observed: 'not declared' });
  });
});
