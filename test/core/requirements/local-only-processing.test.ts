import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'local_only_processing' } as const;

describe('local_only_processing', () => {
  describeKind({
    rule: RULE,
    good: new Map([['local_only_processing', true]]),
    needs: 'all',
    accepts: (_name, value) => value === true,
    edges: ['TRUE', 'yes'],
  });

  it('shows what it wants and what it found', () => {
    expect(expectedOf(RULE)).toBe('local_only_processing: true');
    expect(remedyOf(RULE)).toBe('local_only_processing: true');
    expect(evaluateRule(RULE, statedFacts({ local_only_processing: false }))).toMatchObject({
      state: 'contrary',
      claim: 'local_only_processing',
      expected: 'local_only_processing: true',
      observed: 'local_only_processing: false',
      evidence: { position: { file: 'catalog.yaml', line: 7 } },
    });
  });

  it('infers nothing from other claims', () => {
    const facts = statedFacts({
      allow_internet_egress: false,
      in_memory_only: true,
      headquarters: ['DE'],
    });
    expect(evaluateRule(RULE, facts)).toMatchObject({ state: 'unknown', observed: 'not declared' });
  });
});
