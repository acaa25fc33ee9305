import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'no_prompt_logging' } as const;

describe('no_prompt_logging', () => {
  describeKind({
    rule: RULE,
    good: new Map([['prompt_logging', false]]),
    needs: 'all',
    accepts: (_name, value) => value === false,
    edges: ['false', 'no'],
  });

  it('shows what it wants and what it found', () => {
    expect(expectedOf(RULE)).toBe('prompt_logging: false');
    expect(remedyOf(RULE)).toBe('prompt_logging: false');
    expect(evaluateRule(RULE, statedFacts({ prompt_logging: true }))).toMatchObject({
      state: 'contrary',
      claim: 'prompt_logging',
      expected: 'prompt_logging: false',
      observed: 'prompt_logging: true',
      evidence: { position: { file: 'catalog.yaml', line: 7 } },
    });
  });

  it('infers nothing from other claims', () => {
    const facts = statedFacts({
      zero_data_retention: true,
      retention_days: 0,
      analytics_collection: 'deny',
    });
    expect(evaluateRule(RULE, facts)).toMatchObject({ state: 'unknown', observed: 'not declared' });
  });
});
