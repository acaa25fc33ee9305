import type { DecisionRequest } from '../../../../src/core/model/request';
import { abridge } from '../../../../src/service/evidence/abridge';
import {
  ABRIDGEMENTS,
  type RecordedDecision,
} from '../../../../src/service/evidence/recorded-decision';
import { preferences } from '../../../generators/requests';
import { chance, maybe, pick, type Source } from '../../../generators/source';
import { CASES } from '../../../laws/support/decisions';
import { claim } from '../../../laws/support/small-world';
import { canaries } from './canaries';
import { PLACES } from './places';
import { bundleOf, recordOf } from './record-of';

/** A request with more of what is seldom there. */
function fuller(source: Source, request: DecisionRequest): DecisionRequest {
  const { context, candidates, problems } = request;
  const stated = { evidence: 'https://acme.example/terms', checkedAtMs: 0, features: ['store'] };
  const gdpr = claim('gdpr', true, stated as object);
  return {
    ...request,
    context: { ...context, ...maybe(source, 50, () => ({ preferences: preferences(source) })) },
    ...(candidates === undefined || !chance(source, 40)
      ? {}
      : { candidates: candidates.map((each) => ({ ...each, claims: [gdpr] })) }),
    problems: chance(source, 10) ? ['one', 'two'] : problems,
  };
}

/** A record with everything in it that a record can have, more often than decisions have it. */
export function recordFrom(source: Source): RecordedDecision {
  const one = CASES(source);
  const request = fuller(source, one.request);
  const planted = chance(source, 30)
    ? pick(source, PLACES).put(request, pick(source, canaries(source)).text)
    : undefined;
  const { bundle, ...record } = recordOf({ bundle: bundleOf(one), request: planted ?? request });
  const { digest = '', sequence = 1, stale = false } = bundle ?? {};
  const revised = { digest, ...maybe(source, 30, () => ({ revision: 7 })), sequence, stale };
  const made = { ...record, ...maybe(source, 95, () => ({ bundle: revised })) };
  return chance(source, 10) ? abridge(made, pick(source, ABRIDGEMENTS)) : made;
}

/** The record as it is read from a file. */
export function jsonOf(record: RecordedDecision): unknown {
  return JSON.parse(JSON.stringify(record));
}
