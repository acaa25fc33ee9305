import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { answerOf, openClient } from './support/client';
import { askHttp } from './support/http';
import type { HttpAsk, HttpReply } from './support/http';
import { MODEL_CALLERS, MODEL_NAMES, MODEL_POLICY } from './support/model-world';
import { startService } from './support/service';
import type { TestService } from './support/service';

const RED = { 'X-Ambit-Tenant': 'red', 'X-Ambit-Scope-Team': 'search' };
const CHAT = { ...RED, 'x-ambit-api': 'chat_completions' };

let directory: string;
let service: TestService;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-http-'));
  const plain = { insecure: false, address: '127.0.0.1:0', caller: 'any' };
  service = await startService(MODEL_POLICY, {
    listeners: [plain],
    httpListeners: [
      plain,
      { ...plain, address: `unix:${join(directory, 'red.sock')}`, caller: 'red' },
    ],
    callers: MODEL_CALLERS,
  });
});

afterAll(async () => {
  await service.stop();
  rmSync(directory, { recursive: true, force: true });
});

const grpc = (): string => service.addresses[0] ?? '';
const socket = (): string => service.addresses[2] ?? '';

const ask = (path: string, options: HttpAsk = {}): Promise<HttpReply> =>
  askHttp(service.addresses[1] ?? '', path, { headers: CHAT, ...options });

const asRed = (path: string, headers: HttpAsk['headers'] = {}): Promise<HttpReply> =>
  askHttp(socket(), path, { headers: { 'x-ambit-api': 'chat_completions', ...headers } });

const idsOf = ({ json }: HttpReply): readonly string[] =>
  (json as { data: { id: string }[] }).data.map(({ id }) => id);

/** The envelope's own error, which must be whole. */
function expectError({ status, json }: HttpReply, expected: number, code: string): void {
  expect([status, json]).toEqual([
    expected,
    {
      error: {
        message: expect.stringMatching(/^\S.*[^.]$/u) as string,
        type: expect.stringMatching(/^(?:policy|server|invalid_request)_error$/u) as string,
        param: null,
        code,
      },
    },
  ]);
}

describe('GET /v1/models', () => {
  it('has the form that OpenAI’s clients read, in the order of the files', async () => {
    const reply = await ask('/v1/models');
    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const data = ['large', 'org/large', 'm-tuned'].map((id) => ({
      id,
      object: 'model',
      created: 0,
      owned_by: 'acme',
    }));
    expect(reply.json).toEqual({ object: 'list', data });
  });

  const EMBED = { 'x-ambit-api': 'embeddings' };

  it.each([
    ['an api', { ...RED, ...EMBED }, '', ['large', 'vectors']],
    ['the same by query', RED, '?api=embeddings', ['large', 'vectors']],
    ['the same in both', { ...RED, ...EMBED }, '?api=embeddings', ['large', 'vectors']],
    // Claims that are limited to an api say nothing to whoever names none.
    ['no api', RED, '', ['vectors', 'large']],
    [
      'a team that may use less',
      { ...CHAT, 'X-Ambit-Scope-Team': 'ads' },
      '',
      ['large', 'org/large'],
    ],
    [
      'no team, so that what is for any team counts',
      { 'x-ambit-tenant': 'red', 'x-ambit-api': 'chat_completions' },
      '',
      ['large', 'org/large'],
    ],
    [
      'a key that nothing names',
      { ...CHAT, 'X-Ambit-Scope-Key': 'x' },
      '',
      ['large', 'org/large', 'm-tuned'],
    ],
  ])('is for what is stated: %s', async (_what, headers, query, expected) => {
    const reply = await ask(`/v1/models${query}`, { headers });
    expect([reply.status, [...idsOf(reply)].sort()]).toEqual([200, [...expected].sort()]);
  });

  it.each(['', 'chat_completions', 'embeddings', 'responses'])(
    'holds what gRPC finds something for, each name asked alone: %j',
    async (api) => {
      const client = openClient('ambit.v1.DecisionService', grpc());
      const context = {
        tenant: 'red',
        scope: { team: 'search' },
        ...(api === '' ? {} : { api: `API_${api.toUpperCase()}` }),
      };
      const open: string[] = [];
      for (const model of MODEL_NAMES) {
        const answer = await answerOf(client, 'ListEligible', { context: { ...context, model } });
        if (answer['outcome'] !== 'OUTCOME_BLOCK') open.push(model);
      }
      client.close();
      const reply = await ask('/v1/models', {
        headers: { ...RED, ...(api === '' ? {} : { 'x-ambit-api': api }) },
      });
      expect(idsOf(reply)).toEqual(open);
      expect(open.length > 0).toBe(api !== 'responses');
    },
  );

  it('is told to HEAD as it would be to GET, without its body', async () => {
    const [head, get] = [await ask('/v1/models', { method: 'HEAD' }), await ask('/v1/models')];
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
  });

  it('is one decision for records and metrics', async () => {
    const counted = service.diagnostics.decided.length;
    const recorded = service.log.filter(({ msg }) => msg === 'decision').length;
    await ask('/v1/models');
    expect(service.diagnostics.decided.slice(counted)).toMatchObject([
      { method: 'list', caller: 'any', decision: { outcome: 'allow' } },
    ]);
    expect(service.log.filter(({ msg }) => msg === 'decision').slice(recorded)).toMatchObject([
      { tenant: 'red', eligible: ['acme/large', 'acme/tuned', 'boreal/large'] },
    ]);
  });
});

describe('GET /v1/models/MODEL', () => {
  it.each(['large', 'org/large', 'org%2Flarge', 'org%2flarge', 'm%2dtuned'])(
    'is the list’s own entry: %s',
    async (path) => {
      const reply = await ask(`/v1/models/${path}`);
      const id = decodeURIComponent(path);
      expect([reply.status, reply.json]).toEqual([
        200,
        { id, object: 'model', created: 0, owned_by: 'acme' },
      ]);
    },
  );

  it.each([
    ['of which nothing is known', 'small', 'no_compliant_provider'],
    ['that speaks another api', 'vectors', 'unknown_model'],
    ['that nobody knows', 'm-nothing', 'unknown_model'],
    ['in another case', 'Large', 'unknown_model'],
    ['that is encoded twice', 'org%252Flarge', 'unknown_model'],
    ['with a segment that goes up', 'x/../large', 'unknown_model'],
    ['with a slash at its end', 'large/', 'unknown_model'],
    ['that only a pin makes', 'acme/m-tuned', 'unknown_model'],
  ])('is not found for a model %s', async (_what, path, code) => {
    const reply = await ask(`/v1/models/${path}`);
    expectError(reply, 404, code);
    expect(reply.headers['x-should-retry']).toBe('false');
  });

  it.each([
    ['no name', ''],
    ['a name that is too long', 'x'.repeat(513)],
    ['no percent-encoding', '%'],
    ['no UTF-8', '%ff'],
  ])('is refused for %s', async (_what, path) => {
    expectError(await ask(`/v1/models/${path}`), 400, 'invalid_request');
  });

  it('is a decision for records and metrics', async () => {
    const counted = service.diagnostics.decided.length;
    await ask('/v1/models/small');
    expect(service.diagnostics.decided.slice(counted)).toMatchObject([
      { method: 'list', caller: 'any', decision: { block: { code: 'no_compliant_provider' } } },
    ]);
  });
});

describe('a caller', () => {
  it('gets its only tenant where it names none', async () => {
    expect(idsOf(await asRed('/v1/models'))).toEqual(['large', 'org/large']);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['another tenant', { 'x-ambit-tenant': 'blue' }],
    ['a tenant without a name', { 'x-ambit-tenant': '' }],
    ['a team of others', { 'x-ambit-scope-team': 'ads' }],
    ['a key that is not its', { 'x-ambit-scope-gateway': 'prod' }],
  ])('is refused for %s, and nothing is decided', async (_what, headers) => {
    const decided = service.diagnostics.decided.length;
    for (const path of ['/v1/models', '/v1/models/large']) {
      expectError(await asRed(path, headers), 403, 'permission_denied');
      expect(service.diagnostics.refused.at(-1)).toMatchObject({ caller: 'red', reason: 'rights' });
      expect(service.log.at(-1)).toMatchObject({ msg: 'call refused', caller: 'red' });
    }
    expect(service.diagnostics.decided).toHaveLength(decided);
  });

  it('reaches a socket that is open to its group, and to nobody else', () => {
    expect(statSync(socket().slice('unix:'.length)).mode & 0o777).toBe(0o660);
  });

  it.each([
    ['no tenant', { 'x-ambit-api': 'chat_completions' }, 'tenant_required'],
    ['a tenant that does not exist', { 'x-ambit-tenant': 'green' }, 'unknown_tenant'],
    ['a team that does not exist', { ...RED, 'X-Ambit-Scope-Team': 'x' }, 'unknown_scope'],
  ])('that may claim anything is told of %s', async (_what, headers, code) => {
    for (const path of ['/v1/models', '/v1/models/large']) {
      expectError(await ask(path, { headers }), 403, code);
    }
  });
});

describe('a request that is not understood', () => {
  it.each<[string, HttpAsk['headers'], string?]>([
    ['a control header that is not known', { ...CHAT, 'x-ambit-tennant': 'red' }],
    ['a control header of another kind', { ...CHAT, 'x-ambit-model': 'large' }],
    ['a preference', { ...CHAT, 'ambit-prefer-only': 'acme' }],
    ['two tenants', { 'x-ambit-tenant': ['red', 'blue'] }],
    ['one tenant twice', { 'x-ambit-tenant': ['red', 'red'] }],
    ['a scope key twice', { ...CHAT, 'X-Ambit-Scope-Team': ['ads', 'ads'] }],
    ['a scope key without a name', { ...CHAT, 'x-ambit-scope-': 'ads' }],
    ['the tenant as a scope key', { ...CHAT, 'x-ambit-scope-tenant': 'blue' }],
    ['an api that is none', { ...RED, 'x-ambit-api': 'chat' }],
    ['an api without a name', { ...RED, 'x-ambit-api': '' }],
    ['two apis', { ...RED, 'x-ambit-api': 'responses' }, '?api=embeddings'],
    ['the api twice', RED, '?api=responses&api=responses'],
    ['a query that is not known', CHAT, '?limit=3'],
    ['a tenant that is too long', { 'x-ambit-tenant': 'x'.repeat(257) }],
    ['a scope value that is too long', { ...CHAT, 'X-Ambit-Scope-Team': 'x'.repeat(257) }],
    ['a scope key that is too long', { ...CHAT, [`x-ambit-scope-${'k'.repeat(65)}`]: 'x' }],
    [
      'too many scope keys',
      Object.fromEntries(
        Array.from({ length: 65 }, (_, i) => [`x-ambit-scope-k${String(i)}`, 'x']),
      ),
    ],
  ])('is refused for %s', async (_what, headers = {}, query = '') => {
    for (const path of ['/v1/models', '/v1/models/large']) {
      const reply = await ask(`${path}${query}`, { headers });
      expectError(reply, 400, 'invalid_argument');
      expect(reply.headers['x-should-retry']).toBe('false');
      expect(service.diagnostics.refused.at(-1)).toMatchObject({
        caller: 'any',
        reason: 'invalid',
      });
    }
  });

  it.each(['/', '/v1', '/v1/model', '/v1/models?/x', '//v1/models', '/V1/models', '/metrics', '*'])(
    'is not found at %s',
    async (path) => {
      const reply = await ask(path);
      if (path.includes('?')) expectError(reply, 400, 'invalid_argument');
      else expectError(reply, 404, 'not_found');
    },
  );

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('has no method %s', async (method) => {
    for (const path of ['/v1/models', '/v1/models/large']) {
      const reply = await ask(path, { method });
      expectError(reply, 405, 'method_not_allowed');
      expect(reply.headers.allow).toBe('GET, HEAD');
    }
  });

  it('closes the connection of whoever sends a body, which nobody reads', async () => {
    const reply = await ask('/v1/models', { method: 'POST', body: 'a prompt' });
    expect([reply.status, reply.headers.connection]).toEqual([405, 'close']);
  });
});
