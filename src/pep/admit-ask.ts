import { status } from '@grpc/grpc-js';

import type { Ask } from '../ports/answer';
import type { Caller, Overstep } from '../service/caller-rights';
import type { CallFacts } from './call-rules';
import type { CallFailure } from './incoming';

/** Applies a caller's rights. What it may not claim is refused, and nothing is decided. */
export function admitAsk(
  ask: Ask,
  { caller, startedMs, span }: Pick<CallFacts, 'caller' | 'startedMs' | 'span'>,
): { readonly ask: Ask } | { readonly failure: CallFailure } {
  const admission = caller.admit(ask);
  if ('overstep' in admission) return { failure: refusalOf(admission.overstep, caller) };
  const origin = { caller: caller.name, startedMs };
  return {
    ask: { ...admission.ask, origin: span === undefined ? origin : { ...origin, span } },
  };
}

function refusalOf({ field, problem }: Overstep, { name }: Caller): CallFailure {
  const details = `\`${field}\` ${problem} (\`${name}\`); nothing is decided`;
  return { code: status.PERMISSION_DENIED, details, reason: 'rights' };
}
