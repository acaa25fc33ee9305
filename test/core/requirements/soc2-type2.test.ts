import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'soc2_type2' } as const;

describe('soc2_type2', () => {
  describeKind({
    rule: RULE,
    good: new Map([['soc2', 'type2']]),
    needs: 'all',
    accepts: (_name, value) => value === 'type2',
    edges: ['type1', 'type2', 'none', 'type2 ', 'TYPE2', '2'],
  });

  it('shows what it wants and that Type 1 is not enough', () => {
    expect(expectedOf(RULE)).toBe('soc2: type2');
    expect(remedyOf(RULE)).toBe('soc2: type2');
    expect(evaluateRule(RULE, statedFacts({ soc2: 'type1' }))).toMatchObject({
      state: 'contrary',
      observed: 'soc2: type1',
    });
  });
});
