import type {
  ListEligibleRequest,
  ListEligibleResponse,
} from '../../gen/ambit/v1/decision_service';
import type { DigestOf } from '../../ports/id-source';
import type { DecisionPoint } from '../../service/decision-point';
import { listEligible } from '../../service/list-eligible';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../limits';
import { createUnaryHandler, invalidArgument } from '../unary';
import type { Reply } from '../unary';
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
  readonly onDefect: (error: unknown) => void;
}

/** Creates the handlers of DecisionService. */
export function createDecisionHandlers(parts: DecisionHandlerParts): DecisionHandlers {
  const { point, onDefect } = parts;
  const decide = (read: AskFromWire): Reply<Uint8Array> => answerDecide(point, read);
  return {
    decide: createUnaryHandler(decide, onDefect),
    decideStream: createStreamHandler(decide, onDefect),
    listEligible: createUnaryHandler((wire) => answerList(parts, wire), onDefect),
  };
}

function answerDecide(point: DecisionPoint, read: AskFromWire): Reply<Uint8Array> {
  if ('violations' in read) return invalidArgument(describeViolations(read.violations));
  return { answer: encodeAnswer(point.decide(read.ask)) };
}

function answerList(
  { point, digestOf }: DecisionHandlerParts,
  wire: ListEligibleRequest,
): Reply<ListEligibleResponse> {
  const read = listRequestFromWire(wire);
  if ('violations' in read) return invalidArgument(describeViolations(read.violations));
  const { pageToken } = wire;
  const page = listEligible(point, digestOf, {
    ask: read.ask,
    pageSize: pageSizeOf(wire.pageSize),
    pageToken,
  });
  if ('problem' in page) return invalidArgument(`\`page_token\` ${page.problem}`);
  return { answer: listingToWire(page) };
}

/** The size of a page: what is asked for, within bounds. */
export function pageSizeOf(asked: number): number {
  return asked === 0 ? DEFAULT_PAGE_SIZE : Math.min(asked, MAX_PAGE_SIZE);
}
