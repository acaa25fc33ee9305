import type { PolicySet } from '../../../src/core/model/policy-set';
import type { DecisionRequest } from '../../../src/core/model/request';
import type { RequirementRule } from '../../../src/core/model/requirement';
import type { Case } from '../case';
import {
  claim,
  file,
  NOW_MS,
  offering,
  provider,
  setOf,
  target,
} from '../../core/engine/support/build';

/** A provider with an alias. */
export const ACME = provider('acme', { aliases: ['acme-ai'] });
/** Another provider. */
export const BOREAL = provider('boreal');
/** At most 30 days of retention. */
export const RETENTION: RequirementRule = { kind: 'max_retention_days', days: 30 };
/** Processing inside the EU. */
export const IN_EU: RequirementRule = { kind: 'processing_regions', regions: ['eu'] };
/** Processing inside the EU, stated. */
export const EU = claim('processing_regions', ['eu']);
/** A requirement whose program is broken. */
export const THROWING: RequirementRule = {
  kind: 'expression',
  text: 'claims.gdpr',
  claims: ['gdpr'],
  program: () => {
    throw new Error('a mistake in a program');
  },
};

/** A set of one file with both providers. */
export function plain(more: Parameters<typeof file>[0]): PolicySet {
  return setOf(file({ providers: [ACME, BOREAL], ...more }));
}

/** A case whose requests all come at the same instant. */
export function of(name: string, set: PolicySet, ...requests: readonly DecisionRequest[]): Case {
  return { name, set, asks: requests.map((request) => ({ request, nowMs: NOW_MS })) };
}

/** Two targets of two providers that differ in one claim each. */
export function pair(
  first: Parameters<typeof target>[1],
  second: Parameters<typeof target>[1],
): Pick<Parameters<typeof file>[0], 'targets'> {
  return { targets: [target('t1', first), target('t2', { provider: 'boreal', ...second })] };
}

/** A request for both targets of a pair. */
export const BOTH = offering(['t1', 't2']);
/** The same, from a team. */
export const inTeam = (team: string): DecisionRequest =>
  offering(['t1', 't2'], { scope: new Map([['team', team]]) });
/** The same, with preferences. */
export const preferring = (
  preferences: DecisionRequest['context']['preferences'],
): DecisionRequest => offering(['t1', 't2'], { preferences });
