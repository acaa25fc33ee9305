import type { MakeCheckAnswerer } from '../../../src/pep/shared/answer-check';
import { createCheckAnswerer } from '../../../src/pep/ext-authz/check-handlers';
import { askHttp } from '../../contract/support/http';
import type { HttpAsk, HttpReply } from '../../contract/support/http';
import { createTestPoint, loadText } from '../../service/support/world';
import type { TestPoint } from '../../service/support/world';
import { startApi } from './support/api-stage';
import type { ApiStage } from './support/api-stage';
import { CHECK_POLICY } from './support/check-world';

const CHAT_PATH = '/v1/chat/completions';
const JSON_TYPE = { 'content-type': 'application/json' };
const RED = { ...JSON_TYPE, 'x-ambit-tenant': 'red', 'x-ambit-scope-team': 'search' };
const ADS = { ...RED, 'x-ambit-scope-team': 'ads' };
const CLEARED = { 'x-ambit-routing-fields': 'cleared' };

let tested: TestPoint;
let stage: ApiStage;

beforeEach(async () => {
  tested = createTestPoint(await loadText(CHECK_POLICY), 60_000);
  stage = await startApi(tested.point);
});

afterEach(() => stage.close());

const bodyOf = (model: string): string => JSON.stringify({ model, messages: [] });

/** Asks as Envoy's `http_service` does. */
const asEnvoy = (ask: HttpAsk & { readonly path?: string } = {}): Promise<HttpReply> =>
  askHttp(stage.address, `/ext-authz${ask.path ?? CHAT_PATH}`, {
    method: 'POST',
    headers: RED,
    body: bodyOf('large'),
    ...ask,
  });

/** What nginx sends of a request for a chat completion. */
const NGINX = { 'x-original-method': 'POST', 'x-original-uri': CHAT_PATH };
/** What Caddy and Traefik send of it. */
const CADDY = { 'x-forwarded-method': 'POST', 'x-forwarded-uri': CHAT_PATH };
const LARGE = { ...RED, 'x-ambit-model': 'large' };

const forward = (headers: HttpAsk['headers'], query = '', rest: HttpAsk = {}): Promise<HttpReply> =>
  askHttp(stage.address, `/forward-auth${query}`, { headers: headers ?? {}, ...rest });

const eligibleOf = ({ status, headers }: HttpReply): unknown => [
  status,
  headers['x-ambit-eligible'],
];

const codeOf = ({ status, json, text }: HttpReply): unknown => {
  const { code, error } = (json ?? {}) as { code?: string; error?: { code?: string } };
  return [status, error?.code ?? code ?? text];
};

/** What no proxy could take for a yes. */
function expectFault(reply: HttpReply, words: string): void {
  expect(codeOf(reply)).toEqual([400, 'invalid_argument']);
  expect(reply.text).toContain(words);
  expect(reply.headers['x-should-retry']).toBe('false');
  expect(stage.refused.at(-1)?.reason).toBe('invalid');
  expect(tested.records).toEqual([]);
}

describe('Envoy’s ext_authz over HTTP', () => {
  it('names the eligible targets of a request that it shows with its body', async () => {
    const reply = await asEnvoy();
    expect(reply.status).toBe(200);
    expect(reply.text).toBe('');
    expect(reply.headers).toMatchObject({
      'x-ambit-decision': 'allow',
      'x-ambit-outcome': 'ALLOW',
      'x-ambit-eligible': 'acme-large,boreal-large',
      'x-ambit-target': 'acme-large',
      'x-ambit-hosts': 'envoy://to-acme-large/acme-large,envoy://to-boreal-large/boreal-large',
      'x-ambit-decision-id': tested.records[0]?.[1].decisionId,
      'cache-control': 'no-store',
    });
    expect(stage.decided).toMatchObject([{ method: 'check' }]);
  });

  it('reads the features of the body, as Check does', async () => {
    const path = '/v1/responses';
    const stored = JSON.stringify({ model: 'large', input: 'x' });
    const kept = JSON.stringify({ model: 'large', input: 'x', store: false });
    expect(eligibleOf(await asEnvoy({ path, body: stored }))).toEqual([200, 'boreal-large']);
    expect(eligibleOf(await asEnvoy({ path, body: kept }))).toEqual([
      200,
      'acme-large,boreal-large',
    ]);
  });

  it('lets a scope that the proxy states take targets away', async () => {
    expect(eligibleOf(await asEnvoy({ headers: ADS }))).toEqual([200, 'acme-large']);
  });

  it('answers a block with its own status, type and body', async () => {
    const reply = await asEnvoy({ body: bodyOf('c-only') });
    const block = tested.records[0]?.[1].decision.block;
    expect([reply.status, reply.text]).toEqual([block?.httpStatus, block?.body]);
    expect(reply.headers).toMatchObject({
      'content-type': block?.contentType,
      'x-ambit-decision': 'deny',
      'x-ambit-outcome': 'BLOCK',
      'x-ambit-code': block?.code,
      'x-ambit-decision-id': tested.records[0]?.[1].decisionId,
      'x-should-retry': 'false',
    });
    expect(reply.headers).not.toHaveProperty('x-ambit-eligible');
  });

  it.each([
    ['GET', CHAT_PATH],
    ['PUT', CHAT_PATH],
    ['POST', '/v1/nothing'],
    ['POST', '//v1/chat/completions'],
    ['POST', '/v1/chat/completions/'],
    ['POST', '/../v1/chat/completions'],
    ['POST', '/v1/models'],
    ['POST', '/'],
  ])('denies what Check denies: %s %s', async (method, path) => {
    expect(
      codeOf(await asEnvoy({ method, path, ...(method === 'GET' ? { body: '' } : {}) })),
    ).toEqual([400, 'invalid_request']);
  });

  it('is asked with the query of the request, and nothing of it is its own', async () => {
    const harmless = await asEnvoy({ path: `${CHAT_PATH}?tenant=other&deny_status=401` });
    expect(eligibleOf(harmless)).toEqual([200, 'acme-large,boreal-large']);
    const choosing = await asEnvoy({ path: `${CHAT_PATH}?model=small` });
    expect(codeOf(choosing)).toEqual([400, 'invalid_request']);
  });

  it('answers HEAD as a no without a body', async () => {
    const reply = await asEnvoy({ method: 'HEAD', body: '' });
    expect([reply.status, reply.text]).toEqual([400, '']);
  });

  it.each([
    ['a compressed body', { 'content-encoding': 'gzip' }],
    ['another type', { 'content-type': 'text/plain' }],
    ['a body that Envoy cut short', { 'x-envoy-auth-partial-body': 'true' }],
    ['two types', { 'content-type': ['application/json', 'application/json'] }],
    ['two encodings', { 'content-encoding': ['identity', 'identity'] }],
  ])('denies %s', async (_what, headers) => {
    const reply = await asEnvoy({ headers: { ...RED, ...headers } });
    expect(codeOf(reply)).toEqual([400, 'invalid_request']);
  });

  it('refuses two words on whether the body is whole', async () => {
    const headers = { ...RED, 'x-envoy-auth-partial-body': ['false', 'true'] };
    expectFault(await asEnvoy({ headers }), 'stands twice');
  });

  it('knows the model from the proxy where there is no body', async () => {
    const reply = await asEnvoy({ headers: LARGE, body: '' });
    expect(eligibleOf(reply)).toEqual([200, 'boreal-large']);
    const cleared = await asEnvoy({ headers: { ...LARGE, ...CLEARED }, body: '' });
    expect(eligibleOf(cleared)).toEqual([200, 'acme-large,boreal-large']);
  });

  it('refuses a proxy that names a model beside a body', async () => {
    expectFault(await asEnvoy({ headers: LARGE }), 'both name the model');
  });

  it('denies a request with neither a body nor a model', async () => {
    const reply = await asEnvoy({ body: '' });
    expect(codeOf(reply)).toEqual([400, 'invalid_request']);
    expect(reply.text).toContain('Envoy shows it by `with_request_body`');
  });

  it('says that a path is to be whole where it lacks its beginning', async () => {
    const reply = await asEnvoy({ path: '/chat/completions' });
    expect(codeOf(reply)).toEqual([400, 'invalid_request']);
    expect(reply.text).toContain('such as `/v1/chat/completions`');
  });
});

describe('forward-auth', () => {
  const BOTH = { ...NGINX, ...CADDY };

  it.each([
    ['as nginx does', NGINX],
    ['as Caddy and Traefik do', CADDY],
    ['in both ways', BOTH],
  ])('judges the request that is described %s', async (_how, described) => {
    const headers = { ...LARGE, ...described };
    // Of a body that nobody shows, every feature may be used.
    expect(eligibleOf(await forward(headers))).toEqual([200, 'boreal-large']);
    expect(eligibleOf(await forward({ ...headers, ...CLEARED }))).toEqual([
      200,
      'acme-large,boreal-large',
    ]);
    const small = await forward({ ...headers, 'x-ambit-model': 'small' });
    expect([small.status, small.headers['x-ambit-decision']]).toEqual([403, 'deny']);
  });

  it('judges a body, too, where a proxy sends it', async () => {
    const ask = { method: 'POST', body: bodyOf('large') };
    const reply = await forward({ ...RED, ...CADDY }, '', ask);
    expect(eligibleOf(reply)).toEqual([200, 'acme-large,boreal-large']);
  });

  it.each([
    ['no model', RED, 'a proxy that keeps bodies back names it in `x-ambit-model`'],
    [
      'no content type',
      { 'x-ambit-tenant': 'red', 'x-ambit-model': 'large' },
      'a proxy that asks sends that of the client',
    ],
  ])('says what the proxy is to send where it sends %s', async (_what, headers, words) => {
    const reply = await forward({ ...headers, ...NGINX });
    expect(codeOf(reply)).toEqual([400, 'invalid_request']);
    expect(reply.text).toContain(words);
  });

  it('takes its own method and path for nothing', async () => {
    const described = { ...LARGE, 'x-original-method': 'GET', 'x-original-uri': CHAT_PATH };
    const reply = await forward(described, '', { method: 'POST' });
    expect(codeOf(reply)).toEqual([400, 'invalid_request']);
  });

  it.each([
    ['nothing at all', {}, 'nothing describes the request'],
    ['a method alone', { 'x-original-method': 'POST' }, '`x-original-method` stands without'],
    ['a path alone', { 'x-forwarded-uri': CHAT_PATH }, '`x-forwarded-uri` stands without'],
    [
      'one whole set and half of another',
      { ...NGINX, 'x-forwarded-method': 'POST' },
      '`x-forwarded-method` stands without',
    ],
    [
      'the halves of two sets',
      { 'x-original-method': 'POST', 'x-forwarded-uri': CHAT_PATH },
      'stands without',
    ],
    ['two methods', { ...BOTH, 'x-forwarded-method': 'GET' }, 'describe different requests'],
    ['two paths', { ...BOTH, 'x-original-uri': '/v1/responses' }, 'describe different requests'],
    ['a method twice', { ...NGINX, 'x-original-method': ['POST', 'POST'] }, 'stands twice'],
    ['a path twice', { ...CADDY, 'x-forwarded-uri': [CHAT_PATH, CHAT_PATH] }, 'stands twice'],
  ])('refuses %s', async (_what, described, words) => {
    expectFault(await forward({ ...LARGE, ...(described as HttpAsk['headers']) }), words);
  });

  const WAYS: readonly ((headers: HttpAsk['headers']) => Promise<HttpReply>)[] = [
    (headers) => forward({ ...LARGE, ...NGINX, ...headers }),
    (headers) => asEnvoy({ headers: { ...LARGE, ...headers }, body: '' }),
  ];

  it.each<[string, HttpAsk['headers'], string]>([
    ['a tenant twice', { 'x-ambit-tenant': ['red', 'red'] }, 'stands twice'],
    ['a scope key twice', { 'x-ambit-scope-team': ['ads', 'search'] }, 'stands twice'],
    ['a status twice', { 'x-ambit-deny-status': ['403', '403'] }, 'stands twice'],
    ['a model twice', { 'x-ambit-model': ['large', 'small'] }, 'stands twice'],
    ['a header that is not known', { 'x-ambit-tenamt': 'red' }, '`x-ambit-tenamt` is not known'],
    ['an API, which the path tells', { 'x-ambit-api': 'responses' }, 'is not known here'],
    ['features', { 'x-ambit-features': 'tools' }, 'is not known here'],
    ['another word than `rewritten`', { 'x-ambit-path': 'cleared' }, 'is not known'],
    ['another word than `cleared`', { 'x-ambit-routing-fields': 'yes' }, 'is not known'],
    ['the tenant as a scope key', { 'x-ambit-scope-tenant': 'red' }, 'name the tenant'],
    ['its own words as a scope key', { 'x-ambit-scope-ambit.routing_fields': 'cleared' }, 'scope'],
    ['a decision', { 'x-ambit-decision': 'allow' }, 'is not known here'],
    ['a tenant that is no UTF-8', { 'x-ambit-tenant': '\xff' }, 'is no UTF-8'],
  ])('and ext_authz refuse %s from the proxy', async (_what, headers, words) => {
    for (const ask of WAYS) expectFault(await ask(headers), words);
  });

  it('reads the model out of a path', async () => {
    const uri = '/openai/deployments/small/chat/completions?api-version=1';
    const described = { ...RED, ...CLEARED, 'x-original-method': 'POST', 'x-original-uri': uri };
    expect(codeOf(await forward(described))).toEqual([403, 'model_mismatch']);
    const rewritten = { ...described, 'x-ambit-path': 'rewritten' };
    expect(eligibleOf(await forward(rewritten))).toEqual([200, 'acme-small']);
    const other = { ...rewritten, 'x-ambit-model': 'large' };
    expect(codeOf(await forward(other))).toEqual([400, 'invalid_request']);
  });

  it.each(['/v1/models', '/v1/models/large'])('makes no yes of a list: %s', async (uri) => {
    const described = { ...LARGE, 'x-original-method': 'GET', 'x-original-uri': uri };
    expect(codeOf(await forward(described))).toEqual([403, 'not_answered_here']);
    const direct = await asEnvoy({ method: 'GET', path: uri, body: '' });
    expect(codeOf(direct)).toEqual([403, 'not_answered_here']);
  });

  it('denies a model that is too long, or empty', async () => {
    for (const model of ['m'.repeat(513), '']) {
      const reply = await forward({ ...LARGE, ...NGINX, 'x-ambit-model': model });
      expect(codeOf(reply)).toEqual([400, 'invalid_request']);
    }
  });

  it('does not look at its own query, which may be the client’s', async () => {
    for (const query of ['?', '?x=1', '?deny_status=401', '?x-original-uri=/v1/responses']) {
      const reply = await forward({ ...LARGE, ...NGINX }, query);
      expect(eligibleOf(reply)).toEqual([200, 'boreal-large']);
    }
  });

  it.each(['200', '204', '302', '404', '503', '', '403 ', ' ', '0403'])(
    'refuses another status for denials than 401 and 403: %j',
    async (status) => {
      const reply = await forward({ ...LARGE, ...NGINX, 'x-ambit-deny-status': status });
      if (status === '403 ') expect(reply.status).toBe(200);
      else expectFault(reply, 'is not known; known are 401 and 403');
    },
  );
});

describe('x-ambit-deny-status', () => {
  const ask = (headers: HttpAsk['headers'], status: number): Promise<HttpReply> =>
    forward({ ...LARGE, ...NGINX, ...headers, 'x-ambit-deny-status': String(status) });

  it.each([401, 403])('%d takes the place of every status that denies', async (status) => {
    const blocked = await ask(
      { ...CLEARED, 'x-ambit-model': 'c-only', 'x-ambit-scope-team': 'ads' },
      status,
    );
    const unread = await ask({ 'content-type': 'text/plain' }, status);
    expect([blocked.status, unread.status]).toEqual([status, status]);
    expect(unread.headers).toMatchObject({
      'x-ambit-status': '400',
      'x-ambit-code': 'invalid_request',
    });
    expect(unread.text).toContain('content type');
  });

  it('leaves a yes what it is', async () => {
    const reply = await ask({}, 403);
    expect(eligibleOf(reply)).toEqual([200, 'boreal-large']);
    expect(reply.headers).not.toHaveProperty('x-ambit-status');
  });

  it('leaves Ambit’s own failures what they are', async () => {
    tested.clock.moveMs(60_001);
    expect(codeOf(await ask({}, 403))).toEqual([503, 'policy_stale']);
  });
});

describe('what Ambit itself cannot answer', () => {
  it('is 503, and no yes', async () => {
    tested.point.refuseFurther();
    for (const reply of [await asEnvoy(), await forward({ ...LARGE, ...NGINX })]) {
      expect(codeOf(reply)).toEqual([503, 'shutting_down']);
      expect(reply.headers).toMatchObject({ 'retry-after': '1', 'x-ambit-decision': 'deny' });
      expect(reply.headers).not.toHaveProperty('x-should-retry');
    }
  });

  it('is told without a word of what it is, where it is a defect', async () => {
    await stage.close();
    const defect = (): never => {
      throw new Error('a secret');
    };
    stage = await startApi({ ...tested.point, decide: defect });
    const reply = await asEnvoy();
    expect(codeOf(reply)).toEqual([503, 'internal_error']);
    expect(reply.text).not.toContain('secret');
    expect(stage.defects).toHaveLength(1);
  });

  it('is a no, too, where an answerer answers later, and with success', async () => {
    await stage.close();
    const makeAnswerer: MakeCheckAnswerer = (parts) => ({
      ...createCheckAnswerer(parts),
      answer: () =>
        Promise.resolve({
          answer: {
            status: { code: 7, message: '' },
            httpResponse: {
              $case: 'deniedResponse',
              value: { status: { code: 200 }, headers: [], body: '{"object":"list"}' },
            },
            dynamicMetadata: {},
          },
        }),
    });
    stage = await startApi(tested.point, { makeAnswerer });
    expect(codeOf(await asEnvoy())).toEqual([403, 'not_answered_here']);
    expect(codeOf(await forward({ ...LARGE, ...NGINX }))).toEqual([403, 'not_answered_here']);
  });
});
