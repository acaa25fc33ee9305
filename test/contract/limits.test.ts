import { credentials } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';

import {
  AuthorizationClient,
  CheckRequest,
} from '../../src/gen/envoy/service/auth/v3/external_auth';
import { DEFAULT_LIMITS } from '../../src/ports/service-limits';
import { call, openClient } from './support/client';
import type { Message, Outcome } from './support/client';
import { startService } from './support/service';
import type { TestService } from './support/service';

const LONG = 'x'.repeat(65);

let service: TestService;

beforeAll(async () => {
  const limits = { ...DEFAULT_LIMITS, candidates: 1, map_entries: 1, text_bytes: 64 };
  service = await startService(undefined, { limits });
});

afterAll(() => service.stop());

async function ask(name: string, method: string, request: Message): Promise<Outcome> {
  const client = openClient(`ambit.v1.${name}`, service.addresses[0] ?? '');
  const outcome = await call(client, method, request);
  client.close();
  return outcome;
}

const FAULTS: readonly (readonly [details: string, request: Message])[] = [
  [
    '`candidates` has more than 1 elements',
    { candidates: [{ target: 'acme/large' }, { target: 'boreal/large' }] },
  ],
  [
    '`context.scope` has more than 1 entries',
    { context: { scope: { a: '1', b: '2' } }, candidates: [] },
  ],
  [
    '`candidates[0]` has a text of more than 64 bytes',
    { candidates: [{ ref: LONG, target: 'acme/large' }] },
  ],
];

describe('limits of a request that the configuration narrows', () => {
  it.each(FAULTS)('hold for Decide and Explain: %s', async (details, request) => {
    const refusal = { code: 'INVALID_ARGUMENT', details };
    expect(await ask('DecisionService', 'Decide', request)).toEqual(refusal);
    expect(await ask('PolicyService', 'Explain', { request })).toEqual(refusal);
  });

  it('hold for ListEligible', async () => {
    const request = { context: { tenant: LONG } };
    expect(await ask('DecisionService', 'ListEligible', request)).toEqual({
      code: 'INVALID_ARGUMENT',
      details: '`context.tenant` has a text of more than 64 bytes',
    });
  });

  it('block a long model, which is the end client’s', async () => {
    const request = { context: { model: LONG }, candidates: [{ target: 'acme/large' }] };
    expect(await ask('DecisionService', 'Decide', request)).toMatchObject({
      answer: { outcome: 'OUTCOME_BLOCK', block: { code: 'invalid_request' } },
    });
  });

  it('hold for what Envoy’s configuration says in a Check', async () => {
    const contextExtensions = new Map(Object.entries({ team: 'search', stage: 'prod' }));
    const client = new AuthorizationClient(
      service.addresses[0] ?? '',
      credentials.createInsecure(),
    );
    const error = await new Promise<ServiceError | null>((resolve) => {
      const attributes = { contextExtensions, request: { http: { method: 'POST' } } };
      client.check(CheckRequest.fromPartial({ attributes }), resolve);
    });
    client.close();
    expect(error?.details).toBe('`context.scope` has more than 1 entries');
  });
});
