import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { Document, YAMLSeq } from 'yaml';

import { createAuthority } from '../support/certificates';
import type { Child } from '../support/child';
import { startOrUndo } from '../support/cleanup';
import type { Cleanup } from '../support/cleanup';
import { startEnvoy } from '../support/envoy';
import type { Envoy } from '../support/envoy';
import { neverAsk } from '../support/edits';
import { find, MANAGER } from '../support/envoy-config';
import { send } from '../support/http-client';
import type { HttpAnswer } from '../support/http-client';
import { startProvider } from '../support/provider';
import type { FakeProvider } from '../support/provider';
import { until } from '../support/wait';
import { startHttpAmbit } from './support/http-ambit';
import { yamlSnippet } from './support/snippets';

const ROOT = resolve(__dirname, '../../..');
const FILTER = 'envoy.filters.http.ext_authz';
const HOSTS = {
  'openai-zdr': 'api.openai.com',
  'groq-us': 'api.groq.com',
  'azure-eu': '*.openai.azure.com',
} as const;
type TargetId = keyof typeof HOSTS;

const pack = (name: string): string => join(ROOT, 'test/e2e/envoy', name);

/** Puts the parts of docs/forward-auth.md in the place of those of the shipped configuration. */
function overHttp(config: Document, socketFile: string): void {
  const ingress = find(config, ['static_resources', 'listeners'], 'ingress');
  const filter = yamlSnippet('filter') as { readonly typed_config: unknown };
  find(ingress, [...MANAGER, 'http_filters'], FILTER).set(
    'typed_config',
    config.createNode(filter.typed_config),
  );
  const guard = find(ingress, [...MANAGER, 'http_filters'], 'decision-guard');
  const { path } = yamlSnippet('guard') as { readonly path: unknown };
  const principal = ['typed_config', 'rules', 'policies', 'decided', 'principals', 0];
  guard.setIn([...principal, 'sourced_metadata', 'metadata_matcher', 'path'], path);
  const route = [...MANAGER, 'route_config', 'virtual_hosts', 0, 'routes', 0, 'route'];
  ingress.deleteIn([...route, 'inline_cluster_specifier_plugin']);
  ingress.deleteIn([...route, 'retry_policy', 'refresh_cluster_on_retry']);
  const { cluster } = yamlSnippet('route') as { readonly cluster: string };
  ingress.setIn([...route, 'cluster'], cluster);
  const log = [...MANAGER, 'access_log', 0, 'typed_config', 'log_format', 'json_format'];
  ingress.setIn([...log, 'decision'], `%DYNAMIC_METADATA(${FILTER}:x-ambit-decision)%`);
  ingress.setIn([...log, 'eligible'], `%DYNAMIC_METADATA(${FILTER}:x-ambit-eligible)%`);
  const [ambit, ai] = yamlSnippet('clusters') as readonly Record<string, unknown>[];
  const own = JSON.parse(
    JSON.stringify(ambit).replace('/run/ambit/http.sock', socketFile),
  ) as unknown;
  const clusters: readonly string[] = ['static_resources', 'clusters'];
  const kept = (config.toJS() as { static_resources: { clusters: { name: string }[] } })
    .static_resources.clusters;
  config.deleteIn([...clusters, kept.findIndex(({ name }) => name === 'ambit')]);
  config.addIn(clusters, config.createNode(own));
  config.addIn(clusters, config.createNode(ai));
}

interface Stage {
  readonly envoy: Envoy;
  readonly providers: Readonly<Record<TargetId, FakeProvider>>;
  /** Starts Ambit anew; undefined: only stops it. */
  readonly use: (policyFile: string | undefined) => Promise<void>;
  readonly ambitOutput: () => string;
}

async function startStage(
  cleanup: Cleanup,
  edit: (config: Document) => void = () => undefined,
): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-http-envoy-'));
  cleanup.add(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  const authority = createAuthority(directory);
  const started: [TargetId, FakeProvider][] = [];
  for (const [target, host] of Object.entries(HOSTS) as [TargetId, string][]) {
    const provider = await startProvider(target, authority.issue(host));
    cleanup.add(() => provider.close());
    started.push([target, provider]);
  }
  const socketFile = join(directory, 'http.sock');
  const own = join(directory, 'envoy');
  mkdirSync(own);
  const envoy = await startEnvoy({
    configFile: join(ROOT, 'deploy/envoy/recommended.yaml'),
    directory: own,
    socketFile,
    caFile: authority.caFile,
    origins: Object.fromEntries(
      started.map(([target, { port }]) => [target, { port, key: `key-of-${target}` }]),
    ),
    edit: (config) => {
      overHttp(config, socketFile);
      edit(config);
    },
  });
  cleanup.add(() => envoy.stop());
  let ambit: Child | undefined;
  const use = async (policyFile: string | undefined): Promise<void> => {
    await ambit?.stop('SIGTERM');
    ambit = undefined;
    if (policyFile === undefined) return;
    ambit = await startHttpAmbit({ policyFile, directory, address: `unix:${socketFile}` });
  };
  cleanup.add(() => ambit?.stop('SIGKILL'));
  await use(pack('pack.yaml'));
  return {
    envoy,
    providers: Object.fromEntries(started) as Record<TargetId, FakeProvider>,
    use,
    ambitOutput: () => ambit?.output() ?? '',
  };
}

let stage: Stage;
let close: () => Promise<void> = () => Promise.resolve();

async function begin(edit?: (config: Document) => void): Promise<void> {
  const { started, cleanup } = await startOrUndo((undo) => startStage(undo, edit));
  stage = started;
  close = () => cleanup.run();
}

const chat = (
  body: object | string = {},
  headers: Readonly<Record<string, string>> = {},
  path = '/v1/chat/completions',
): Promise<HttpAnswer> =>
  send({
    port: stage.envoy.port,
    path,
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer key-of-the-client',
      ...headers,
    },
    body:
      typeof body === 'string'
        ? body
        : JSON.stringify({ model: 'gpt-5.4-mini', messages: [], ...body }),
  });

const requests = (): Readonly<Record<TargetId, number>> => {
  const { providers } = stage;
  return {
    'openai-zdr': providers['openai-zdr'].received.length,
    'groq-us': providers['groq-us'].received.length,
    'azure-eu': providers['azure-eu'].received.length,
  };
};

const contacts = (): number =>
  Object.values(stage.providers).reduce((sum, provider) => sum + provider.contacts(), 0);

const codeOf = ({ text }: HttpAnswer): string =>
  (JSON.parse(text) as { error: { code: string } }).error.code;

describe('Envoy that asks over HTTP, as the docs configure it', () => {
  beforeAll(() => begin());
  afterAll(() => close());
  beforeEach(() => {
    for (const provider of Object.values(stage.providers)) provider.reset();
  });

  it('sends a request to the first eligible target, with its key, path and model', async () => {
    const answer = await chat();
    expect([answer.status, answer.text]).toEqual([200, '{"from":"openai-zdr"}']);
    expect(answer.headers['x-ambit-decision-id']).toMatch(/^[0-9a-f-]{36}$/);
    const [received] = stage.providers['openai-zdr'].received;
    expect(received).toMatchObject({
      serverName: 'api.openai.com',
      headers: { host: 'api.openai.com', authorization: 'Bearer key-of-openai-zdr' },
    });
    expect(JSON.stringify(received?.headers)).not.toMatch(/x-ambit|key-of-the-client/);
    expect(requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 0 });
    const line = await until('the line of the request', () => stage.envoy.requestLog().at(-1));
    expect(line).toMatchObject({ decision: 'allow', eligible: 'openai-zdr,azure-eu' });
  });

  it.each([503, 500, 429, 401, 404])(
    'falls back inside the eligible set after %d, and ends there',
    async (status) => {
      stage.providers['openai-zdr'].answerWith(status);
      expect((await chat()).text).toBe('{"from":"azure-eu"}');
      expect(requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 1 });
      stage.providers['azure-eu'].answerWith(status);
      const answer = await chat();
      expect(answer.status).not.toBe(200);
      expect(requests()).toEqual({ 'openai-zdr': 2, 'groq-us': 0, 'azure-eu': 2 });
      expect(stage.providers['groq-us'].contacts()).toBe(0);
    },
  );

  it('gives the client a block as it is', async () => {
    const answer = await chat({ fallbacks: ['x'] });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'invalid_request']);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'x-should-retry': 'false',
    });
    expect(contacts()).toBe(0);
  });

  it('lets nothing that the client writes steer it', async () => {
    const answer = await chat(
      {},
      {
        'x-ambit-hosts': 'envoy://to-groq-us/groq-us',
        'x-ambit-target': 'groq-us',
        'x-ambit-decision': 'allow',
        'x-ambit-tenant': 'other',
        'x-ambit-model': 'openai/gpt-oss-120b',
        'x-ambit-routing-fields': 'cleared',
        'x-envoy-auth-partial-body': 'false',
      },
    );
    expect(answer.text).toBe('{"from":"openai-zdr"}');
    expect(requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 0 });
  });

  it.each([
    ['the path of another route', '/../v1/models'],
    ['a path with a doubled slash that names Ambit’s own', '//ext-authz/../v1/models'],
    ['the list of models', '/v1/models'],
    ['a path that is none', '/v1/anything'],
  ])('sends nothing for %s', async (_what, path) => {
    const answer = await chat({}, {}, path);
    expect(answer.status).toBe(400);
    expect(contacts()).toBe(0);
  });

  it('sends nothing for a body beyond the limit', async () => {
    const answer = await chat({ pad: 'x'.repeat(4_200_000) });
    expect([answer.status, codeOf(answer)]).toEqual([413, 'request_too_large']);
    expect(contacts()).toBe(0);
  });

  it('keeps nothing of the prompt, the query and the client’s key', async () => {
    const mark = 'canary-80f3';
    const messages = [{ role: 'user', content: mark }];
    await chat(
      { messages },
      { authorization: `Bearer ${mark}` },
      `/v1/chat/completions?beta=${mark}`,
    );
    await chat({ messages, fallbacks: [mark] }, { authorization: `Bearer ${mark}` });
    expect(stage.ambitOutput()).toContain('decision_id');
    expect(stage.ambitOutput()).not.toContain(mark);
  });

  it('blocks where nothing is eligible', async () => {
    await stage.use(pack('pack-nothing-left.yaml'));
    const answer = await chat();
    expect([answer.status, codeOf(answer)]).toEqual([403, 'no_compliant_provider']);
    expect(contacts()).toBe(0);
  });

  it('sends nothing while Ambit is away, and goes on when it is back', async () => {
    await stage.use(undefined);
    const answer = await chat();
    expect([answer.status, codeOf(answer)]).toEqual([503, 'policy_unavailable']);
    expect(contacts()).toBe(0);
    await stage.use(pack('pack.yaml'));
    expect((await chat()).status).toBe(200);
  });
});

describe('where someone lets pass what failed', () => {
  beforeAll(() =>
    begin((config) => {
      const ingress = find(config, ['static_resources', 'listeners'], 'ingress');
      const filter = find(ingress, [...MANAGER, 'http_filters'], FILTER);
      filter.setIn(['typed_config', 'failure_mode_allow'], true);
    }),
  );
  afterAll(() => close());

  it('the guard passes nothing', async () => {
    await stage.use(undefined);
    const answer = await chat();
    expect([answer.status, codeOf(answer)]).toEqual([503, 'policy_unavailable']);
    expect(contacts()).toBe(0);
  });
});

describe.each([false, true])('where Envoy may not ask, failure_mode_allow %s', (allows) => {
  beforeAll(() =>
    begin((config) => {
      neverAsk(config);
      const ingress = find(config, ['static_resources', 'listeners'], 'ingress');
      const filter = find(ingress, [...MANAGER, 'http_filters'], FILTER);
      filter.setIn(['typed_config', 'failure_mode_allow'], allows);
    }),
  );
  afterAll(() => close());

  it('nothing passes', async () => {
    const forged = { 'x-ambit-decision': 'allow', 'x-ambit-hosts': 'openai-zdr' };
    for (const headers of [{}, forged]) {
      const answer = await chat({}, headers);
      expect([answer.status, codeOf(answer)]).toEqual([503, 'policy_unavailable']);
    }
    expect(contacts()).toBe(0);
  });
});

describe('without showing Ambit the body', () => {
  beforeAll(async () => {
    await begin((config) => {
      const ingress = find(config, ['static_resources', 'listeners'], 'ingress');
      const [lift, added] = yamlSnippet('blind') as readonly [unknown, object];
      const filter = find(ingress, [...MANAGER, 'http_filters'], FILTER);
      filter.deleteIn(['typed_config', 'with_request_body']);
      const request = ['typed_config', 'http_service', 'authorization_request'];
      filter.addIn([...request, 'headers_to_add'], config.createNode(added));
      const filters = ingress.getIn([...MANAGER, 'http_filters']) as YAMLSeq;
      filters.items.unshift(config.createNode(lift));
    });
    await stage.use(pack('allow-list.yaml'));
  });
  afterAll(() => close());
  beforeEach(() => {
    for (const provider of Object.values(stage.providers)) provider.reset();
  });

  it('the model decides', async () => {
    expect((await chat()).text).toBe('{"from":"openai-zdr"}');
    const other = await chat({ model: 'another' });
    expect([other.status, codeOf(other)]).toEqual([403, 'unknown_model']);
    expect(requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 0 });
  });

  it.each<[string, object | string]>([
    ['no model', { model: undefined }],
    ['an empty model', { model: '' }],
    ['a model that is a number', { model: 7 }],
    ['a model that is a list', { model: ['gpt-5.4-mini'] }],
    ['a model with the end of a header in it', { model: 'gpt-5.4-mini\r\nx-ambit-scope-team: b' }],
    ['no JSON', 'gpt-5.4-mini'],
    ['nothing', ''],
  ])('and %s ends at Ambit', async (_what, body) => {
    const answer = await chat(body, { 'x-ambit-model': 'gpt-5.4-mini' });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(contacts()).toBe(0);
  });
});
