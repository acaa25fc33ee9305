import { createCallRules } from '../../../src/pep/call-rules';
import type { CallFacts, CallRules } from '../../../src/pep/call-rules';
import { identifyByListener } from '../../../src/pep/identity';
import type { CallFailure } from '../../../src/pep/incoming';
import { ANYONE } from '../../../src/service/caller-rights';

/** Rules under which anyone may ask anything, with what they are told. */
export interface TestRules {
  readonly rules: CallRules;
  readonly defects: unknown[];
  readonly refused: CallFailure[];
}

/** What is known of a call that is in time. */
export const FACTS: CallFacts = { caller: ANYONE, pressure: undefined, startedMs: 0 };

/** Creates rules without any pressure. */
export function createTestRules(deadlineMarginMs = 0): TestRules {
  const defects: unknown[] = [];
  const refused: CallFailure[] = [];
  const ignore = (): void => undefined;
  const rules = createCallRules({
    identify: identifyByListener(ANYONE),
    telemetry: {
      decided: ignore,
      refused: ignore,
      handshakeFailed: ignore,
      connectionRefused: ignore,
      reloaded: ignore,
      failed: ignore,
    },
    deadlineMarginMs,
    shedRequest: () => undefined,
    onRefused: (failure) => void refused.push(failure),
    onDefect: (error) => void defects.push(error),
    nowMs: Date.now,
  });
  return { rules, defects, refused };
}
