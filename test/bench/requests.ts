import { Api } from '../../src/gen/ambit/v1/context';
import { DecideResponse } from '../../src/gen/ambit/v1/decision';
import { DecideStreamRequest, DecideStreamResponse } from '../../src/gen/ambit/v1/decision_service';
import { Candidate, DecideRequest, Detail } from '../../src/gen/ambit/v1/request';
import { createRandom, offeredTargets, REQUEST } from './workload';

/** Which requests to make. */
export interface RequestOrder {
  /** Candidates of each request. */
  readonly candidates: number;
  readonly detail: 'reasons' | 'summary';
  /** Different requests: each has its own id, its own user and its own order of the candidates. */
  readonly requests: number;
  /** True: the candidates are in an order that no other request has; else they only start at another one. */
  readonly shuffled: boolean;
}

/** Digits of what tells requests apart, so that all of them have the same size. */
const NUMBER_DIGITS = 6;

/** What a request of a stream is: the same inside the stream's own message. */
export function forStream(request: Uint8Array): Buffer {
  const message: DecideStreamRequest = { request: DecideRequest.decode(request) };
  return Buffer.from(DecideStreamRequest.encode(message).finish());
}

/** What an answer on a stream is. */
export function answerForStream(answer: Uint8Array): Buffer {
  const decision = DecideResponse.decode(answer);
  const { requestId } = decision;
  const message: DecideStreamResponse = {
    requestId,
    result: { $case: 'decision', value: decision },
  };
  return Buffer.from(DecideStreamResponse.encode(message).finish());
}

/** Makes serialised DecideRequests, always the same for the same order. All have the same size. */
export function makeRequests(which: RequestOrder): readonly Buffer[] {
  const { candidates, detail, requests } = which;
  const ids = offeredTargets(candidates).map(({ id }) => id);
  const random = createRandom(3);
  return Array.from({ length: requests }, (_, index) => {
    const number = String(index).padStart(NUMBER_DIGITS, '0');
    const start = index % ids.length;
    const rotated = [...ids.slice(start), ...ids.slice(0, start)];
    const order = index > 0 && which.shuffled ? shuffle(rotated, random) : rotated;
    const request: DecideRequest = {
      ...frameOfRequest(number, detail),
      candidates: order.map((target) => Candidate.create({ target })),
    };
    return Buffer.from(DecideRequest.encode(request).finish());
  });
}

function shuffle(values: readonly string[], random: () => number): readonly string[] {
  const placed = values.map((value) => ({ value, place: random() }));
  return placed.sort((left, right) => left.place - right.place).map(({ value }) => value);
}

function frameOfRequest(number: string, detail: RequestOrder['detail']): DecideRequest {
  return DecideRequest.create({
    requestId: `018f6d2c-7e4b-7c1e-9b1f-5a2d3c${number}`,
    context: {
      tenant: REQUEST.tenant,
      scope: new Map([['data_class', REQUEST.dataClass]]),
      model: REQUEST.model,
      api: Api.API_CHAT_COMPLETIONS,
      attributes: new Map([
        ['user', `u-${number}`],
        ['app', REQUEST.app],
      ]),
    },
    detail: detail === 'summary' ? Detail.DETAIL_SUMMARY : Detail.DETAIL_UNSPECIFIED,
  });
}
