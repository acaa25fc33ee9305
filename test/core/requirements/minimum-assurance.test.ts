import fc from 'fast-check';
import {
  ASSURANCES,
  type Assurance,
  type Claim,
  type ClaimName,
} from '../../../src/core/model/claim';
import type { ClaimReading, RequirementRule } from '../../../src/core/model/requirement';
import {
  claimsOf,
  evaluateRule,
  expectedOf,
  remedyOf,
} from '../../../src/core/requirements/registry';
import { factsOf, notInForce, stated, throwingFacts } from './support/facts';
import { runs, SEED, Spread } from '../../laws/support/runs';

const ZDR = { kind: 'require_zero_data_retention' } as const;
const EITHER = { kind: 'soc2_or_iso27001' } as const;
const STORAGE = { kind: 'storage_regions', regions: ['eu'] } as const;

function minimum(level: Assurance, ...of: readonly RequirementRule[]): RequirementRule {
  return { kind: 'minimum_assurance', level, of };
}

function judge(
  rule: RequirementRule,
  ...claims: readonly (readonly [ClaimName, Claim['value'], Assurance])[]
) {
  const readings = claims.map(
    ([name, value, assurance]) => [name, stated(name, value, { assurance })] as const,
  );
  return evaluateRule(rule, factsOf(new Map(readings)));
}

describe('minimum_assurance', () => {
  it.each(
    ASSURANCES.flatMap((level) => ASSURANCES.map((assurance) => [level, assurance] as const)),
  )('wants %s or better of a claim that is %s', (level, assurance) => {
    const enough = ASSURANCES.indexOf(assurance) >= ASSURANCES.indexOf(level);
    expect(judge(minimum(level, ZDR), ['zero_data_retention', true, assurance]).state).toBe(
      enough ? 'satisfied' : 'contrary',
    );
  });

  it('names the claim and how it is founded', () => {
    expect(
      judge(minimum('contract', ZDR), ['zero_data_retention', true, 'declared']),
    ).toMatchObject({
      state: 'contrary',
      claim: 'zero_data_retention',
      expected: 'assurance contract or better',
      observed: 'declared',
      evidence: { position: { file: 'catalog.yaml' } },
    });
  });

  it('adds nothing where the other requirement is not met anyway', () => {
    const rule = minimum('contract', ZDR);
    for (const reading of notInForce('zero_data_retention', true)) {
      const facts = factsOf(new Map([['zero_data_retention' as const, reading]]));
      expect(evaluateRule(ZDR, facts).state).not.toBe('satisfied');
      expect(evaluateRule(rule, facts)).toEqual({ state: 'satisfied', reliedOn: [] });
    }
    expect(judge(rule, ['zero_data_retention', false, 'declared']).state).toBe('satisfied');
  });

  it('is content if one of two alternatives is founded well enough', () => {
    const rule = minimum('contract', EITHER);
    expect(judge(rule, ['soc2', 'type2', 'declared'], ['iso27001', true, 'audited'])).toMatchObject(
      {
        state: 'satisfied',
        reliedOn: [{ name: 'iso27001' }],
      },
    );
    expect(
      judge(rule, ['soc2', 'type2', 'declared'], ['iso27001', false, 'audited']),
    ).toMatchObject({
      state: 'contrary',
      claim: 'soc2',
    });
    expect(judge(rule, ['soc2', 'type2', 'declared'], ['iso27001', true, 'declared']).state).toBe(
      'contrary',
    );
  });

  it('holds for storage by what satisfies it', () => {
    const rule = minimum('contract', STORAGE);
    const weak = ['retention_days', 0, 'declared'] as const;
    expect(judge(rule, weak).state).toBe('contrary');
    expect(judge(rule, weak, ['storage_regions', ['DE'], 'contract']).state).toBe('satisfied');
  });

  it('judges every other requirement', () => {
    const rule = minimum('contract', ZDR, { kind: 'gdpr' });
    const strong = ['zero_data_retention', true, 'audited'] as const;
    expect(judge(rule, strong, ['gdpr', true, 'declared'])).toMatchObject({
      state: 'contrary',
      claim: 'gdpr',
    });
    expect(judge(rule, strong, ['gdpr', true, 'contract'])).toMatchObject({
      state: 'satisfied',
      reliedOn: [{ name: 'zero_data_retention' }, { name: 'gdpr' }],
    });
  });

  it('reaches the claims of an expression', () => {
    const rule = minimum('audited', {
      kind: 'expression',
      text: 'claims.soc2 != "none"',
      claims: ['soc2'],
      program: () => ({ holds: true }),
    });
    expect(judge(rule, ['soc2', 'type2', 'contract'])).toMatchObject({
      state: 'contrary',
      claim: 'soc2',
    });
    expect(judge(rule, ['soc2', 'type2', 'audited']).state).toBe('satisfied');
  });

  it('lets nothing through together with what it conditions, save claims in force and founded well enough', () => {
    const seen = new Spread();
    const anyReading = fc.oneof(
      fc.constantFrom(...notInForce('zero_data_retention', true)),
      fc
        .tuple(fc.boolean(), fc.constantFrom(...ASSURANCES))
        .map(([value, assurance]): ClaimReading =>
          stated('zero_data_retention', value, { assurance }),
        ),
    );
    fc.assert(
      fc.property(anyReading, fc.constantFrom(...ASSURANCES), (reading, level) => {
        const facts = factsOf(new Map([['zero_data_retention' as const, reading]]));
        const rules = [ZDR, minimum(level, ZDR)];
        const met = rules.every((rule) => evaluateRule(rule, facts).state === 'satisfied');
        const wanted =
          reading.state === 'stated' &&
          reading.claim.value === true &&
          ASSURANCES.indexOf(reading.claim.assurance) >= ASSURANCES.indexOf(level);
        seen.add(met ? 'satisfied' : 'unmet');
        expect(met).toBe(wanted);
      }),
      { numRuns: runs(500), seed: SEED },
    );
    seen.expectAtLeast(42, 'satisfied', 'unmet');
  });

  it('is an error where there is nothing to condition', () => {
    expect(evaluateRule(minimum('declared'), factsOf(new Map())).state).toBe('error');
  });

  it('is never better than an error of the other requirement', () => {
    const facts = throwingFacts();
    expect(evaluateRule(ZDR, facts).state).toBe('error');
    const failsLater = (assurance: Assurance) => {
      let readings = 0;
      return factsOf(new Map(), {
        read: (name) => {
          readings += 1;
          if (readings > 1) throw new Error('a defect');
          return stated(name, true, { assurance });
        },
      });
    };
    const failed = { state: 'error', expected: 'assurance contract or better' };
    expect(evaluateRule(minimum('contract', ZDR), failsLater('audited'))).toEqual({
      ...failed,
      claim: '',
      observed: 'evaluation failed',
    });
    expect(evaluateRule(minimum('contract', ZDR), failsLater('declared'))).toMatchObject({
      ...failed,
      claim: 'zero_data_retention',
      observed: 'declared',
    });
  });

  it('reads what the others read, once each', () => {
    expect(claimsOf(minimum('declared', EITHER, { kind: 'soc2' }, ZDR))).toEqual([
      'soc2',
      'iso27001',
      'zero_data_retention',
    ]);
  });

  it('shows the level', () => {
    expect(expectedOf(minimum('audited', ZDR))).toBe('assurance audited');
    expect(expectedOf(minimum('declared', ZDR))).toBe('assurance declared or better');
    expect(remedyOf(minimum('contract', ZDR))).toBe('assurance: contract');
  });
});
