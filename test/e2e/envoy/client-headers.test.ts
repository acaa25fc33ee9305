import { join } from 'node:path';

import { logged, onlyRequest } from '../support/seen';
import { useRig } from '../support/use-rig';
import { VARIANTS } from '../support/variants';

const POLICY = join(__dirname, 'pack.yaml');

describe.each(VARIANTS)('%s', (variant) => {
  const rig = useRig({ variant, prepare: (started) => started.useAmbit(POLICY) });

  beforeEach(() => {
    rig().reset();
  });

  test.each([
    ['a decision', { 'x-ambit-decision': 'allow', 'x-ambit-outcome': 'ALLOW' }],
    ['a list', { 'x-ambit-eligible': 'groq-us', 'x-ambit-hosts': 'envoy://to-groq-us/groq-us' }],
    ['a target', { 'x-ambit-target': 'groq-us', 'X-Ambit-Cluster': 'groq-us' }],
    ['a tenant', { 'x-ambit-tenant': 'other', 'x-tenant': 'other', tenant: 'other' }],
    ['an id', { 'x-ambit-decision-id': 'forged' }],
    ['a retry', { 'x-envoy-max-retries': '0', 'x-forwarded-for': '10.0.0.1' }],
    [
      'a header by connection',
      { connection: 'x-ambit-decision-id', 'x-ambit-decision-id': 'forged' },
    ],
  ])('a client that forges %s changes nothing', async (_what, headers) => {
    rig().providers['openai-zdr'].answerWith(503);
    const path = '/v1/chat/completions?tenant=other&target=groq-us';
    const answer = await rig().chat({ headers, path });
    expect(answer.status).toBe(200);
    expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 1 });
    expect(answer.headers['x-ambit-decision-id']).not.toBe('forged');
    const { request } = await logged(rig(), answer, 2);
    expect(request).toMatchObject({ eligible: ['openai-zdr', 'azure-eu'] });
    const seen = [onlyRequest(rig(), 'openai-zdr').headers, onlyRequest(rig(), 'azure-eu').headers];
    expect(JSON.stringify(seen)).not.toContain('x-ambit-');
  });

  test('its accounts and keys stay behind, for each provider', async () => {
    rig().providers['openai-zdr'].answerWith(503);
    const mark = 'canary-of-the-client';
    const names = ['x-api-key', 'api-key', 'cookie', 'openai-project', 'openai-organization'];
    const headers = Object.fromEntries(
      [...names, 'x-ambit-canary', 'x-goog-api-key', 'x-goog-user-project'].map((name) => [
        name,
        mark,
      ]),
    );
    const answer = await rig().chat({ headers });
    expect(answer.status).toBe(200);
    const seen = [onlyRequest(rig(), 'openai-zdr').headers, onlyRequest(rig(), 'azure-eu').headers];
    expect(JSON.stringify(seen)).not.toContain(mark);
  });

  test('a provider gets the headers that it needs, and no other that a client writes', async () => {
    rig().providers['openai-zdr'].answerWith(503);
    const mark = 'canary-of-a-header';
    const headers = Object.fromEntries(CHOOSING_HEADERS.map((name) => [name, mark]));
    const own = { 'user-agent': 'a client', 'x-forwarded-proto': 'http' };
    const answer = await rig().chat({ headers: { ...headers, ...own } });
    expect(answer.status).toBe(200);
    for (const target of ['openai-zdr', 'azure-eu'] as const) {
      const seen = onlyRequest(rig(), target).headers;
      expect(JSON.stringify(seen)).not.toContain(mark);
      const key = target === 'openai-zdr' ? 'authorization' : 'api-key';
      expect(Object.keys(seen).filter((name) => !NEEDED.includes(name))).toEqual([key]);
      expect(seen['user-agent']).toBe('a client');
      expect(seen['x-forwarded-proto']).toBe('https');
    }
  });
});

/** What a provider may get beside its own key: `transfer-encoding` is the hop's, which writes the body anew. */
const NEEDED: readonly string[] = [
  'accept',
  'accept-encoding',
  'anthropic-version',
  'content-length',
  'content-type',
  'host',
  'transfer-encoding',
  'user-agent',
  'x-forwarded-proto',
  'x-request-id',
];

/** By these, gateways and providers choose another provider, account, model, version or address. */
const CHOOSING_HEADERS: readonly string[] = [
  'x-portkey-provider',
  'x-portkey-config',
  'x-portkey-virtual-key',
  'helicone-target-url',
  'helicone-fallbacks',
  'cf-aig-authorization',
  'x-litellm-api-key',
  'ai-language-model-id',
  'azureml-model-deployment',
  'x-http-method-override',
  'x-original-url',
  'x-rewrite-url',
  'x-forwarded-host',
  'x-amz-security-token',
  'x-goog-request-params',
  'ocp-apim-subscription-key',
  'anthropic-beta',
  'openai-beta',
  'openai_project',
  'openai_organization',
  'x_api_key',
  'api_key',
  'authorization_',
  'x_ambit_decision',
];
