import type { CheckRequest, CheckResponse } from '../../gen/envoy/service/auth/v3/external_auth';
import type { CallFacts } from '../call-rules';
import type { CallFailure } from '../incoming';
import type { EdgeServiceParts } from '../service-factory';
import type { Reply } from '../unary';

/**
 * Answers Checks, whatever protocol brings them: how a request is read, decided and told has one place, so that no
 * protocol allows what another one denies.
 */
export interface CheckAnswerer {
  /** Must not throw. Counts its decisions, and no refusals. */
  readonly answer: (
    request: CheckRequest,
    facts: CallFacts,
  ) => Reply<CheckResponse> | Promise<Reply<CheckResponse>>;
  /** The denial in the place of a refusal; undefined: what asks is told of the refusal. */
  readonly denialFor: (failure: CallFailure) => CheckResponse | undefined;
}

/** Makes what answers the Checks of a listener; main.ts says which one a protocol gets. */
export type MakeCheckAnswerer = (parts: EdgeServiceParts) => CheckAnswerer;
