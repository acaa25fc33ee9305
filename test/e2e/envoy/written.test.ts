import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findBinary } from '../support/envoy';
import { startWrittenRig, writtenConfig } from '../support/written-rig';
import type { WrittenRig, WrittenTarget } from '../support/written-rig';

const SECRET_TYPE = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret';

describe('configurations for catalogs of every size', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ambit-written-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** A catalog of so many targets at so many hosts, and a key for each. */
  function writeCatalog(count: number): { readonly policy: string; readonly secrets: string } {
    const [policy, secrets] = [join(folder, `policy-${String(count)}`), join(folder, 'secrets')];
    for (const directory of [policy, secrets]) mkdirSync(directory, { recursive: true });
    const targets = Array.from({ length: count }, (_, index) => {
      const id = `host-${String(index)}/model:${String(index)}`;
      const name = id.replaceAll('/', '%2F').replaceAll(':', '%3A');
      const generic = { secret: { inline_string: 'a-key' } };
      const secret = { '@type': SECRET_TYPE, name: `${id}-key`, generic_secret: generic };
      writeFileSync(join(secrets, `${name}.yaml`), JSON.stringify({ resources: [secret] }));
      writeFileSync(join(secrets, `${name}.key`), 'a-key');
      const endpoint = { host: `host-${String(index)}.example`, apis: ['chat_completions'] };
      return { id, model: `model-${String(index)}`, endpoint };
    });
    const provider = { id: 'many', claims: { zero_data_retention: true }, targets };
    const spec = { providers: [provider] };
    const catalog = { apiVersion: 'ambit/v1', kind: 'Catalog', metadata: { name: 'many' }, spec };
    writeFileSync(join(policy, 'catalog.yaml'), JSON.stringify(catalog));
    return { policy, secrets };
  }

  const KINDS = ['recommended', 'portable'].flatMap((variant) =>
    ['body', 'metadata'].map((reading) => [variant, reading] as const),
  );

  test.each([1, 10, 150].flatMap((count) => KINDS.map((kind) => [count, ...kind] as const)))(
    '%i targets, %s, %s: Envoy takes it',
    (count, variant, reading) => {
      const { policy, secrets } = writeCatalog(count);
      const where = ['--secrets', secrets, '--log', '/dev/null'];
      const options = ['--variant', variant, '--read', reading, ...where];
      const text = writtenConfig(policy, ...options);
      const file = join(folder, 'envoy.yaml');
      writeFileSync(file, text);
      const said = execFileSync(findBinary(), ['--mode', 'validate', '-c', file, '-l', 'error'], {
        encoding: 'utf8',
      });
      expect(said).toContain('OK');
      expect(text.match(/^ {4}- name: 'to-/gm)).toHaveLength(count);
    },
  );
});

const TARGETS: readonly (WrittenTarget & Readonly<Record<string, unknown>>)[] = [
  { id: 'chat', host: 'api.openai.com', model: 'gpt-real', apis: ['chat_completions'] },
  {
    id: 'claude',
    host: 'api.anthropic.com',
    model: 'claude-real',
    apis: ['messages'],
    auth: 'x-api-key',
  },
  {
    id: 'azure',
    host: 'example.openai.azure.com',
    path_prefix: '/openai/v1',
    model: 'deployment-real',
    apis: ['embeddings'],
    auth: 'api-key',
  },
  {
    id: 'gemini',
    host: 'generativelanguage.googleapis.com',
    model: 'gemini-real',
    apis: ['gemini'],
    auth: 'x-goog-api-key',
  },
  {
    id: 'vertex',
    host: 'europe-west4-aiplatform.googleapis.com',
    path_prefix: '/v1/projects/ours/locations/europe-west4/publishers/anthropic',
    model: 'claude-vertex',
    apis: ['messages'],
  },
  {
    id: 'bedrock',
    host: 'bedrock-runtime.eu-central-1.amazonaws.com',
    model: 'anthropic.claude-real-v1:0',
    apis: ['messages'],
  },
];

const CATALOG = JSON.stringify({
  apiVersion: 'ambit/v1',
  kind: 'Catalog',
  metadata: { name: 'apis' },
  spec: {
    providers: TARGETS.map(({ id, model, apis, ...endpoint }) => ({
      id: `${id}-provider`,
      claims: { zero_data_retention: { value: true, features: ['streaming'] } },
      targets: [{ id, model, serves: [`${id}-asked`], endpoint: { apis, ...endpoint } }],
    })),
  },
});

const POLICY = JSON.stringify({
  apiVersion: 'ambit/v1',
  kind: 'Policy',
  metadata: { name: 'any' },
  spec: { providers: { allow: TARGETS.map(({ id }) => `${id}-provider`) } },
});

const ANTHROPIC = { max_tokens: 5, messages: [{ role: 'user', content: 'hello' }] };
const BEDROCK = { anthropic_version: 'bedrock-2023-05-31', ...ANTHROPIC };
const VERTEX = { anthropic_version: 'vertex-2023-10-16', ...ANTHROPIC };
const GEMINI = { contents: [{ role: 'user', parts: [{ text: 'hello' }] }] };

/** What a client asks for, and what the target's provider must see of it. */
const CALLS: readonly (readonly [
  target: string,
  path: string,
  body: object,
  seen: { readonly path: string; readonly key: readonly [string, string]; readonly model?: string },
])[] = [
  [
    'chat',
    '/v1/chat/completions?model=other&key=client',
    { model: 'chat-asked', messages: [] },
    {
      path: '/v1/chat/completions',
      key: ['authorization', 'Bearer key-of-chat'],
      model: 'gpt-real',
    },
  ],
  [
    'claude',
    '/v1/messages?beta=true',
    { model: 'claude-asked', ...ANTHROPIC },
    { path: '/v1/messages', key: ['x-api-key', 'key-of-claude'], model: 'claude-real' },
  ],
  [
    'azure',
    '/openai/deployments/azure-asked/embeddings?api-version=2026-01-01',
    { input: 'hello' },
    { path: '/openai/v1/embeddings', key: ['api-key', 'key-of-azure'], model: 'deployment-real' },
  ],
  [
    'gemini',
    '/v1beta/models/gemini-asked:generateContent',
    GEMINI,
    {
      path: '/v1beta/models/gemini-real:generateContent',
      key: ['x-goog-api-key', 'key-of-gemini'],
    },
  ],
  [
    'gemini',
    '/v1beta/models/gemini-asked:streamGenerateContent?alt=sse&key=client',
    GEMINI,
    {
      path: '/v1beta/models/gemini-real:streamGenerateContent?alt=sse',
      key: ['x-goog-api-key', 'key-of-gemini'],
    },
  ],
  [
    'vertex',
    '/v1/projects/theirs/locations/us-east5/publishers/anthropic/models/vertex-asked:rawPredict',
    VERTEX,
    {
      path: '/v1/projects/ours/locations/europe-west4/publishers/anthropic/models/claude-vertex:rawPredict',
      key: ['authorization', 'Bearer key-of-vertex'],
    },
  ],
  [
    'bedrock',
    '/model/bedrock-asked/invoke',
    BEDROCK,
    {
      path: '/model/anthropic.claude-real-v1%3A0/invoke',
      key: ['authorization', 'Bearer key-of-bedrock'],
    },
  ],
];

describe('a written configuration, for providers of every kind', () => {
  let rig: WrittenRig;
  beforeAll(async () => {
    rig = await startWrittenRig({ 'catalog.yaml': CATALOG, 'policy.yaml': POLICY }, TARGETS);
  });
  beforeEach(() => {
    for (const provider of rig.providers.values()) provider.reset();
  });
  afterAll(() => rig.close());

  const contacted = (): string[] =>
    [...rig.providers].filter(([, provider]) => provider.contacts() > 0).map(([id]) => id);

  test.each(CALLS)('%s gets %s as its own', async (target, path, body, seen) => {
    const client = { 'x-api-key': 'client', 'x-goog-api-key': 'client', 'api-key': 'client' };
    const answer = await rig.send(path, body, { ...client, authorization: 'Bearer client' });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { from: target }]);
    expect(contacted()).toEqual([target]);
    const [received] = rig.providers.get(target)?.received ?? [];
    const [header, key] = seen.key;
    const { host } = TARGETS.find(({ id }) => id === target) ?? { host: '' };
    expect([received?.path, received?.serverName, received?.headers.host]).toEqual([
      seen.path,
      host,
      host,
    ]);
    expect(received?.headers[header]).toBe(key);
    expect(JSON.stringify(received)).not.toContain('"client"');
    expect(JSON.stringify(received)).not.toContain(`${target}-asked`);
    const sent = JSON.parse(received?.body ?? '{}') as Record<string, unknown>;
    expect(sent['model']).toBe(seen.model);
  });

  test.each([
    ['a model of another API', '/v1/messages', { model: 'chat-asked', ...ANTHROPIC }],
    ['a model that nothing serves', '/v1/chat/completions', { model: 'nobody', messages: [] }],
    [
      'another publisher',
      '/v1/projects/p/locations/l/publishers/google/models/vertex-asked:rawPredict',
      VERTEX,
    ],
    ['a verb that is not known', '/v1beta/models/gemini-asked:countTokens', GEMINI],
    [
      'a body that names another model',
      '/model/bedrock-asked/invoke',
      { model: 'chat-asked', ...BEDROCK },
    ],
  ])('%s is refused, and reaches nobody', async (_what, path, body) => {
    const answer = await rig.send(path, body);
    expect([400, 403]).toContain(answer.status);
    expect(contacted()).toEqual([]);
  });
});
