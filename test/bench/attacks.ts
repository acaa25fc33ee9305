/**
 * What a client does that means no good: opens streams and resets them, asks what cannot be answered in time, reads
 * no answer, or does nothing at all, often.
 */
export const ATTACKS = ['resets', 'deadlines', 'unread', 'idle'] as const;

/** What a client does that means no good. */
export type Attack = (typeof ATTACKS)[number];

/** Whom to do it to. */
export interface AttackOrder {
  readonly address: string;
  readonly path: string;
  readonly framesFile: string;
  readonly attack: Attack;
  /** Calls with a deadline that cannot be met, of all connections together. */
  readonly callsPerSecond: number;
}
