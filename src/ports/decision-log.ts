import type { Answer, Ask } from './answer';
import type { CallMethod } from './telemetry';

/** Where decisions are recorded, all of them or those that a policy wants recorded. Never receives content. */
export interface DecisionLog {
  /** Called for every decision, with how it was asked for. Never throws. */
  record(ask: Ask, answer: Answer, via: CallMethod): void;
}
