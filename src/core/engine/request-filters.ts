import type { Preferences } from '../model/request';
import type { RequirementRule } from '../model/requirement';
import { canonicalId, foldedId } from '../policy/identifier';
import type { Bundle } from './bundle';
import { providerIdOf } from './catalog-view';
import { judgeRequirement } from './judge-requirements';
import { makeReason, rankOf, type RankedReason, type ReasonParts } from './ranked-reason';
import { servesName, type RequestedModel } from './requested-models';
import type { SubjectFacts } from './subject-facts';
import type { Subject } from './subject';

/** One filter of the request; it judges a subject and never lets through what something else blocks. */
export interface RequestFilter {
  /** The filter's name: `pin`, or the preference's. */
  readonly name: string;
  judge(subject: Subject, facts: () => SubjectFacts): readonly ReasonParts[];
}

/** All filters that a request states, in the order of their reasons. */
export function requestFilters(
  bundle: Bundle,
  preferences: Preferences,
  models: readonly RequestedModel[],
): readonly RequestFilter[] {
  const filters: RequestFilter[] = [];
  if (models.some(({ pin }) => pin !== undefined)) filters.push(pinFilter(models));
  const { only, ignore } = preferences;
  if (only !== undefined) filters.push(onlyFilter(bundle, only));
  if (ignore !== undefined && ignore.length > 0) filters.push(ignoreFilter(bundle, ignore));
  for (const [name, rule] of preferenceRules(preferences)) filters.push(claimFilter(name, rule));
  return filters;
}

/** Judges a subject by all filters. */
export function judgeFilters(
  filters: readonly RequestFilter[],
  subject: Subject,
  facts: () => SubjectFacts,
): readonly RankedReason[] {
  return filters.flatMap((filter, index) =>
    filter.judge(subject, facts).map((parts) => ({
      reason: makeReason({ requirement: filter.name, ...parts }),
      rank: rankOf('request_filters', 0, index),
    })),
  );
}

/** Filters of all kinds come before the one that is judged on what is left. */
const LAST_FILTER = 100;

/** The reason of a candidate that falls to `allow_fallbacks: false`. */
export function noFallbackReason(): RankedReason {
  const reason = makeReason({
    code: 'request_no_fallback',
    requirement: 'allow_fallbacks',
    state: 'filtered',
    expected: 'the first choice of the request',
    observed: 'a fallback',
    message: 'the request allows no fallbacks, and this is not its first choice',
  });
  return { reason, rank: rankOf('request_filters', 0, LAST_FILTER) };
}

/** True if an entry of a preference names the subject: its provider by id or alias, or its target id. */
export function namesSubject(
  bundle: Bundle,
  entry: string,
  { identity }: Subject,
  form: (id: string) => string,
): boolean {
  return (
    (identity.provider !== undefined &&
      (form(providerIdOf(bundle, entry)) === form(identity.provider) ||
        form(entry) === form(identity.provider))) ||
    (identity.id !== undefined && form(entry) === form(identity.id))
  );
}

function pinFilter(models: readonly RequestedModel[]): RequestFilter {
  const pins = [...new Set(models.flatMap(({ pin }) => (pin === undefined ? [] : [pin])))];
  return {
    name: 'model',
    judge: (subject) => {
      const served = models.filter(({ name }) => servesName(subject, name));
      const asked = served.length > 0 ? served : models;
      const passes = asked.some(
        ({ pin }) => pin === undefined || pin === subject.identity.provider,
      );
      return passes ? [] : [filtered('request_pin', `provider ${pins.join(' or ')}`, subject)];
    },
  };
}

function onlyFilter(bundle: Bundle, only: readonly string[]): RequestFilter {
  return {
    name: 'only',
    judge: (subject) =>
      only.some((entry) => namesSubject(bundle, entry, subject, canonicalId))
        ? []
        : [filtered('request_only', only.length === 0 ? 'nothing' : only.join(' or '), subject)],
  };
}

function ignoreFilter(bundle: Bundle, ignore: readonly string[]): RequestFilter {
  return {
    name: 'ignore',
    judge: (subject, facts) =>
      facts().nested || ignore.some((entry) => namesSubject(bundle, entry, subject, foldedId))
        ? [filtered('request_ignore', `not ${ignore.join(', ')}`, subject)]
        : [],
  };
}

function filtered(
  code: 'request_pin' | 'request_only' | 'request_ignore',
  expected: string,
  { identity }: Subject,
): ReasonParts {
  const observed = `provider ${identity.provider ?? 'unknown'}`;
  return {
    code,
    state: 'filtered',
    expected,
    observed,
    message: `the request asks for ${expected}; this is ${observed}`,
  };
}

/** The preferences that are conditions on claims, as rules, in the order of the contract. */
function preferenceRules(
  preferences: Preferences,
): readonly (readonly [string, RequirementRule])[] {
  const rules: (readonly [string, RequirementRule])[] = [];
  const { maxRetentionDays: days, processingRegions, quantizations, maxPrice } = preferences;
  if (preferences.zeroDataRetention === true) {
    rules.push(['zero_data_retention', { kind: 'require_zero_data_retention' }]);
  }
  if (preferences.noTraining === true) rules.push(['no_training', { kind: 'require_no_training' }]);
  if (preferences.dataCollection === 'deny') {
    rules.push(['data_collection', { kind: 'deny_user_data_collection' }]);
  }
  if (days !== undefined) rules.push(['max_retention_days', { kind: 'max_retention_days', days }]);
  if (processingRegions !== undefined) {
    rules.push(['processing_regions', { kind: 'processing_regions', regions: processingRegions }]);
  }
  if (quantizations !== undefined) {
    rules.push(['quantizations', { kind: 'quantizations', allowed: quantizations }]);
  }
  if (maxPrice !== undefined) rules.push(['max_price', { kind: 'max_price', ...maxPrice }]);
  return rules;
}

function claimFilter(name: string, rule: RequirementRule): RequestFilter {
  return {
    name,
    judge: (subject, facts) =>
      subject.standing !== 'known'
        ? []
        : judgeRequirement({ rule }, facts(), 'unbound').map((unmet) => ({
            code: 'request_not_met',
            claim: unmet.claim,
            state: unmet.state,
            expected: unmet.expected,
            observed: unmet.observed,
            message: `the request asks for ${unmet.expected}; ${unmet.observed}`,
            ...(unmet.evidence === undefined ? {} : { claimPosition: unmet.evidence.position }),
          })),
  };
}
