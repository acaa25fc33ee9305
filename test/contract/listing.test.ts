import type { Client } from '@grpc/grpc-js';

import { answerOf, call, openClient } from './support/client';
import type { Message } from './support/client';
import { startService } from './support/service';
import type { TestService } from './support/service';

let service: TestService;
let client: Client;

beforeAll(async () => {
  service = await startService();
  client = openClient('ambit.v1.DecisionService', service.addresses[0] ?? '');
});

afterAll(async () => {
  client.close();
  await service.stop();
});

const CONTEXT = { tenant: 'red', api: 'API_CHAT_COMPLETIONS', model: 'large' };

const refsOf = (answer: Message): readonly unknown[] =>
  ((answer['verdicts'] ?? []) as Message[]).map(({ ref }) => ref);

describe('ListEligible', () => {
  it('gives a verdict for everything that the catalog offers the context, blocked ones too', async () => {
    const answer = await answerOf(client, 'ListEligible', { context: CONTEXT });
    expect(refsOf(answer)).toEqual(['acme/large', 'boreal/large', 'cirrus/large']);
    expect(answer).toMatchObject({ outcome: 'OUTCOME_ALLOW', eligible: ['acme/large'] });
    expect(answer['next_page_token'] ?? '').toBe('');
  });

  it('gives pages that are the whole together', async () => {
    const refs: unknown[] = [];
    const eligible: unknown[] = [];
    let token = '';
    let pages = 0;
    do {
      const request = { context: CONTEXT, page_size: 1, page_token: token };
      const page = await answerOf(client, 'ListEligible', request);
      refs.push(...refsOf(page));
      eligible.push(...((page['eligible'] ?? []) as string[]));
      token = (page['next_page_token'] as string | undefined) ?? '';
      pages += 1;
    } while (token !== '');
    expect(pages).toBe(3);
    expect(refs).toEqual(['acme/large', 'boreal/large', 'cirrus/large']);
    expect(eligible).toEqual(['acme/large']);
  });

  it('refuses a token of another listing, and a page of negative size', async () => {
    const first = await answerOf(client, 'ListEligible', { context: CONTEXT, page_size: 1 });
    const token = first['next_page_token'];
    for (const request of [
      { context: { ...CONTEXT, tenant: 'blue' }, page_token: token },
      { context: CONTEXT, page_token: 'x' },
      { context: CONTEXT, page_size: -1 },
    ]) {
      expect(await call(client, 'ListEligible', request)).toMatchObject({
        code: 'INVALID_ARGUMENT',
      });
    }
  });

  it('says that nothing is offered under a name that nobody serves', async () => {
    const answer = await answerOf(client, 'ListEligible', {
      context: { ...CONTEXT, model: 'none' },
    });
    expect(answer).toMatchObject({ outcome: 'OUTCOME_BLOCK', block: { code: 'unknown_model' } });
    expect(answer['eligible'] ?? []).toEqual([]);
  });

  it('offers only what speaks the api', async () => {
    const answer = await answerOf(client, 'ListEligible', {
      context: { ...CONTEXT, api: 'API_EMBEDDINGS' },
    });
    expect(refsOf(answer)).toEqual(['boreal/large', 'cirrus/large']);
  });
});
