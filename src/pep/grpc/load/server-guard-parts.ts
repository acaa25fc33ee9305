import type { ServiceLimits } from '../../../ports/service-limits';
import type { CallFailure } from '../../incoming';
import type { Denials } from '../../service-factory';
import type { HandlerScope } from './bound-writes';
import type { Offence } from './guarded-connection';
import type { LoadGuard } from './load-guard';

/** What guarding a server needs. */
export interface ServerGuardParts {
  readonly guard: LoadGuard;
  readonly limits: ServiceLimits;
  /** Milliseconds that only grow. */
  readonly nowMs: () => number;
  readonly events: ServerGuardEvents;
  /** Filled while a handler is being called. */
  readonly scope: HandlerScope;
  /**
   * What is answered in the place of a refusal, by the path of the method: encoded messages. For clients that may be
   * configured to pass what they could not ask about.
   */
  readonly denials?: ReadonlyMap<string, Denials>;
}

/** What happens before there is a call that handlers see. */
export interface ServerGuardEvents {
  /** A call was refused and nothing of it begun. */
  readonly onRefused: (failure: CallFailure) => void;
  /** A connection was closed because of what its client does. */
  readonly onSentAway: (offence: Offence) => void;
}
