import { evaluateRule, expectedOf, remedyOf } from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { statedFacts } from './support/facts';

const RULE = { kind: 'quantizations', allowed: ['fp8', 'bf16'] } as const;

describe('quantizations', () => {
  describeKind({
    rule: RULE,
    good: new Map([['quantization', 'bf16']]),
    needs: 'all',
    accepts: (_name, value) => value === 'fp8' || value === 'bf16',
    edges: ['fp8', 'bf16', 'FP8', 'fp16', 'fp', 'fp8,bf16', ['fp8']],
  });

  it('lets nothing pass an empty list', () => {
    const none = { kind: 'quantizations', allowed: [] } as const;
    expect(evaluateRule(none, statedFacts({ quantization: 'fp8' })).state).toBe('contrary');
  });

  it('shows what it wants and what it found', () => {
    expect(expectedOf(RULE)).toBe('quantization in [fp8, bf16]');
    expect(remedyOf(RULE)).toBe('quantization: fp8 or bf16');
    expect(evaluateRule(RULE, statedFacts({ quantization: 'int4' }))).toMatchObject({
      observed: 'quantization: int4',
    });
  });
});
