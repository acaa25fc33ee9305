import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'require_tokenized_input_support' } as const;

describe('require_tokenized_input_support', () => {
  describeKind({
    rule: RULE,
    good: new Map([['accepts_tokenized_input', true]]),
    needs: 'all',
    accepts: (_name, value) => value === true,
    edges: ['TRUE', 'yes'],
  });

  it('shows what it wants and what it found', () => {
    expect(expectedOf(RULE)).toBe('accepts_tokenized_input: true');
    expect(remedyOf(RULE)).toBe('accepts_tokenized_input: true');
    expect(evaluateRule(RULE, statedFacts({ accepts_tokenized_input: false }))).toMatchObject({
      state: 'contrary',
      claim: 'accepts_tokenized_input',
      expected: 'accepts_tokenized_input: true',
      observed: 'accepts_tokenized_input: false',
      evidence: { position: { file: 'catalog.yaml', line: 7 } },
    });
  });

  it('infers nothing from other claims', () => {
    const facts = statedFacts({ zero_data_retention: true, in_memory_only: true });
    expect(evaluateRule(RULE, facts)).toMatchObject({ state: 'unknown', observed: 'not declared' });
  });
});
