import type {
  ListEligibleRequest,
  ListEligibleResponse,
} from '../../gen/ambit/v1/decision_service';
import type { Ask } from '../../ports/answer';
import type { DigestOf } from '../../ports/id-source';
import type { CallMethod } from '../../ports/telemetry';
import type { DecisionPoint } from '../../service/decision-point';
import { listEligible } from '../../service/list-eligible';
import { afterwards } from '../../service/soon';
import type { Soon } from '../../service/soon';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../limits';
import { admitAsk } from '../admit-ask';
import type { LimitAsk } from '../ask-limits';
import type { CallFacts, CallRules } from '../call-rules';
import type { CallFailure } from '../incoming';
import { createUnaryHandler, invalidArgument } from '../unary';
import type { AnswerCallSoon, Reply } from '../unary';
import { listingToWire } from './answer-to-wire';
import { createStreamHandler } from './decide-stream';
import { encodeAnswer } from './encode-answer';
import { listRequestFromWire } from './from-wire';
import type { AskFromWire } from './from-wire';
import type { DecisionHandlers } from './service-definitions';
import { describeViolations } from './violations';

/** What the handlers need. */
export interface DecisionHandlerParts {
  readonly point: DecisionPoint;
  readonly digestOf: DigestOf;
  /** What holds for every call of the listener. */
  readonly rules: CallRules;
  readonly limitAsk: LimitAsk;
}

/** Creates the handlers of DecisionService. */
export function createDecisionHandlers(parts: DecisionHandlerParts): DecisionHandlers {
  const { rules } = parts;
  return {
    decide: createUnaryHandler(createDecide(parts, 'decide'), rules),
    decideStream: createStreamHandler(createDecide(parts, 'stream'), rules),
    listEligible: createUnaryHandler((wire, facts) => answerList(parts, wire, facts), rules),
  };
}

function createDecide(
  { point, rules, limitAsk }: DecisionHandlerParts,
  method: CallMethod,
): AnswerCallSoon<AskFromWire, Uint8Array> {
  return (read, facts) => {
    const admitted = admitRead(read, facts, limitAsk);
    if ('failure' in admitted) return admitted;
    return afterwards(point.decide(admitted.ask, method, facts.pressure), (answer) => {
      const encoded = encodeAnswer(answer);
      rules.decided(method, answer, facts);
      return { answer: encoded };
    });
  };
}

/** The ask that a message holds, as its caller may ask it. */
export function admitRead(
  read: AskFromWire,
  facts: CallFacts,
  limitAsk: DecisionHandlerParts['limitAsk'],
): { readonly ask: Ask } | { readonly failure: CallFailure } {
  if ('violations' in read) return invalidArgument(describeViolations(read.violations));
  const limited = limitAsk(read.ask);
  return 'ask' in limited ? admitAsk(limited.ask, facts) : limited;
}

function answerList(
  { point, digestOf, rules, limitAsk }: DecisionHandlerParts,
  wire: ListEligibleRequest,
  facts: CallFacts,
): Soon<Reply<ListEligibleResponse>> {
  const { pressure } = facts;
  const admitted = admitRead(listRequestFromWire(wire), facts, limitAsk);
  if ('failure' in admitted) return admitted;
  const { pageToken } = wire;
  const listed = listEligible(point, digestOf, {
    ask: admitted.ask,
    pressure,
    pageSize: pageSizeOf(wire.pageSize),
    pageToken,
  });
  return afterwards(listed, (page) => {
    if ('problem' in page) return invalidArgument(`\`page_token\` ${page.problem}`);
    if (pageToken === '') rules.decided('list', page.answer, facts);
    return { answer: listingToWire(page) };
  });
}

/** The size of a page: what is asked for, within bounds. */
export function pageSizeOf(asked: number): number {
  return asked === 0 ? DEFAULT_PAGE_SIZE : Math.min(asked, MAX_PAGE_SIZE);
}
