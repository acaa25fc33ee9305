import type { Claim, ClaimName } from '../../core/model/claim';
import type { Candidate } from '../../core/model/request';
import type { Ask } from '../../ports/answer';
import type { RecordedCandidate, RecordedClaim, RecordedRequest } from './recorded-decision';

/** Stands for all that an end client got wrong: only that there is something decides, and a record may state any number. */
const PROBLEM = 'recorded';

/** The ask that a record was made of. */
export function askOfRecord(recorded: RecordedRequest): Ask {
  const { candidates, scope, attributes, problems = 0 } = recorded;
  const { tenant, model, models = [], modelIdStyle, api, features = [] } = recorded;
  const context = {
    ...(tenant === undefined ? {} : { tenant }),
    scope: new Map(Object.entries(scope ?? {})),
    ...(model === undefined ? {} : { model }),
    models,
    modelIdStyle,
    ...(api === undefined ? {} : { api }),
    features,
    preferences: recorded.preferences ?? {},
    attributes: new Map(Object.entries(attributes ?? {})),
  } as Ask['request']['context'];
  return {
    requestId: '',
    detail: 'reasons',
    request: {
      context,
      ...(candidates === undefined ? {} : { candidates: candidates.map(candidateOf) }),
      caller: { rewritesModel: recorded.rewritesModel, ownsClaims: recorded.ownsClaims },
      problems: problems > 0 ? [PROBLEM] : [],
    },
  };
}

function candidateOf({ claims = [], ...parts }: RecordedCandidate): Candidate {
  return { ...parts, claims: claims.map(claimOf) };
}

function claimOf({ name, value, assurance, source, ...rest }: RecordedClaim): Claim {
  const { evidence, checkedAt, expiresAt, apis, features } = rest;
  return {
    name: name as ClaimName,
    value,
    assurance,
    position: source,
    ...(evidence === undefined ? {} : { evidence }),
    ...(checkedAt === undefined ? {} : { checkedAtMs: Date.parse(checkedAt) }),
    ...(expiresAt === undefined ? {} : { expiresAtMs: Date.parse(expiresAt) }),
    ...(apis === undefined ? {} : { apis }),
    ...(features === undefined ? {} : { features }),
  } as Claim;
}
