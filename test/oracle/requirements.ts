import type { Assurance, Claim, ClaimName, ClaimValue } from '../../src/core/model/claim';
import type { RequirementKindName, RequirementRule } from '../../src/core/model/requirement';
import { UNKNOWN } from './claims';
import { liesInside, mayOverlap, regionsOfUnit } from './regions';
import type { Reader, State, Unit, World } from './types';

/** The registry's order, in which reasons of one policy stand (L5). */
export const KIND_ORDER: readonly RequirementKindName[] = [
  'require_zero_data_retention',
  'require_no_training',
  'no_prompt_logging',
  'max_retention_days',
  'require_in_memory_only',
  'require_tokenized_input_support',
  'deny_internet_egress',
  'local_only_processing',
  'deny_user_data_collection',
  'deny_analytics_collection',
  'soc2',
  'soc2_type2',
  'iso27001',
  'soc2_or_iso27001',
  'gdpr',
  'certifications',
  'processing_regions',
  'storage_regions',
  'headquarters',
  'quantizations',
  'max_price',
  'labels',
  'expression',
  'minimum_assurance',
];

/** What a rule is judged on. */
export interface Evidence {
  readonly read: Reader;
  readonly unit: Unit;
  readonly world: World;
}

type Test = (value: ClaimValue, claim: Claim) => boolean;
type Of<K extends RequirementKindName> = Extract<RequirementRule, { kind: K }>;

const isTrue: Test = (value) => value === true;
const isFalse: Test = (value) => value === false;
const isDeny: Test = (value) => value === 'deny';
const isAnySoc2: Test = (value) => value === 'type1' || value === 'type2';
const isSoc2Type2: Test = (value) => value === 'type2';
const atMost =
  (bound: number): Test =>
  (value) =>
    typeof value === 'number' && value >= 0 && value <= bound;
const isList = (value: ClaimValue): value is readonly string[] => Array.isArray(value);

/** Kinds that hold if one claim has the right value. */
const ONE_CLAIM = {
  require_zero_data_retention: ['zero_data_retention', isTrue],
  require_no_training: ['training_opt_out', isTrue],
  no_prompt_logging: ['prompt_logging', isFalse],
  require_in_memory_only: ['in_memory_only', isTrue],
  require_tokenized_input_support: ['accepts_tokenized_input', isTrue],
  deny_internet_egress: ['allow_internet_egress', isFalse],
  local_only_processing: ['local_only_processing', isTrue],
  deny_user_data_collection: ['user_data_collection', isDeny],
  deny_analytics_collection: ['analytics_collection', isDeny],
  soc2: ['soc2', isAnySoc2],
  soc2_type2: ['soc2', isSoc2Type2],
  iso27001: ['iso27001', isTrue],
  gdpr: ['gdpr', isTrue],
} satisfies Partial<Readonly<Record<RequirementKindName, readonly [ClaimName, Test]>>>;

type OneClaimRule = Of<keyof typeof ONE_CLAIM>;

function isOneClaimRule(rule: RequirementRule): rule is OneClaimRule {
  return Object.hasOwn(ONE_CLAIM, rule.kind);
}

const oneClaimOf = ({ kind }: OneClaimRule): readonly [ClaimName, Test] => ONE_CLAIM[kind];

/** A claim that is in force must pass the test; in every other state the claim's state is the answer. */
function claim(name: ClaimName, test: Test, read: Reader): State {
  const found = read(name);
  if (found.state !== 'stated') {
    return found.state;
  }
  return found.claims.some((one) => test(one.value, one)) ? 'satisfied' : 'contrary';
}

/** The state that gives way least: errors, then conflicts, then the first of the others. */
function hardest(states: readonly State[]): State {
  const unmet = states.filter((state) => state !== 'satisfied');
  return (
    unmet.find((s) => s === 'error') ??
    unmet.find((s) => s === 'conflicting') ??
    unmet[0] ??
    'satisfied'
  );
}

const allOf = hardest;

/** Holds if one holds. Choice, fail closed: nothing holds where one of them could not be evaluated. */
function anyOf(states: readonly State[]): State {
  return states.includes('satisfied') && !states.includes('error') ? 'satisfied' : hardest(states);
}

const DAY_MS = 86_400_000;

/** Certifications that have a claim of their own; every other name is `certification:NAME`. */
const CERTIFICATES: Readonly<Record<string, readonly [ClaimName, Test]>> = {
  soc2: ['soc2', isAnySoc2],
  soc2_type1: ['soc2', isAnySoc2],
  soc2_type2: ['soc2', isSoc2Type2],
  iso27001: ['iso27001', isTrue],
  gdpr: ['gdpr', isTrue],
};

function certificate(name: string): readonly [ClaimName, Test] {
  return CERTIFICATES[name] ?? [`certification:${name}`, isTrue];
}

/**
 * Choices, fail closed: without `checked_at`, or with one that has not come, the certification is not fresh enough; one
 * that is exactly so old is too old, as a claim is expired at the instant at which it expires.
 */
function certification(name: string, rule: Of<'certifications'>, { read, world }: Evidence): State {
  const [claimName, test] = certificate(name);
  const oldestMs =
    rule.maxAgeDays === undefined ? undefined : world.nowMs - rule.maxAgeDays * DAY_MS;
  return claim(
    claimName,
    (value, one) =>
      test(value, one) &&
      (oldestMs === undefined ||
        (one.checkedAtMs !== undefined &&
          one.checkedAtMs > oldestMs &&
          one.checkedAtMs <= world.nowMs)),
    read,
  );
}

function certifications(rule: Of<'certifications'>, evidence: Evidence): State {
  const each = (names: readonly string[]): readonly State[] =>
    names.map((name) => certification(name, rule, evidence));
  const any = rule.anyOf.length === 0 ? 'satisfied' : anyOf(each(rule.anyOf));
  return allOf([...each(rule.allOf), any]);
}

function regions(name: ClaimName, allowed: readonly string[], evidence: Evidence): State {
  const lies = (region: string): boolean => liesInside(region, allowed);
  return claim(
    name,
    (value) =>
      isList(value) &&
      value.length > 0 &&
      value.every(lies) &&
      regionsOfUnit(evidence.unit, evidence.world).every(lies),
    evidence.read,
  );
}

/** Nothing is stored where nothing is retained: L2's one exception. */
function storageRegions(rule: Of<'storage_regions'>, evidence: Evidence): State {
  const stored = regions('storage_regions', rule.regions, evidence);
  const retained = claim('retention_days', (value) => value === 0, evidence.read);
  return anyOf([stored, retained]);
}

function headquarters(rule: Of<'headquarters'>, { read }: Evidence): State {
  const test: Test = (value) =>
    isList(value) &&
    value.length > 0 &&
    value.every((one) => rule.allow === undefined || liesInside(one, rule.allow)) &&
    !value.some((one) => rule.deny !== undefined && mayOverlap(one, rule.deny));
  return claim('headquarters', test, read);
}

function maxPrice(rule: Of<'max_price'>, { read }: Evidence): State {
  return allOf([
    rule.prompt === undefined ? 'satisfied' : claim('price_prompt', atMost(rule.prompt), read),
    rule.completion === undefined
      ? 'satisfied'
      : claim('price_completion', atMost(rule.completion), read),
  ]);
}

function expression(rule: Of<'expression'>, { read, world }: Evidence): State {
  const found = rule.claims.map((name) => [name, read(name)] as const);
  const state = allOf(found.map(([, one]) => (one.state === 'stated' ? 'satisfied' : one.state)));
  if (state !== 'satisfied') {
    return state;
  }
  const values = new Map<ClaimName, ClaimValue>();
  for (const [name, one] of found) {
    if (one.claims[0] !== undefined) {
      values.set(name, one.claims[0].value);
    }
  }
  const result = rule.program({ claims: values, attributes: world.request.context.attributes });
  if ('error' in result) {
    return 'error';
  }
  const holds: unknown = result.holds;
  return holds === true ? 'satisfied' : holds === false ? 'contrary' : 'error';
}

const RANK: Readonly<Record<Assurance, number>> = { declared: 0, contract: 1, audited: 2 };

/**
 * The other requirements must hold on claims that are founded well enough. One that does not hold at all says so
 * itself, and is not counted here a second time.
 */
function minimumAssurance(rule: Of<'minimum_assurance'>, evidence: Evidence): State {
  const isFounded: Test = (_value, one) => RANK[one.assurance] >= RANK[rule.level];
  const wellFounded: Reader = (name) =>
    claim(name, isFounded, evidence.read) === 'contrary' ? UNKNOWN : evidence.read(name);
  const isWanting = rule.of.some(
    (other) =>
      judge(other, evidence) === 'satisfied' &&
      judge(other, { ...evidence, read: wellFounded }) !== 'satisfied',
  );
  return isWanting ? 'contrary' : 'satisfied';
}

/** What one rule finds. A kind that the table and the cases lack does not compile. */
function judgeRule(rule: RequirementRule, evidence: Evidence): State {
  const { read } = evidence;
  if (isOneClaimRule(rule)) {
    return claim(...oneClaimOf(rule), read);
  }
  switch (rule.kind) {
    case 'max_retention_days':
      return claim('retention_days', atMost(rule.days), read);
    case 'soc2_or_iso27001':
      return anyOf([claim('soc2', isSoc2Type2, read), claim('iso27001', isTrue, read)]);
    case 'certifications':
      return certifications(rule, evidence);
    case 'processing_regions':
      return regions('processing_regions', rule.regions, evidence);
    case 'storage_regions':
      return storageRegions(rule, evidence);
    case 'headquarters':
      return headquarters(rule, evidence);
    case 'quantizations':
      return claim('quantization', (v) => typeof v === 'string' && rule.allowed.includes(v), read);
    case 'max_price':
      return maxPrice(rule, evidence);
    case 'labels':
      return allOf(
        [...rule.labels].map(([key, text]) => claim(`label:${key}`, (v) => v === text, read)),
      );
    case 'expression':
      return expression(rule, evidence);
    case 'minimum_assurance':
      return minimumAssurance(rule, evidence);
  }
}

/** What a requirement finds. Whatever goes wrong is an error, and an error blocks (L1). */
export function judge(rule: RequirementRule, evidence: Evidence): State {
  try {
    return judgeRule(rule, evidence);
  } catch {
    return 'error';
  }
}

/** The claims that a requirement reads. */
export function claimsOf(rule: RequirementRule): readonly ClaimName[] {
  if (isOneClaimRule(rule)) {
    return [oneClaimOf(rule)[0]];
  }
  switch (rule.kind) {
    case 'max_retention_days':
      return ['retention_days'];
    case 'soc2_or_iso27001':
      return ['soc2', 'iso27001'];
    case 'certifications':
      return [...rule.allOf, ...rule.anyOf].map((name) => certificate(name)[0]);
    case 'storage_regions':
      return ['storage_regions', 'retention_days'];
    case 'processing_regions':
    case 'headquarters':
      return [rule.kind];
    case 'quantizations':
      return ['quantization'];
    case 'max_price':
      return ['price_prompt', 'price_completion'];
    case 'labels':
      return [...rule.labels.keys()].map((key) => `label:${key}` as const);
    case 'expression':
      return rule.claims;
    case 'minimum_assurance':
      return rule.of.flatMap(claimsOf);
  }
}
