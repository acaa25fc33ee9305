import {
  DecisionServiceService,
  ListEligibleRequest,
  ListEligibleResponse,
} from '../../../gen/ambit/v1/decision_service';
import type { ClientFailure, ClientResult } from '../../../ports/decision-client';
import type { AnswerDocument } from '../../../ports/wire-json';
import { documentOf } from '../documents';
import { callUnary } from './call-unary';
import type { Connection } from './call-unary';

/** Asks for all pages of a listing, and puts them together as one answer. `bytes` is the request. */
export async function listPages(
  connection: Connection,
  bytes: Uint8Array,
): Promise<ClientResult<AnswerDocument>> {
  const request = ListEligibleRequest.decode(bytes);
  const pages: ListEligibleResponse[] = [];
  const seen = new Set<string>();
  let { pageToken } = request;
  do {
    const result = await callUnary(
      connection,
      {
        path: DecisionServiceService.listEligible.path,
        request: ListEligibleRequest.encode({ ...request, pageToken }).finish(),
      },
      (response) => ListEligibleResponse.decode(response),
    );
    if ('failure' in result) return result;
    pages.push(result.answer);
    pageToken = result.answer.nextPageToken;
    // A faulty server must not keep its client for ever.
    if (seen.has(pageToken)) return { failure: circleAt(connection) };
    seen.add(pageToken);
  } while (pageToken !== '');
  return { answer: joinPages(pages) };
}

function circleAt({ address }: Connection): ClientFailure {
  const message = `\`${address}\` answers with pages that lead in a circle`;
  return { kind: 'refused', status: 'INTERNAL', message };
}

/** All pages are of one answer, so everything but their verdicts is the same on each of them. */
function joinPages(pages: readonly ListEligibleResponse[]): AnswerDocument {
  const [first] = pages;
  const whole: ListEligibleResponse = {
    ...ListEligibleResponse.create(),
    ...first,
    verdicts: pages.flatMap(({ verdicts }) => verdicts),
    eligible: pages.flatMap(({ eligible }) => eligible),
    nextPageToken: '',
  };
  return documentOf(ListEligibleResponse.toJSON(whole));
}
