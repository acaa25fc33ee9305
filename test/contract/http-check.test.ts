import { credentials } from '@grpc/grpc-js';
import * as fc from 'fast-check';

import { AuthorizationClient } from '../../src/gen/envoy/service/auth/v3/external_auth';
import type { CheckResponse } from '../../src/gen/envoy/service/auth/v3/external_auth';
import { runs, Spread } from '../laws/support/runs';
import { toWire } from '../pep/ext-authz/support/check-server';
import type { TestCheck } from '../pep/ext-authz/support/check-server';
import { CHECK_POLICY } from '../pep/http/support/check-world';
import { callerOf } from './support/callers';
import { askHttp } from './support/http';
import type { HttpAsk, HttpReply } from './support/http';
import { startService } from './support/service';
import type { TestService } from './support/service';

const CHAT_PATH = '/v1/chat/completions';
const LARGE = JSON.stringify({ model: 'large', messages: [] });

let service: TestService;
let client: AuthorizationClient;

beforeAll(async () => {
  const open = { insecure: false, address: '127.0.0.1:0', caller: 'proxy' };
  service = await startService(CHECK_POLICY, {
    listeners: [open],
    httpListeners: [open, { ...open, caller: 'red' }],
    callers: [
      callerOf('proxy', { tenants: ['red', 'blue', 'green'], scopes: 'any' }),
      callerOf('red', { scopes: new Map([['team', ['search']]]) }),
    ],
    clientPreferences: { headers: ['only', 'no-training'], formats: ['vercel', 'openrouter'] },
  });
  client = new AuthorizationClient(service.addresses[0] ?? '', credentials.createInsecure());
});

afterAll(async () => {
  client.close();
  await service.stop();
});

/** A request as a proxy knows it, whatever it asks through. */
interface Original {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: it is not shown. */
  readonly body: string | undefined;
  readonly model: string | undefined;
  readonly tenant: string | undefined;
  readonly scope: Readonly<Record<string, string>>;
  readonly cleared: boolean;
  readonly rewritten: boolean;
}

interface OpenAiError {
  readonly error: { readonly code: string };
}

/** What an answer says, whatever brings it. */
interface Told {
  readonly status: number;
  readonly body: string;
  readonly contentType: string | undefined;
  readonly eligible: readonly string[];
  readonly hosts: string | undefined;
  readonly outcome: string | undefined;
}

const check = (request: TestCheck): Promise<CheckResponse | undefined> =>
  new Promise((resolve) => {
    client.check(toWire(request), (error, answer) => {
      resolve(error === null ? answer : undefined);
    });
  });

async function toldByCheck(original: Original): Promise<Told | undefined> {
  const { method, path, headers, body = '', model, tenant, scope } = original;
  const response = await check({
    method,
    path,
    headers: { 'x-request-id': '', 'content-type': '', ...headers },
    body,
    extensions: {
      ...scope,
      ...(tenant === undefined ? {} : { tenant }),
      ...(original.cleared ? { 'ambit.routing_fields': 'cleared' } : {}),
      ...(original.rewritten ? { 'ambit.path': 'rewritten' } : {}),
    },
    ...(model === undefined ? {} : { lifted: { model } }),
  });
  if (response === undefined) return undefined;
  const { httpResponse, dynamicMetadata } = response;
  const common = { outcome: dynamicMetadata?.['outcome'] as string };
  if (httpResponse === undefined) throw new Error('an empty answer');
  if (httpResponse.$case === 'okResponse') {
    return {
      ...common,
      status: 200,
      body: '',
      contentType: undefined,
      eligible: dynamicMetadata?.['eligible'] as readonly string[],
      hosts: dynamicMetadata?.['hosts'] as string,
    };
  }
  const { status, body: text, headers: stated } = httpResponse.value;
  const type = stated.find(({ header }) => header?.key === 'content-type')?.header?.value;
  const told = { status: status?.code ?? 0, body: text, contentType: type };
  return { ...common, ...told, eligible: [], hosts: undefined };
}

function toldByHttp({ status, text, headers }: HttpReply): Told {
  const listed = headers['x-ambit-eligible'] as string | undefined;
  return {
    status,
    body: text,
    contentType: status === 200 ? undefined : headers['content-type'],
    eligible: listed?.split(',') ?? [],
    hosts: headers['x-ambit-hosts'] as string | undefined,
    outcome: headers['x-ambit-outcome'] as string | undefined,
  };
}

/** What a proxy states of its own. */
const controlOf = ({
  tenant,
  scope,
  cleared,
  rewritten,
  model,
}: Original): Record<string, string> => ({
  ...(tenant === undefined ? {} : { 'x-ambit-tenant': tenant }),
  ...Object.fromEntries(
    Object.entries(scope).map(([key, value]) => [`x-ambit-scope-${key}`, value]),
  ),
  ...(cleared ? { 'x-ambit-routing-fields': 'cleared' } : {}),
  ...(rewritten ? { 'x-ambit-path': 'rewritten' } : {}),
  ...(model === undefined ? {} : { 'x-ambit-model': model }),
});

const http = (index: number, path: string, ask: HttpAsk): Promise<HttpReply> =>
  askHttp(service.addresses[index] ?? '', path, ask);

const byExtAuthz = (original: Original): Promise<HttpReply> =>
  http(1, `/ext-authz${original.path}`, {
    method: original.method,
    headers: { ...original.headers, ...controlOf(original), ...lengthOf(original.body) },
    ...(original.body === undefined ? {} : { body: original.body }),
  });

const byForwardAuth = (original: Original): Promise<HttpReply> =>
  http(1, '/forward-auth', {
    headers: {
      ...original.headers,
      ...controlOf(original),
      ...lengthOf(original.body),
      'x-forwarded-method': original.method,
      'x-forwarded-uri': original.path,
    },
    ...(original.body === undefined ? {} : { body: original.body }),
  });

/** Node gives no length of its own to a body of a GET. */
const lengthOf = (body: string | undefined): Record<string, string> =>
  body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };

const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { arbitrary: fc.constant(usual), weight: 12 },
    { arbitrary: fc.constantFrom(...others), weight: 2 },
  );

const BODIES = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        model: fc.constantFrom<unknown>(
          'large',
          'large',
          'large',
          'b-large',
          'b-large',
          'c-only',
          'nothing',
          '',
          7,
        ),
        extra: fc.constantFrom(
          {},
          {},
          { store: true },
          { store: false },
          { tools: [{ type: 'web_search' }] },
          { Model: 'small' },
          { fallbacks: ['c-only'] },
          { input: 'x' },
          { messages: [{ role: 'user', content: 'hej på dig' }] },
        ),
      })
      .map(({ model, extra }) => JSON.stringify({ model, ...extra })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '{"model":"large","model":"small"}',
      '[]',
      '{',
      'null',
      '{"model":"large"} {}',
    ),
  },
);

const OTHER_CALLS: readonly (readonly [method: string, path: string])[] = [
  ['GET', CHAT_PATH],
  ['PUT', CHAT_PATH],
  ['GET', '/v1/models'],
  ['GET', '/v1/models/large'],
  ['POST', '/v1/responses'],
  ['POST', '/v1/messages'],
  ['POST', '/v1/anything'],
  ['POST', '//v1/chat/completions'],
  ['POST', `${CHAT_PATH}?key=k`],
  ['POST', `${CHAT_PATH}?beta=true`],
  ['POST', '/openai/deployments/large/chat/completions'],
  ['POST', '/v1beta/models/large:generateContent'],
  ['POST', '/model/b-large/converse'],
  ['POST', '/v1/projects/p/locations/l/publishers/google/models/large:generateContent'],
];

const ORIGINALS: fc.Arbitrary<Original> = fc
  .record({
    call: fc.oneof(
      { arbitrary: fc.constant(['POST', CHAT_PATH] as const), weight: 3 },
      { arbitrary: fc.constantFrom(...OTHER_CALLS), weight: 1 },
    ),
    type: mostly(
      'application/json',
      'application/json; charset=utf-8',
      'text/plain',
      'multipart/form-data',
    ),
    preference: mostly<Record<string, string>>(
      {},
      { 'ambit-prefer-only': 'boreal' },
      { 'ambit-prefer-only': 'acme,boreal' },
      { 'ambit-prefer-order': 'boreal' },
      { 'content-encoding': 'gzip' },
    ),
    shown: fc.oneof(
      { arbitrary: BODIES.map((body) => ({ body, model: undefined })), weight: 3 },
      {
        arbitrary: fc
          .constantFrom(
            'large',
            'large',
            'b-large',
            'b-large',
            'c-only',
            'acme/large',
            'nothing',
            '',
          )
          .map((model) => ({ body: undefined, model })),
        weight: 2,
      },
      { arbitrary: fc.constant({ body: undefined, model: undefined }), weight: 1 },
    ),
    tenant: mostly<string | undefined>('red', 'blue', undefined, 'green', 'nobody'),
    scope: fc.constantFrom<Readonly<Record<string, string>>>(
      { team: 'search' },
      { team: 'search' },
      {},
      { team: 'ads' },
      { team: 'ads' },
      { team: 'unheard-of' },
      { key: 'k' },
    ),
    cleared: fc.boolean(),
    rewritten: fc.boolean(),
  })
  .map(({ call: [method, path], type, preference, shown, ...rest }) => ({
    ...rest,
    method,
    path,
    ...shown,
    headers: { 'content-type': type, ...preference },
  }));

describe('the same request', () => {
  test('gets the same answer over gRPC, as HTTP ext_authz and as forward-auth', async () => {
    const spread = new Spread();
    await fc.assert(
      fc.asyncProperty(ORIGINALS, async (original) => {
        const wanted = await toldByCheck(original);
        const replies = [await byExtAuthz(original), await byForwardAuth(original)];
        if (wanted?.outcome === 'LIST') {
          // Over gRPC the list stands in a denial; a proxy here would take its status for a yes.
          const codes = replies.map(({ json }) => (json as OpenAiError).error.code);
          expect([replies.map(({ status }) => status), codes]).toEqual([
            [403, 403],
            ['not_answered_here', 'not_answered_here'],
          ]);
        } else expect(replies.map(toldByHttp)).toEqual([wanted, wanted]);
        spread.add(wanted?.outcome === 'LIST' ? 'list' : 'call');
        spread.add(`status ${String(wanted?.status)}`);
        spread.add(`eligible ${String(wanted?.eligible.length)}`);
        spread.add(original.body === undefined ? 'unseen' : 'body');
      }),
      { numRuns: runs(1200) },
    );
    spread.expectAtLeast(20, 'status 200', 'status 400', 'status 403', 'unseen', 'body');
    spread.expectAtLeast(8, 'eligible 1', 'eligible 2', 'list');
    spread.expectAtLeast(2, 'status 451');
  });
});

describe('rights', () => {
  const asRed = (headers: HttpAsk['headers'] & object = {}): Promise<HttpReply> =>
    http(2, `/ext-authz${CHAT_PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: LARGE,
    });

  test('give a request without a tenant its caller’s only one', async () => {
    const reply = await asRed();
    expect([reply.status, reply.headers['x-ambit-target']]).toEqual([200, 'acme-large']);
    expect(service.log.at(-1)).toMatchObject({ tenant: 'red' });
  });

  test.each([
    ['another tenant', { 'x-ambit-tenant': 'blue' }],
    ['another value of a scope', { 'x-ambit-scope-team': 'ads' }],
    ['another key of a scope', { 'x-ambit-scope-region': 'eu' }],
  ])('hold for %s, which is denied without the name of the caller', async (_what, headers) => {
    const reply = await asRed(headers);
    expect(reply.status).toBe(403);
    expect(reply.json).toMatchObject({ code: 'unknown_tenant' });
    expect(reply.text).not.toContain('`red`');
    expect(service.diagnostics.refused.at(-1)).toMatchObject({ caller: 'red', reason: 'rights' });
  });
});

describe('records', () => {
  test('are those of every other decision, and hold nothing of the prompt or the query', async () => {
    const mark = 'canary-91ce';
    const before = service.log.length;
    const reply = await http(1, `/ext-authz${CHAT_PATH}?beta=${mark}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-ambit-tenant': 'blue',
        'x-request-id': 'r-77',
        authorization: `Bearer ${mark}`,
      },
      body: JSON.stringify({ model: 'large', messages: [{ role: 'user', content: mark }] }),
    });
    expect(reply.status).toBe(200);
    const lines = service.log.slice(before);
    expect(lines).toMatchObject([
      { request_id: 'r-77', decision_id: reply.headers['x-ambit-decision-id'], tenant: 'blue' },
    ]);
    expect(JSON.stringify(service.log)).not.toContain(mark);
    expect(JSON.stringify([reply.headers, reply.text])).not.toContain(mark);
  });
});
