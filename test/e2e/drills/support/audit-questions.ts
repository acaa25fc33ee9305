import type { Message, Outcome } from '../../../contract/support/client';
import { pick, type Source } from '../../../generators/source';
import type { Spread } from '../../../laws/support/runs';
import type { NextQuestion } from './load';

/** What can be asked of the policies of an audit site, and what they say. */
const QUESTIONS = [
  { data: 'open', target: 'p/keeps', says: 'OUTCOME_ALLOW p/keeps' },
  { data: 'soft', target: 'p/keeps', says: 'OUTCOME_WARN p/keeps' },
  { data: 'secret', target: 'p/keeps', says: 'OUTCOME_BLOCK no_compliant_provider' },
  { data: 'denied', target: 'p/keeps', says: 'OUTCOME_BLOCK model_not_allowed' },
  { data: 'secret', target: 'p/clean', says: 'OUTCOME_ALLOW p/clean' },
] as const;

/** What an answer says when its evidence could not be kept. */
export const UNKEPT = 'OUTCOME_BLOCK audit_unavailable';

/** A question that was asked. */
export interface AskedQuestion {
  /** From 1, in the order of asking. */
  readonly number: number;
  /** What the policies say of it. */
  readonly says: string;
  /** What came of it; absent: nothing yet, or no answer. */
  answer?: { readonly id: string; readonly said: string };
}

/** Asks, and hands on each question with its answer. */
export interface AuditQuestions {
  readonly next: NextQuestion;
  /** The number of the last one. */
  last(): number;
  /** Those that wait for their answer. */
  open(): readonly AskedQuestion[];
  /** Those that were answered since this was called last. */
  takeAnswered(): readonly AnsweredQuestion[];
}

/** A question with its answer. */
export type AnsweredQuestion = Required<AskedQuestion>;

/** Creates questions that only the source decides. */
export function createAuditQuestions(source: Source, spread: Spread): AuditQuestions {
  const open = new Set<AskedQuestion>();
  let answered: AnsweredQuestion[] = [];
  let last = 0;
  return {
    next: () => {
      const { data, target, says } = pick(source, QUESTIONS);
      last += 1;
      const asked: AskedQuestion = { number: last, says };
      open.add(asked);
      return {
        request: { context: { scope: { data } }, candidates: [{ target }] },
        told: (outcome: Outcome) => {
          open.delete(asked);
          if ('code' in outcome) return;
          const answer = readAnswer(outcome.answer);
          spread.add(answer.said);
          asked.answer = answer;
          answered.push({ ...asked, answer });
        },
      };
    },
    last: () => last,
    open: () => [...open],
    takeAnswered: () => {
      const taken = answered;
      answered = [];
      return taken;
    },
  };
}

function readAnswer(message: Message): { readonly id: string; readonly said: string } {
  const answer = message as {
    readonly decision_id: string;
    readonly outcome: string;
    readonly eligible?: readonly string[];
    readonly block?: { readonly code: string };
  };
  const { decision_id: id, outcome, eligible = [], block } = answer;
  const words = [outcome, ...(block === undefined ? [] : [block.code]), ...eligible];
  return { id, said: words.join(' ') };
}
