import type { CheckResponse } from '../../../src/gen/envoy/service/auth/v3/external_auth';
import { createCheckAnswerer } from '../../../src/pep/ext-authz/check-handlers';
import { DEFAULT_CLIENT_PREFERENCES } from '../../../src/ports/client-preferences';
import { DEFAULT_LIMITS } from '../../../src/ports/service-limits';
import { createTestRules, FACTS } from '../support/test-rules';
import { headersOf } from './support/answers';
import { createPoint, serveCheck, toWire } from './support/check-server';
import type { CheckServer, TestCheck } from './support/check-server';

const WORLD = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: models }
spec: { tenants: [red, blue] }
---
apiVersion: ambit/v1
kind: Catalog
metadata: { name: models }
spec:
  providers:
    - id: acme
      claims: { training_opt_out: true }
      targets:
        - { id: large, model: a/large, serves: [large], apis: [chat_completions] }
        - { id: claude, model: claude, apis: [messages] }
    - id: boreal
      claims: { training_opt_out: false }
      targets: [{ id: small, model: small }]
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec:
  requirements: { require_no_training: true }
`;

let server: CheckServer;
beforeAll(async () => {
  const rules = { ...DEFAULT_CLIENT_PREFERENCES, headers: ['only'] } as const;
  server = await serveCheck({ 'world.yaml': WORLD }, (point) => point, rules);
});
afterAll(() => {
  server.close();
});

const asking = (path: string, more: TestCheck = {}): TestCheck => ({
  method: 'GET',
  path,
  body: Buffer.alloc(0),
  extensions: { tenant: 'red' },
  ...more,
});

/** What Envoy tells in the place of a provider; throws where it would send the request on. */
function told({ status, httpResponse, dynamicMetadata }: CheckResponse) {
  if (status?.code !== 7 || httpResponse?.$case !== 'deniedResponse')
    throw new Error('let through');
  const { status: http, headers, body } = httpResponse.value;
  const metadata = dynamicMetadata as Readonly<Record<string, unknown>>;
  return {
    status: http?.code,
    headers: headersOf(headers),
    body: JSON.parse(body) as unknown,
    metadata,
  };
}

async function names(check: TestCheck): Promise<unknown> {
  const { body } = told(await server.check(check));
  return (body as { readonly data: readonly { readonly id: string }[] }).data.map(({ id }) => id);
}

describe('models asked for through Envoy', () => {
  test('are those that may be used, told in the place of every provider', async () => {
    const answer = told(await server.check(asking('/v1/models')));
    expect(answer).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'x-ambit-decision-id': 'decision-1' },
      body: {
        object: 'list',
        data: [
          { id: 'large', object: 'model', created: 0, owned_by: 'acme' },
          { id: 'claude', object: 'model', created: 0, owned_by: 'acme' },
        ],
      },
      metadata: {
        decision: 'deny',
        outcome: 'LIST',
        decision_id: 'decision-1',
        bundle: expect.stringMatching(/^sha256:/) as string,
        eligible: [],
      },
    });
  });

  test('are those of the API that the operator names', async () => {
    const extensions = { tenant: 'red', 'ambit.models_api': 'messages' };
    expect(await names(asking('/v1/models', { extensions }))).toEqual(['claude']);
  });

  test('are narrowed by what the client prefers, and by nothing else that it says', async () => {
    const headers = { 'ambit-prefer-only': 'boreal' };
    expect(await names(asking('/v1/models', { headers }))).toEqual([]);
    expect(await names(asking('/v1/models?api=messages&tenant=blue'))).toEqual(['large', 'claude']);
  });

  test('are refused where a preference is not read', async () => {
    const headers = { 'ambit-prefer-order': 'acme' };
    const answer = told(await server.check(asking('/v1/models', { headers })));
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
  });

  test.each([
    ['/v1/models/large', 200, { id: 'large' }],
    ['/v1/models/la%72ge', 200, { id: 'large' }],
    ['/v1/models/small', 404, { error: { code: 'no_compliant_provider', type: 'policy_error' } }],
    ['/v1/models/none', 404, { error: { code: 'unknown_model' } }],
    ['/v1/models/', 400, { error: { code: 'invalid_request' } }],
    ['/v1/models/%ff', 400, { error: { code: 'invalid_request' } }],
  ])('one at a time: %s', async (path, status, body) => {
    const answer = told(await server.check(asking(path)));
    expect(answer).toMatchObject({ status, body, metadata: { decision: 'deny' } });
    expect(answer.metadata['outcome']).toBe(status === 200 ? 'LIST' : 'BLOCK');
  });

  test('are nobody’s without a tenant', async () => {
    const answer = told(await server.check(asking('/v1/models', { extensions: {} })));
    expect(answer).toMatchObject({
      status: 403,
      body: { error: { code: 'tenant_required' } },
      metadata: { decision: 'deny', outcome: 'BLOCK' },
    });
  });

  test('are not written, and not sent to', async () => {
    const answer = told(await server.check(asking('/v1/models', { method: 'POST' })));
    expect(answer.status).toBe(400);
  });
});

test('of more lists at once than have room, the last is told to ask later', async () => {
  const point = await createPoint({ 'world.yaml': WORLD }, []);
  const { rules, refused } = createTestRules();
  const edge = {
    point,
    rules,
    limits: DEFAULT_LIMITS,
    clientPreferences: DEFAULT_CLIENT_PREFERENCES,
  };
  const { answer, denialFor } = createCheckAnswerer(edge);
  const asked = Array.from({ length: 17 }, () =>
    Promise.resolve(answer(toWire(asking('/v1/models')), FACTS)),
  );
  const replies = await Promise.all(asked);
  const failures = replies.flatMap((reply) => ('failure' in reply ? [reply.failure] : []));
  expect(failures).toMatchObject([{ reason: 'overload' }]);
  expect(refused).toEqual([]);
  for (const failure of failures) {
    expect(denialFor(failure)?.httpResponse?.$case).toBe('errorResponse');
  }
});

test('a defect while a list is made is an error that denies', async () => {
  const broken = await serveCheck({ 'world.yaml': WORLD }, (point) => ({
    ...point,
    judge: () => {
      throw new Error('a defect');
    },
  }));
  const { httpResponse, dynamicMetadata } = await broken.check(asking('/v1/models'));
  expect(httpResponse?.$case).toBe('errorResponse');
  expect(dynamicMetadata).toMatchObject({ decision: 'deny' });
  expect(broken.defects).toEqual([new Error('a defect')]);
  broken.close();
});
