import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = {
  kind: 'labels',
  labels: new Map([
    ['tier', 'gold'],
    ['owner', 'ml'],
  ]),
} as const;

describe('labels', () => {
  describeKind({
    rule: RULE,
    good: new Map([
      ['label:tier', 'gold'],
      ['label:owner', 'ml'],
    ] as const),
    needs: 'all',
    accepts: (name, value) => value === (name === 'label:tier' ? 'gold' : 'ml'),
    edges: ['gold', 'Gold', ' gold', 'ml', 'toString'],
  });

  it('is an error where it names no label', () => {
    const none = { kind: 'labels', labels: new Map<string, string>() } as const;
    expect(evaluateRule(none, statedFacts({ 'label:tier': 'gold' })).state).toBe('error');
  });

  it('reads labels only, never a claim of the same name', () => {
    const rule = { kind: 'labels', labels: new Map([['soc2', 'type2']]) } as const;
    expect(evaluateRule(rule, statedFacts({ soc2: 'type2' })).state).toBe('unknown');
  });

  it('shows every label that is wanting', () => {
    expect(expectedOf(RULE)).toBe('label:tier: gold and label:owner: ml');
    expect(remedyOf(RULE)).toBe('labels: { tier: "gold", owner: "ml" }');
    expect(evaluateRule(RULE, statedFacts({ 'label:tier': 'tin' }))).toMatchObject({
      state: 'unknown',
      claim: 'label:owner',
      observed: 'label:tier: tin; label:owner not declared',
    });
  });
});
