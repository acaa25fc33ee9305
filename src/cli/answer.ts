import type { AnswerDocument } from '../ports/wire-json';
import { EXIT_CODES, type ExitCode } from './exit-codes';

/** What an answer means for a caller. An outcome that is not known is a block. */
export type AnswerOutcome = 'allow' | 'warn' | 'block';

/** The outcome of an answer; whatever is not known is a block. */
export function outcomeOf(document: AnswerDocument): AnswerOutcome {
  switch (document.outcome) {
    case 'OUTCOME_ALLOW':
      return 'allow';
    case 'OUTCOME_WARN':
      return 'warn';
    default:
      return 'block';
  }
}

/** The exit code that belongs to an outcome. */
export function exitCodeOf(outcome: AnswerOutcome): ExitCode {
  switch (outcome) {
    case 'allow':
      return EXIT_CODES.ok;
    case 'warn':
      return EXIT_CODES.warned;
    case 'block':
      return EXIT_CODES.blocked;
  }
}
