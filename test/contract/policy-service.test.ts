import type { Client } from '@grpc/grpc-js';

import { answerOf, call, openClient } from './support/client';
import type { Message } from './support/client';
import { startService } from './support/service';
import type { TestService } from './support/service';

let service: TestService;
let client: Client;

beforeAll(async () => {
  service = await startService();
  client = openClient('ambit.v1.PolicyService', service.addresses[1] ?? '');
});

afterAll(async () => {
  client.close();
  await service.stop();
});

describe('GetStatus', () => {
  it('says what is active, since when, and from which files', async () => {
    const status = await answerOf(client, 'GetStatus', {});
    expect(status).toMatchObject({
      state: 'SERVING_STATE_READY',
      version: '1.2.3',
      active: {
        bundle: { revision: '7', sequence: '1' },
        policy_count: 1,
        target_count: 3,
        files: [`${service.directory}/policy.yaml`],
      },
    });
    expect(status['age_seconds']).toBeGreaterThanOrEqual(0);
    expect(status['last_rejected']).toBeFalsy();
  });
});

describe('GetCatalog', () => {
  it('gives every target with its claims, the level that states each, and where', async () => {
    const { targets: entries } = (await answerOf(client, 'GetCatalog', {})) as {
      targets: Message[];
    };
    expect(entries).toHaveLength(3);
    expect(JSON.stringify(entries[0])).toContain('training_opt_out');
    expect(JSON.stringify(entries[0])).toContain('CLAIM_LEVEL_PROVIDER');
    expect(JSON.stringify(entries[0])).toContain('policy.yaml');
  });

  it('gives pages', async () => {
    const first = await answerOf(client, 'GetCatalog', { page_size: 2 });
    expect(first['targets']).toHaveLength(2);
    const token = first['next_page_token'];
    const second = await answerOf(client, 'GetCatalog', { page_size: 2, page_token: token });
    expect(second['targets']).toHaveLength(1);
    expect(second['next_page_token'] ?? '').toBe('');
  });

  it('refuses what is no page of it', async () => {
    for (const request of [{ page_size: -1 }, { page_token: 'x' }]) {
      expect(await call(client, 'GetCatalog', request)).toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
  });
});

describe('Explain', () => {
  it('decides as Decide does, and shows every rule on every candidate', async () => {
    const answer = await answerOf(client, 'Explain', {
      request: { context: { tenant: 'red' }, candidates: [{ target: 'boreal/large' }] },
    });
    const text = JSON.stringify(answer);
    expect(answer).toMatchObject({ decision: { outcome: 'OUTCOME_BLOCK' } });
    expect(text).toContain('require_no_training');
    expect(text).toContain('REASON_STATE_CONTRARY');
  });

  it('needs a request', async () => {
    expect(await call(client, 'Explain', {})).toEqual({
      code: 'INVALID_ARGUMENT',
      details: '`request` is missing',
    });
  });
});
