import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'iso27001' } as const;

describe('iso27001', () => {
  describeKind({
    rule: RULE,
    good: new Map([['iso27001', true]]),
    needs: 'all',
    accepts: (_name, value) => value === true,
    edges: ['TRUE', 'certified'],
  });

  it('shows what it wants and what it found', () => {
    expect(expectedOf(RULE)).toBe('iso27001: true');
    expect(remedyOf(RULE)).toBe('iso27001: true');
    expect(evaluateRule(RULE, statedFacts({ iso27001: false }))).toMatchObject({
      state: 'contrary',
      claim: 'iso27001',
      expected: 'iso27001: true',
      observed: 'iso27001: false',
      evidence: { position: { file: 'catalog.yaml', line: 7 } },
    });
  });

  it('infers nothing from other claims', () => {
    const facts = statedFacts({ soc2: 'type2', gdpr: true, 'certification:iso27001': true });
    expect(evaluateRule(RULE, facts)).toMatchObject({ state: 'unknown', observed: 'not declared' });
  });
});
