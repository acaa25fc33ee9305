import fc from 'fast-check';
import type { RequirementRule } from '../../../src/core/model/requirement';
import { ageLimitMs } from '../../../src/core/requirements/certifications';
import {
  claimsOf,
  evaluateRule,
  expectedOf,
  remedyOf,
} from '../../../src/core/requirements/registry';
import { describeKind } from './support/describe-kind';
import { factsOf, NOW_MS, stated, statedFacts } from './support/facts';

const DAY_MS = 86_400_000;

function rule(
  allOf: readonly string[],
  anyOf: readonly string[] = [],
  maxAgeDays?: number,
): RequirementRule {
  const base = { kind: 'certifications', allOf, anyOf } as const;
  return maxAgeDays === undefined ? base : { ...base, maxAgeDays };
}

function judgeChecked(checkedAtMs: number | undefined, maxAgeDays: number) {
  const more = checkedAtMs === undefined ? {} : { checkedAtMs };
  const reading = stated('certification:hipaa_baa', true, more);
  return evaluateRule(
    rule(['hipaa_baa'], [], maxAgeDays),
    factsOf(new Map([['certification:hipaa_baa' as const, reading]])),
  );
}

describe('certifications, all of', () => {
  describeKind({
    rule: rule(['iso27001', 'hipaa_baa']),
    good: new Map([
      ['iso27001', true],
      ['certification:hipaa_baa', true],
    ] as const),
    needs: 'all',
    accepts: (_name, value) => value === true,
    edges: ['yes'],
  });
});

describe('certifications, any of', () => {
  describeKind({
    rule: rule([], ['soc2_type2', 'pci_dss']),
    good: new Map<'soc2' | 'certification:pci_dss', string | boolean>([
      ['soc2', 'type2'],
      ['certification:pci_dss', true],
    ]),
    needs: 'any',
    accepts: (name, value) => value === (name === 'soc2' ? 'type2' : true),
    edges: ['type1', 'type2', 'none'],
  });
});

describe('certifications', () => {
  it.each([
    ['soc2', 'soc2', 'type1', 'none'],
    ['soc2_type1', 'soc2', 'type2', 'none'],
    ['soc2_type1', 'soc2', 'type1', 'none'],
    ['soc2_type2', 'soc2', 'type2', 'type1'],
    ['iso27001', 'iso27001', true, false],
    ['gdpr', 'gdpr', true, false],
    ['fedramp', 'certification:fedramp', true, 'moderate'],
    ['constructor', 'certification:constructor', true, false],
  ] as const)('reads the name %s as the claim %s', (name, claim, good, bad) => {
    expect(claimsOf(rule([name]))).toEqual([claim]);
    expect(evaluateRule(rule([name]), statedFacts({ [claim]: good })).state).toBe('satisfied');
    expect(evaluateRule(rule([name]), statedFacts({ [claim]: bad })).state).toBe('contrary');
  });

  it('needs one of the second list beside all of the first', () => {
    const both = rule(['gdpr'], ['iso42001', 'fedramp']);
    const gdpr = statedFacts({ gdpr: true });
    const one = statedFacts({ gdpr: true, 'certification:fedramp': true });
    const other = statedFacts({ 'certification:iso42001': true, 'certification:fedramp': true });
    expect(evaluateRule(both, gdpr)).toMatchObject({
      state: 'unknown',
      claim: 'certification:iso42001',
    });
    expect(evaluateRule(both, one).state).toBe('satisfied');
    expect(evaluateRule(both, other)).toMatchObject({ state: 'unknown', claim: 'gdpr' });
  });

  it('reads a claim once, however often it is named', () => {
    expect(claimsOf(rule(['soc2_type1', 'soc2_type2'], ['soc2']))).toEqual(['soc2']);
  });

  it('is an error where it names none', () => {
    expect(evaluateRule(rule([]), statedFacts({ gdpr: true })).state).toBe('error');
  });

  it.each([
    ['just young enough', NOW_MS - 90 * DAY_MS + 1, 90, 'satisfied'],
    ['at the limit', NOW_MS - 90 * DAY_MS, 90, 'expired'],
    ['beyond it', NOW_MS - 91 * DAY_MS, 90, 'expired'],
    ['never', undefined, 90, 'unknown'],
    ['at an instant that has not come', NOW_MS + 1, 90, 'unknown'],
    ['just now, but no age is young enough', NOW_MS, 0, 'expired'],
    ['at no instant', NaN, 90, 'expired'],
    ['just now, within an age that is none', NOW_MS, NaN, 'expired'],
  ])('judges the age of a claim that was checked %s', (_label, checkedAtMs, days, state) => {
    expect(judgeChecked(checkedAtMs, days).state).toBe(state);
  });

  it('is met exactly until the limit has passed', () => {
    const seen = { satisfied: 0, expired: 0 };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), (age, days) => {
        const state = age < days ? 'satisfied' : 'expired';
        seen[state] += 1;
        expect(judgeChecked(NOW_MS - age * DAY_MS, days).state).toBe(state);
      }),
    );
    expect(Math.min(seen.satisfied, seen.expired)).toBeGreaterThan(10);
  });

  it('tells the engine when a verdict will change', () => {
    expect(ageLimitMs(rule(['gdpr'], [], 90))).toBe(90 * DAY_MS);
    expect(ageLimitMs(rule(['gdpr'], [], 0))).toBe(0);
    expect(ageLimitMs(rule(['gdpr']))).toBeUndefined();
    expect(ageLimitMs({ kind: 'gdpr' })).toBeUndefined();
  });

  it('shows what it wants and what it found', () => {
    const text = 'gdpr: true and soc2: type2 or iso27001: true, checked within 90 days';
    expect(expectedOf(rule(['gdpr'], ['soc2_type2', 'iso27001'], 90))).toBe(text);
    expect(remedyOf(rule(['gdpr'], ['soc2_type2', 'iso27001'], 90))).toBe(text);
    expect(expectedOf(rule(['gdpr', 'soc2']))).toBe('gdpr: true and soc2: type1 or type2');
    expect(judgeChecked(undefined, 90)).toMatchObject({
      claim: 'certification:hipaa_baa',
      expected: 'certification:hipaa_baa: true, checked within 90 days',
      observed: 'declared with no checked_at',
    });
    expect(judgeChecked(0, 90)).toMatchObject({
      observed: 'certification:hipaa_baa: true, checked too long ago',
    });
    expect(judgeChecked(NOW_MS + 1, 90)).toMatchObject({
      observed: 'declared with a checked_at that has not come',
    });
  });
});
