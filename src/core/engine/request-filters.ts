import type { Preferences } from '../model/request';
import type { RequirementRule } from '../model/requirement';
import { canonicalId, foldedId } from '../policy/identifier';
import { shorten } from '../requirements/shorten';
import type { Bundle } from './bundle';
import { providerIdOf, providersLike } from './catalog-view';
import { judgeRequirement } from './judge-requirements';
import { makeReason, rankOf, type RankedReason, type ReasonParts } from './ranked-reason';
import { servedNames, type RequestedModel } from './requested-models';
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

/**
 * The places of the entries of a preference that name a subject: its provider by id or alias, or its target id.
 * Entries are looked up, because end clients write them, and many of them.
 */
export function entriesNaming(
  bundle: Bundle,
  entries: readonly string[],
): (subject: Subject) => readonly number[] {
  const byProvider = new Map<string, number[]>();
  const byId = new Map<string, number[]>();
  entries.forEach((entry, place) => {
    const name = canonicalId(entry);
    add(byProvider, providerIdOf(bundle, name), place);
    add(byId, name, place);
  });
  return ({ identity: { provider, id } }) => [
    ...((provider === undefined ? undefined : byProvider.get(provider)) ?? []),
    ...((id === undefined ? undefined : byId.get(id)) ?? []),
  ];
}

function add(places: Map<string, number[]>, name: string, place: number): void {
  const known = places.get(name);
  if (known === undefined) places.set(name, [place]);
  else known.push(place);
}

function pinFilter(models: readonly RequestedModel[]): RequestFilter {
  const pins = [...new Set(models.flatMap(({ pin }) => (pin === undefined ? [] : [pin])))];
  const expected = shorten(`provider ${pins.join(' or ')}`);
  const byName = new Map<string, RequestedModel[]>();
  for (const model of models) byName.set(model.name, [...(byName.get(model.name) ?? []), model]);
  return {
    name: 'model',
    judge: (subject) => {
      const served = servedNames(subject).flatMap((name) => byName.get(name) ?? []);
      const asked = served.length > 0 ? served : models;
      const passes = asked.some(
        ({ pin }) => pin === undefined || pin === subject.identity.provider,
      );
      return passes ? [] : [filtered('request_pin', expected, subject)];
    },
  };
}

function onlyFilter(bundle: Bundle, only: readonly string[]): RequestFilter {
  const naming = entriesNaming(bundle, only);
  const expected = shorten(only.length === 0 ? 'nothing' : only.join(' or '));
  return {
    name: 'only',
    judge: (subject) =>
      naming(subject).length > 0 ? [] : [filtered('request_only', expected, subject)],
  };
}

/** What is to be kept out is named in any spelling. */
function ignoreFilter(bundle: Bundle, ignore: readonly string[]): RequestFilter {
  const ids = new Set(ignore.map(foldedId));
  const providers = new Set(ignore.flatMap((name) => providersLike(bundle, name)));
  const expected = shorten(`not ${ignore.join(', ')}`);
  const isIgnored = ({ identity: { provider, id } }: Subject): boolean =>
    (provider !== undefined && providers.has(foldedId(provider))) ||
    (id !== undefined && ids.has(foldedId(id)));
  return {
    name: 'ignore',
    judge: (subject, facts) =>
      facts().nested || isIgnored(subject) ? [filtered('request_ignore', expected, subject)] : [],
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
