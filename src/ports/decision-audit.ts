import type { Answer, Ask } from './answer';
import type { CallMethod } from './telemetry';

/** Keeps the evidence of decisions. */
export interface DecisionAudit {
  /**
   * Called for every decision, before it is answered. Undefined: there is nothing to wait for. Otherwise the answer may
   * be given only if the promise becomes true; it never rejects.
   */
  keep(ask: Ask, answer: Answer, via: CallMethod): Promise<boolean> | undefined;
}
