import type { Answer, Ask } from './answer';

/** Where decisions are recorded that a policy wants recorded. Never receives content. */
export interface DecisionLog {
  /** Called for every decision; writes one record where a policy that applied asks for it. Never throws. */
  record(ask: Ask, answer: Answer): void;
}
