import type { AppliedPolicy, BlockedVerdict, Decision } from '../model/decision';
import type { DecisionRequest } from '../model/request';
import type { ReasonCode } from '../model/reason';
import { makeRefusal } from './make-block';
import { makeReason } from './ranked-reason';

/** Why a whole request is refused. */
export interface RefusalParts {
  readonly code: ReasonCode;
  readonly message: string;
  readonly httpStatus: number;
  readonly policies?: readonly AppliedPolicy[];
}

/** A complete block: every candidate that was sent is blocked for the same reason, nothing is left open. */
export function refuse(request: DecisionRequest, parts: RefusalParts): Decision {
  const { code, message, httpStatus } = parts;
  const reason = makeReason({ code, message, state: 'refused' });
  const verdicts = (request.candidates ?? []).map((candidate): BlockedVerdict => ({
    eligible: false,
    ref: candidate.ref,
    target: candidate.target ?? '',
    provider: candidate.provider ?? '',
    reasons: [reason],
  }));
  return {
    outcome: 'block',
    eligible: [],
    verdicts,
    block: makeRefusal(request.context, { code, message, httpStatus }),
    warnings: [],
    policies: parts.policies ?? [],
    shadow: [],
  };
}
