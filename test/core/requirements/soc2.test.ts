import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'soc2' } as const;

describe('soc2', () => {
  describeKind({
    rule: RULE,
    good: new Map([['soc2', 'type1']]),
    needs: 'all',
    accepts: (_name, value) => ['type1', 'type2'].includes(value as string),
    edges: ['type1', 'type2', 'none', 'type3', 'Type2', 'type'],
  });

  it('shows what it wants and what it found', () => {
    expect(expectedOf(RULE)).toBe('soc2: type1 or type2');
    expect(remedyOf(RULE)).toBe('soc2: type2');
    expect(evaluateRule(RULE, statedFacts({ soc2: 'none' }))).toMatchObject({
      state: 'contrary',
      observed: 'soc2: none',
    });
  });
});
