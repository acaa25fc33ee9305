import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'deny_internet_egress' } as const;

describe('deny_internet_egress', () => {
  describeKind({
    rule: RULE,
    good: new Map([['allow_internet_egress', false]]),
    needs: 'all',
    accepts: (_name, value) => value === false,
    edges: ['false', 'no'],
  });

  it('shows what it wants and what it found', () => {
    expect(expectedOf(RULE)).toBe('allow_internet_egress: false');
    expect(remedyOf(RULE)).toBe('allow_internet_egress: false');
    expect(evaluateRule(RULE, statedFacts({ allow_internet_egress: true }))).toMatchObject({
      state: 'contrary',
      claim: 'allow_internet_egress',
      expected: 'allow_internet_egress: false',
      observed: 'allow_internet_egress: true',
      evidence: { position: { file: 'catalog.yaml', line: 7 } },
    });
  });

  it('infers nothing from other claims', () => {
    const facts = statedFacts({ local_only_processing: true, in_memory_only: true });
    expect(evaluateRule(RULE, facts)).toMatchObject({ state: 'unknown', observed: 'not declared' });
  });
});
