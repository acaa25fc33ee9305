import { status } from '@grpc/grpc-js';

import type { Ask } from '../ports/answer';
import type { Caller, Overstep } from '../service/caller-rights';
import type { CallFailure } from './incoming';

/** Applies a caller's rights. What it may not claim is refused, and nothing is decided. */
export function admitAsk(
  ask: Ask,
  caller: Caller,
): { readonly ask: Ask } | { readonly failure: CallFailure } {
  const admission = caller.admit(ask);
  return 'ask' in admission ? admission : { failure: refusalOf(admission.overstep, caller) };
}

function refusalOf({ field, problem }: Overstep, { name }: Caller): CallFailure {
  const details = `\`${field}\` ${problem} (\`${name}\`); nothing is decided`;
  return { code: status.PERMISSION_DENIED, details, reason: 'rights' };
}
