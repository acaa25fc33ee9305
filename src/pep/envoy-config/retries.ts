import type { PolicySet } from '../../core/model/policy-set';

/** When Envoy goes on to the next eligible target, and how often. */
export interface Retries {
  readonly on: readonly string[];
  readonly statuses: readonly number[];
  readonly count: number;
  /** Where it comes from, one sentence. */
  readonly reason: string;
}

/** Conditions of Envoy, and statuses, by the word that packs use. */
const CONDITIONS: ReadonlyMap<string, Pick<Retries, 'on' | 'statuses'>> = new Map([
  ['rate_limit', { on: [], statuses: [429] }],
  ['server_error', { on: ['5xx'], statuses: [] }],
  ['timeout', { on: ['reset', 'connect-failure'], statuses: [408, 504] }],
  ['connection_error', { on: ['reset', 'connect-failure', 'refused-stream'], statuses: [] }],
  ['auth_error', { on: [], statuses: [401, 403] }],
  ['model_not_found', { on: [], statuses: [404] }],
]);

/** Each says "not at this provider": 401, 403 and 404 are a key or a model that is missing there. */
const USUAL = {
  on: ['5xx', 'reset', 'connect-failure', 'refused-stream'],
  statuses: [401, 403, 404, 429],
} as const;

/** More than any list that Ambit answers with. */
const MAX_RETRIES = 64;

/** The narrowest of what all files advise; a word that is not known widens nothing. */
export function retriesOf(set: PolicySet, targetCount: number): Retries {
  const advice = set.documents.flatMap(({ document: { routing } }) => routing ?? []);
  const triggers = advice.map((each) => each.triggers).filter((words) => words.length > 0);
  const limits = advice.flatMap(({ maxFallbackAttempts }) => maxFallbackAttempts ?? []);
  // One more than there are further targets: the last one leads to `deny`, and so to an answer of Envoy's own.
  const count = Math.min(targetCount, MAX_RETRIES, ...limits);
  const { on, statuses } = triggers.length === 0 ? USUAL : commonTo(triggers);
  const isAdvised = triggers.length > 0 || limits.length > 0;
  return { on, statuses, count, reason: isAdvised ? ADVISED : OWN };
}

const OWN = 'One for each target, and the last one for `deny`: no file advises otherwise.';
const ADVISED = 'The triggers and `max_fallback_attempts` of the packs, the narrowest of them.';

function commonTo(triggers: readonly (readonly string[])[]): Pick<Retries, 'on' | 'statuses'> {
  const readings = triggers.map(conditionsOf);
  const [first] = readings;
  return {
    on: (first?.on ?? []).filter((each) => readings.every(({ on }) => on.includes(each))),
    statuses: (first?.statuses ?? []).filter((each) =>
      readings.every(({ statuses }) => statuses.includes(each)),
    ),
  };
}

function conditionsOf(words: readonly string[]): Pick<Retries, 'on' | 'statuses'> {
  const found = words.flatMap((word) => CONDITIONS.get(word) ?? []);
  return {
    on: [...new Set(found.flatMap(({ on }) => on))],
    statuses: [...new Set(found.flatMap(({ statuses }) => statuses))].sort((a, b) => a - b),
  };
}
