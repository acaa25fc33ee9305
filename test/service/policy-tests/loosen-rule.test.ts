import { claimsOf, evaluateRule, REQUIREMENT_ORDER } from '../../../src/core/requirements/registry';
import type { ClaimName, ClaimValue } from '../../../src/core/model/claim';
import type { RequirementKindName, RequirementRule } from '../../../src/core/model/requirement';
import { loosenRule } from '../../../src/service/policy-tests/loosen-rule';
import { negateRule } from '../../../src/service/policy-tests/negate-rule';
import { statedFacts } from '../../core/requirements/support/facts';
import { RULE_OF_KIND } from '../../laws/support/rules';

const NUMBERS: Readonly<Partial<Record<ClaimName, readonly number[]>>> = {
  retention_days: [0, 7, 30, 90, 400],
  price_prompt: [1, 3, 5],
  price_completion: [2, 10, 20],
};

const WORDS: Readonly<Partial<Record<ClaimName, readonly string[]>>> = {
  processing_regions: ['eu', 'US'],
  storage_regions: ['eu', 'CH'],
  headquarters: ['US', 'CN'],
  quantization: ['fp16', 'int4'],
};

/** A catalog that states these values. */
const VALUES = {
  numbers: (claim: ClaimName) => NUMBERS[claim] ?? [],
  words: (claim: ClaimName) => WORDS[claim] ?? [],
};

/** What the loosened forms of a rule of each kind say; a kind without any cannot be loosened by a step. */
const STEPS: Readonly<Record<RequirementKindName, readonly string[]>> = {
  require_zero_data_retention: [],
  require_no_training: [],
  no_prompt_logging: [],
  max_retention_days: ['90 days'],
  require_in_memory_only: [],
  require_tokenized_input_support: [],
  deny_internet_egress: [],
  local_only_processing: [],
  deny_user_data_collection: [],
  deny_analytics_collection: [],
  soc2: [],
  soc2_type2: ['a report of Type 1 is enough'],
  iso27001: ['soc2 is enough'],
  soc2_or_iso27001: [],
  gdpr: [],
  certifications: [],
  processing_regions: ['`US` added'],
  storage_regions: ['`CH` added'],
  headquarters: ['`CN` not denied'],
  quantizations: ['`int4` added'],
  max_price: ['`prompt` up to 5'],
  labels: [],
  expression: [],
  minimum_assurance: ['`declared` is enough'],
};

test('every kind of requirement has its steps, or none', () => {
  const steps = REQUIREMENT_ORDER.map((kind) => [
    kind,
    loosenRule(RULE_OF_KIND[kind], VALUES).map(({ what }) => what),
  ]);
  expect(Object.fromEntries(steps)).toEqual(STEPS);
});

const FURTHER: readonly (readonly [rule: RequirementRule, steps: readonly string[]])[] = [
  [{ kind: 'max_retention_days', days: 400 }, []],
  [
    { kind: 'certifications', allOf: ['a', 'b'], anyOf: [], maxAgeDays: 9 },
    ['without `a`', 'without `b`', 'of any age'],
  ],
  [{ kind: 'certifications', allOf: ['a'], anyOf: ['b'] }, ['without `a`', 'without `any_of`']],
  [{ kind: 'certifications', allOf: [], anyOf: ['a', 'b'] }, []],
  [
    { kind: 'headquarters', allow: ['DE'], deny: ['RU'] },
    ['`US` allowed', '`CN` allowed', '`RU` not denied'],
  ],
  [{ kind: 'max_price', prompt: 1, completion: 2 }, ['`prompt` up to 3', '`completion` up to 10']],
  [
    {
      kind: 'labels',
      labels: new Map([
        ['tier', 'gold'],
        ['zone', 'x'],
      ]),
    },
    ['without `tier`', 'without `zone`'],
  ],
  [
    { kind: 'minimum_assurance', level: 'audited', of: [{ kind: 'gdpr' }] },
    ['`contract` is enough'],
  ],
  [{ kind: 'minimum_assurance', level: 'declared', of: [{ kind: 'gdpr' }] }, []],
];

test.each(FURTHER)('%j', (rule, steps) => {
  expect(loosenRule(rule, VALUES).map(({ what }) => what)).toEqual(steps);
});

/** For each kind that can be negated: values that satisfy its rule, and values that are contrary to it. */
const SIDES: readonly (readonly [RequirementKindName, ClaimValue, ClaimValue])[] = [
  ['require_zero_data_retention', true, false],
  ['require_no_training', true, false],
  ['no_prompt_logging', false, true],
  ['max_retention_days', 30, 31],
  ['require_in_memory_only', true, false],
  ['require_tokenized_input_support', true, false],
  ['deny_internet_egress', false, true],
  ['local_only_processing', true, false],
  ['deny_user_data_collection', 'deny', 'allow'],
  ['deny_analytics_collection', 'deny', 'allow'],
  ['soc2', 'type1', 'none'],
  ['soc2_type2', 'type2', 'type1'],
  ['iso27001', true, false],
  ['gdpr', true, false],
  ['certifications', true, false],
  ['processing_regions', ['DE'], ['US']],
  ['headquarters', ['US'], ['CN']],
  ['quantizations', 'fp16', 'int4'],
  ['max_price', 3, 4],
  ['labels', 'gold', 'lead'],
  ['expression', false, true],
];

test.each(SIDES)(
  '%s negated lets through what is contrary, and nothing else',
  (kind, good, bad) => {
    const rule = RULE_OF_KIND[kind];
    const negated = negateRule(rule);
    if (negated === undefined) throw new Error('it has no opposite');
    const stateOf = (one: RequirementRule, value: ClaimValue): string => {
      const facts = Object.fromEntries(claimsOf(rule).map((name) => [name, value]));
      return evaluateRule(one, statedFacts(facts)).state;
    };
    expect([stateOf(rule, good), stateOf(rule, bad)]).toEqual(['satisfied', 'contrary']);
    expect([stateOf(negated, good), stateOf(negated, bad)]).toEqual(['contrary', 'satisfied']);
    expect(evaluateRule(negated, statedFacts({})).state).toBe('unknown');
  },
);

test('only a condition on how claims are founded has no opposite', () => {
  const without = REQUIREMENT_ORDER.filter((kind) => negateRule(RULE_OF_KIND[kind]) === undefined);
  expect(without).toEqual(['minimum_assurance']);
});
