import type { Bundle } from '../core/engine/bundle';
import type { Answer, Ask } from './answer';
import type { CallMethod } from './telemetry';

/** A decision as it was made, before anybody is told of it. */
export interface MadeDecision {
  readonly ask: Ask;
  readonly answer: Answer;
  readonly via: CallMethod;
  /** What decided; absent: none was loaded. */
  readonly bundle: Bundle | undefined;
  /** The instant that it was decided for. */
  readonly nowMs: number;
}

/** Keeps the evidence of decisions. */
export interface DecisionAudit {
  /**
   * Called for every decision, before it is answered. Undefined: there is nothing to wait for. Otherwise the answer may
   * be given only if the promise becomes true; it never rejects.
   */
  keep(made: MadeDecision): Promise<boolean> | undefined;
  /** Told that the answer is not given although its promise became true, because something else holds by now. */
  withdraw(decisionId: string): void;
}
