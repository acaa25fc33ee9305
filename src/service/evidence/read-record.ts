import { APIS, FEATURES } from '../../core/model/api';
import { ASSURANCES } from '../../core/model/claim';
import { OUTCOMES } from '../../ports/telemetry';
import { isCount } from '../json-values';
import {
  eitherOf,
  isFlag,
  isInstant,
  isMoment,
  isText,
  listOf,
  mapOf,
  objectOf,
  wordOf,
  type Shape,
} from './json-shape';
import { ABRIDGEMENTS, RECORD_VERSION, type RecordedDecision } from './recorded-decision';

const isNumber: Shape = (value) => Number.isFinite(value);

const isPlace = objectOf({ file: isText, line: isCount, column: isCount });

const isClaim = objectOf(
  {
    name: isText,
    value: eitherOf(isFlag, isNumber, isText, listOf(isText)),
    assurance: wordOf(ASSURANCES),
    source: isPlace,
  },
  {
    evidence: isText,
    checkedAt: isInstant,
    expiresAt: isInstant,
    apis: listOf(wordOf(APIS)),
    features: listOf(wordOf(FEATURES)),
  },
);

const isReason = objectOf(
  { code: isText, layer: isText, state: isText },
  {
    policy: isText,
    requirement: isText,
    claim: isText,
    expected: isText,
    observed: isText,
    source: isPlace,
    claimSource: isPlace,
  },
);

const isCandidate = objectOf(
  { ref: isText },
  {
    target: isText,
    provider: isText,
    model: isText,
    region: isText,
    endpoint: isText,
    credential: isText,
    claims: listOf(isClaim),
  },
);

const isPreferences = objectOf(
  {},
  {
    only: listOf(isText),
    ignore: listOf(isText),
    order: listOf(isText),
    allowFallbacks: isFlag,
    zeroDataRetention: isFlag,
    noTraining: isFlag,
    dataCollection: wordOf(['allow', 'deny']),
    maxRetentionDays: isNumber,
    processingRegions: listOf(isText),
    quantizations: listOf(isText),
    maxPrice: objectOf({}, { prompt: isNumber, completion: isNumber }),
  },
);

const isRequest = objectOf(
  { modelIdStyle: wordOf(['pin', 'author', 'auto']), rewritesModel: isFlag, ownsClaims: isFlag },
  {
    tenant: isText,
    scope: mapOf(isText),
    model: isText,
    models: listOf(isText),
    api: wordOf(APIS),
    features: listOf(wordOf(FEATURES)),
    preferences: isPreferences,
    attributes: mapOf(isText),
    candidates: listOf(isCandidate),
    problems: isCount,
  },
);

const isVerdict = { ref: isText, target: isText, provider: isText };

const isEligible = objectOf(
  { ...isVerdict, sendModel: isText, reliedOn: listOf(isCount) },
  { unmet: listOf(isReason) },
);

const isRecord = objectOf(
  {
    version: wordOf([RECORD_VERSION]),
    decisionId: isText,
    at: isMoment,
    via: isText,
    request: isRequest,
    outcome: wordOf(OUTCOMES),
    eligible: listOf(isEligible),
    blocked: listOf(objectOf({ ...isVerdict, reasons: listOf(isReason) })),
    claims: listOf(isClaim),
    policies: listOf(objectOf({ id: isText, mode: isText, counts: isFlag })),
    replayable: isFlag,
  },
  {
    requestId: isText,
    caller: isText,
    block: objectOf({ code: isText, layer: isText, httpStatus: isCount }, { policy: isText }),
    shadow: listOf(objectOf({ policy: isText, ref: isText, reasons: listOf(isReason) })),
    warnings: listOf(isText),
    bundle: objectOf({ digest: isText, sequence: isCount, stale: isFlag }, { revision: isCount }),
    latencyUs: isCount,
    withheld: listOf(isText),
    abridged: wordOf(ABRIDGEMENTS),
  },
);

/** Reads a record of a decision; undefined for what is none, or of another version. */
export function readRecord(value: unknown): RecordedDecision | undefined {
  if (!isRecord(value)) return undefined;
  const record = value as RecordedDecision;
  const isFit = record.eligible.every(({ reliedOn }) =>
    reliedOn.every((place) => place < record.claims.length),
  );
  return isFit ? record : undefined;
}
