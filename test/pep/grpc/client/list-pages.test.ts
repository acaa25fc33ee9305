import { status } from '@grpc/grpc-js';

import {
  ListEligibleRequest,
  ListEligibleResponse,
} from '../../../../src/gen/ambit/v1/decision_service';
import { Verdict } from '../../../../src/gen/ambit/v1/decision';
import { connect } from '../../../../src/pep/grpc/client/connect';
import type { AnswerDocument } from '../../../../src/ports/wire-json';
import type { ClientResult, DecisionClient } from '../../../../src/ports/decision-client';
import { PATHS, startRawServer } from '../support/raw-server';
import type { RawServer } from '../support/raw-server';

let server: RawServer;
let client: DecisionClient;
let asked: ListEligibleRequest[];
let pages: ReadonlyMap<string, Partial<ListEligibleResponse>>;

beforeEach(async () => {
  asked = [];
  server = await startRawServer({
    [PATHS.list]: ({ request }, callback) => {
      const read = ListEligibleRequest.decode(request);
      asked.push(read);
      const page = pages.get(read.pageToken);
      if (page === undefined) {
        callback({ code: status.INVALID_ARGUMENT, details: 'no such page' });
        return;
      }
      const whole = { ...ListEligibleResponse.create(), ...page };
      callback(null, Buffer.from(ListEligibleResponse.encode(whole).finish()));
    },
  });
  const opened = connect({ address: server.address, deadlineMs: 20_000 });
  if ('problem' in opened) throw new Error(opened.problem);
  client = opened.client;
});

afterEach(() => {
  client.close();
  server.stop();
});

const verdict = (ref: string, eligible: boolean): Verdict => ({
  ...Verdict.create(),
  ref,
  eligible,
});

function answerOf(result: ClientResult<AnswerDocument>): AnswerDocument {
  if ('answer' in result) return result.answer;
  throw new Error(result.failure.message);
}

describe('a listing of several pages', () => {
  beforeEach(() => {
    pages = new Map<string, Partial<ListEligibleResponse>>([
      ['', { outcome: 1, verdicts: [verdict('a', true)], eligible: ['c'], nextPageToken: '1' }],
      ['1', { outcome: 1, verdicts: [verdict('b', false)], eligible: ['a'], nextPageToken: '2' }],
      ['2', { outcome: 1, verdicts: [verdict('c', true)] }],
    ]);
  });

  it('is one answer, in the order of the pages', async () => {
    const answer = answerOf(await client.listEligible('{"context":{"tenant":"t"},"pageSize":1}'));
    expect(answer).toMatchObject({ outcome: 'OUTCOME_ALLOW', eligible: ['c', 'a'] });
    expect(answer.verdicts.map(({ ref, eligible }) => [ref, eligible])).toEqual([
      ['a', true],
      ['b', false],
      ['c', true],
    ]);
    expect(answer).not.toHaveProperty('nextPageToken', '1');
  });

  it('is asked for page by page, with the same request', async () => {
    await client.listEligible('{"context":{"tenant":"t"},"pageSize":1,"detail":"DETAIL_SUMMARY"}');
    expect(asked.map(({ pageToken }) => pageToken)).toEqual(['', '1', '2']);
    for (const request of asked) {
      expect(request).toMatchObject({ pageSize: 1, detail: 1, context: { tenant: 't' } });
    }
  });

  it('may begin at a page', async () => {
    const answer = answerOf(await client.listEligible('{"pageToken":"2"}'));
    expect(answer.verdicts.map(({ ref }) => ref)).toEqual(['c']);
  });

  it('is a failure as a whole where one page fails', async () => {
    pages = new Map([...pages].filter(([token]) => token !== '2'));
    expect(await client.listEligible('{}')).toMatchObject({
      failure: { kind: 'refused', status: 'INVALID_ARGUMENT' },
    });
  });
});

describe('a listing that does not end', () => {
  it.each<[string, ReadonlyMap<string, Partial<ListEligibleResponse>>]>([
    [
      'a page that leads to itself',
      new Map([
        ['', { nextPageToken: '1' }],
        ['1', { nextPageToken: '1' }],
      ]),
    ],
    [
      'pages that lead to each other',
      new Map([
        ['', { nextPageToken: '1' }],
        ['1', { nextPageToken: '2' }],
        ['2', { nextPageToken: '1' }],
      ]),
    ],
  ])('is a failure: %s', async (_, circle) => {
    pages = circle;
    expect(await client.listEligible('{}')).toMatchObject({
      failure: {
        kind: 'refused',
        status: 'INTERNAL',
        message: `\`${server.address}\` answers with pages that lead in a circle`,
      },
    });
  });
});

describe('a listing without anything', () => {
  it('has lists that are empty, and not absent', async () => {
    pages = new Map([['', { outcome: 3 }]]);
    expect(answerOf(await client.listEligible('{}'))).toMatchObject({
      outcome: 'OUTCOME_BLOCK',
      eligible: [],
      verdicts: [],
    });
  });
});
