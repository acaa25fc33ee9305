import OpenAI, { BadRequestError, NotFoundError, PermissionDeniedError } from 'openai';

import { MODEL_CALLERS, MODEL_POLICY } from './support/model-world';
import { startService } from './support/service';
import type { TestService } from './support/service';

let service: TestService;
let requests: number;

beforeAll(async () => {
  const plain = { address: '127.0.0.1:0', insecure: false, caller: 'red' };
  service = await startService(MODEL_POLICY, {
    listeners: [plain],
    httpListeners: [plain],
    callers: MODEL_CALLERS,
  });
});

afterAll(() => service.stop());

/** OpenAI's own client, as a gateway's operator would point it at Ambit. */
function client(headers: Readonly<Record<string, string>> = {}): OpenAI {
  requests = 0;
  return new OpenAI({
    baseURL: `http://${service.addresses[1] ?? ''}/v1`,
    apiKey: 'not-looked-at',
    defaultHeaders: {
      'x-ambit-api': 'chat_completions',
      'x-ambit-scope-team': 'search',
      ...headers,
    },
    fetch: (url, init) => {
      requests += 1;
      return fetch(url, init);
    },
  });
}

/** The error that a client raises, which must have asked once only. */
async function errorOf(asking: PromiseLike<unknown>): Promise<unknown> {
  const error: unknown = await Promise.resolve(asking).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(requests).toBe(1);
  return error;
}

describe('OpenAI’s client', () => {
  it('lists the models', async () => {
    const ids: string[] = [];
    for await (const { id } of client().models.list()) ids.push(id);
    expect(ids).toEqual(['large', 'org/large', 'm-tuned']);
  });

  it('finds one of them, whose name it encodes', async () => {
    expect(await client().models.retrieve('org/large')).toEqual({
      id: 'org/large',
      object: 'model',
      created: 0,
      owned_by: 'acme',
    });
  });

  it('raises its own error for one that may not be used, with our code, and asks once', async () => {
    const error = await errorOf(client().models.retrieve('small'));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({
      status: 404,
      code: 'no_compliant_provider',
      type: 'policy_error',
    });
  });

  it('raises its own error for a tenant of others, and asks once', async () => {
    const error = await errorOf(client({ 'x-ambit-tenant': 'blue' }).models.list());
    expect(error).toBeInstanceOf(PermissionDeniedError);
    expect(error).toMatchObject({ status: 403, code: 'permission_denied' });
  });

  it('raises its own error for what is not understood, and asks once', async () => {
    const error = await errorOf(client({ 'x-ambit-tennant': 'red' }).models.list());
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({
      code: 'invalid_argument',
      message: expect.stringContaining('`x-ambit-tennant` is not known here') as string,
    });
  });
});
