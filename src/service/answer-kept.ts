import type { Answer, Ask } from '../ports/answer';
import type { Clock } from '../ports/clock';
import type { DecisionAudit, MadeDecision } from '../ports/decision-audit';
import type { DecisionLog } from '../ports/decision-log';
import type { CallMethod } from '../ports/telemetry';
import type { BundleStore } from './bundle-store';
import { AUDIT_UNAVAILABLE, OVERTAKEN } from './refusals';
import type { Refusal } from './refusals';
import type { Soon } from './soon';
import { stillHolds } from './still-holds';

/** Answers that may be overtaken by what happens while they wait for their records; then there is only a block. */
const MAX_OVERTAKEN = 2;

/** What is decided about. */
export interface Question {
  readonly ask: Ask;
  readonly via: CallMethod;
  /** Why there is no decision at all. */
  readonly pressure: Refusal | undefined;
}

/** What answers are made and kept with. */
export interface AnswerParts {
  readonly store: BundleStore;
  readonly clock: Clock;
  readonly log: DecisionLog;
  readonly audit?: DecisionAudit;
  /** Decides for an instant, with everything that the service itself refuses. */
  readonly judgeAt: (ask: Ask, nowMs: number, pressure?: Refusal) => Answer;
  /** True: every answer is a block from now on. */
  readonly isRefusing: () => boolean;
}

/**
 * Decides, and answers once the evidence is kept. What no longer holds by then is not answered but decided again, with
 * a record of its own. `overtaken` answers to the same question were not given for that reason.
 */
export function answerKept(parts: AnswerParts, question: Question, overtaken = 0): Soon<Answer> {
  const { ask, via } = question;
  const made = make(parts, question, overtaken);
  const kept = parts.audit?.keep(made);
  if (kept === undefined) return give(parts, made);
  const { span } = ask.origin ?? {};
  const waitingMs = span?.elapsedMs() ?? 0;
  return kept.then((isKept) => {
    span?.step('record', waitingMs);
    if (isKept && holds(parts, made)) return give(parts, made);
    if (isKept) {
      parts.audit?.withdraw(made.answer.decisionId);
      return answerKept(parts, question, overtaken + 1);
    }
    const nowMs = parts.clock.nowMs();
    return give(parts, { ask, via, answer: parts.judgeAt(ask, nowMs, AUDIT_UNAVAILABLE) });
  });
}

function make(parts: AnswerParts, question: Question, overtaken: number): MadeDecision {
  const { ask, via } = question;
  const nowMs = parts.clock.nowMs();
  const span = ask.origin?.span;
  const beganMs = span?.elapsedMs() ?? 0;
  const pressure = overtaken < MAX_OVERTAKEN ? question.pressure : OVERTAKEN;
  const answer = parts.judgeAt(ask, nowMs, pressure);
  span?.step('decide', beganMs);
  return { ask, answer, via, nowMs, bundle: parts.store.active()?.bundle };
}

function give({ log }: AnswerParts, made: Pick<MadeDecision, 'ask' | 'answer' | 'via'>): Answer {
  log.record(made.ask, made.answer, made.via);
  return made.answer;
}

function holds({ store, clock, judgeAt, isRefusing }: AnswerParts, made: MadeDecision): boolean {
  const { ask, answer, nowMs: decidedMs } = made;
  const nowMs = clock.nowMs();
  const judge = (): Answer => judgeAt(ask, nowMs);
  return stillHolds({ ask, answer, decidedMs }, { nowMs, store, judge, isRefusing: isRefusing() });
}
