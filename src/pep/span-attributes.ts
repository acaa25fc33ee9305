import type { Answer } from '../ports/answer';
import { GRPC_STATUS_NAMES } from '../ports/telemetry';
import type { CallMethod } from '../ports/telemetry';
import type { CallSpan } from '../ports/tracing';
import type { Caller } from '../service/caller-rights';
import { AUDIT_UNAVAILABLE, hasFailed } from '../service/refusals';
import type { CallFailure } from './incoming';

/** An answer, and whose it is. */
interface AnswerTo {
  readonly answer: Answer;
  readonly caller: Caller;
}

/** Says what was decided: codes, counts and names of the configuration. A block is no failure, unless Ambit failed. */
export function sayDecided(
  span: CallSpan,
  method: CallMethod,
  { answer: { decision, decisionId, bundle }, caller }: AnswerTo,
): void {
  const { block, eligible, verdicts } = decision;
  const blocked = verdicts.flatMap((verdict) => (verdict.eligible ? [] : verdict.reasons[0].code));
  span.say({
    'ambit.method': method,
    'ambit.caller': caller.name,
    'ambit.decision.id': decisionId,
    'ambit.outcome': decision.outcome,
    ...(block === undefined ? {} : { 'ambit.block.code': block.code }),
    'ambit.candidates.eligible': eligible.length,
    'ambit.candidates.blocked': blocked.length,
    'ambit.candidates.codes': [...new Set(blocked)],
    ...(bundle === undefined ? {} : { 'ambit.bundle.digest': bundle.digest }),
  });
  if (hasFailed(decision) || block?.code === AUDIT_UNAVAILABLE.code) span.fail();
}

/** Says why nothing was decided. It is a failure only where Ambit failed. */
export function sayRefused(
  span: CallSpan,
  { reason, code }: CallFailure,
  caller: Caller | undefined,
): void {
  span.say({
    ...(caller === undefined ? {} : { 'ambit.caller': caller.name }),
    'ambit.refusal': reason,
    'rpc.response.status_code': GRPC_STATUS_NAMES[code],
  });
  if (reason === 'defect') span.fail();
}
