import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { createAuthority } from '../support/certificates';
import type { Child } from '../support/child';
import { startOrUndo } from '../support/cleanup';
import type { Cleanup } from '../support/cleanup';
import { send } from '../support/http-client';
import type { HttpAnswer } from '../support/http-client';
import { findFreePort } from '../support/ports';
import { startProvider } from '../support/provider';
import type { FakeProvider } from '../support/provider';
import { startHttpAmbit } from './support/http-ambit';
import { CADDY, NGINX } from './support/proxies';
import type { TestedProxy } from './support/proxies';

const POLICY = readFileSync(resolve(__dirname, '../envoy/allow-list.yaml'), 'utf8');
const [OPENAI_FIRST, AZURE, NOT_CONFIGURED] = ['[openai, azure]', '[azure]', '[groq]'];
const CHAT_PATH = '/v1/chat/completions';
const CLIENT_KEY = 'key-of-the-client';

interface Stage {
  readonly port: number;
  readonly providers: Readonly<Record<'openai-zdr' | 'azure-eu' | 'groq-us', FakeProvider>>;
  /** Has Ambit run with this list of providers that are allowed; undefined: stops it. */
  readonly allow: (list: string | undefined) => Promise<void>;
  readonly ambitOutput: () => string;
}

async function startStage(proxy: TestedProxy, cleanup: Cleanup): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-forward-'));
  cleanup.add(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  const authority = createAuthority(directory);
  const start = async (name: string, host: string): Promise<FakeProvider> => {
    const provider = await startProvider(name, authority.issue(host));
    cleanup.add(() => provider.close());
    return provider;
  };
  const providers = {
    'openai-zdr': await start('openai-zdr', 'api.openai.com'),
    'azure-eu': await start('azure-eu', '*.openai.azure.com'),
    'groq-us': await start('groq-us', 'api.groq.com'),
  };
  const address = `127.0.0.1:${String(await findFreePort())}`;
  let ambit: Child | undefined;
  let allowed: string | undefined;
  const allow = async (list: string | undefined): Promise<void> => {
    if (list === allowed) return;
    allowed = list;
    await ambit?.stop('SIGTERM');
    ambit = undefined;
    if (list === undefined) return;
    const policyFile = join(directory, 'policy.yaml');
    writeFileSync(policyFile, POLICY.replace('[openai, azure]', list));
    ambit = await startHttpAmbit({ policyFile, directory, address });
  };
  cleanup.add(() => ambit?.stop('SIGKILL'));
  await allow(OPENAI_FIRST);
  const port = await findFreePort();
  const own = join(directory, proxy.name);
  mkdirSync(own);
  const origins = {
    'openai-zdr': providers['openai-zdr'].port,
    'azure-eu': providers['azure-eu'].port,
  };
  const { caFile } = authority;
  const child = await proxy.start({ port, directory: own, ambit: address, caFile, origins });
  cleanup.add(() => child.stop('SIGKILL'));
  return { port, providers, allow, ambitOutput: () => ambit?.output() ?? '' };
}

describe.each([NGINX, CADDY])('a real proxy that asks first: $name', (proxy) => {
  const { statuses } = proxy;
  let stage: Stage;
  let close: () => Promise<void> = () => Promise.resolve();

  beforeAll(async () => {
    const { started, cleanup } = await startOrUndo((undo) => startStage(proxy, undo));
    stage = started;
    close = () => cleanup.run();
  });
  afterAll(() => close());

  beforeEach(async () => {
    for (const provider of Object.values(stage.providers)) provider.reset();
    await stage.allow(OPENAI_FIRST);
  });

  const chat = (
    headers: Readonly<Record<string, string>> = {},
    path = CHAT_PATH,
  ): Promise<HttpAnswer> =>
    send({
      port: stage.port,
      path,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${CLIENT_KEY}`,
        cookie: 'a=b',
        ...headers,
      },
      body: JSON.stringify({ model: 'gpt-5.4-mini', messages: [] }),
    });

  const contacts = (): readonly number[] =>
    Object.values(stage.providers).map((provider) => provider.contacts());

  const receivedBy = (name: keyof Stage['providers']) => stage.providers[name].received;

  it('sends what is allowed to the first eligible target, with its key and no other', async () => {
    const answer = await chat({}, `${CHAT_PATH}?beta=canary-5512`);
    expect([answer.status, answer.text]).toEqual([200, '{"from":"openai-zdr"}']);
    const [received] = receivedBy('openai-zdr');
    expect(received).toMatchObject({
      serverName: 'api.openai.com',
      path: `${CHAT_PATH}?beta=canary-5512`,
    });
    expect(received?.headers).toMatchObject({
      host: 'api.openai.com',
      authorization: 'Bearer KEY-OF-OPENAI-ZDR',
    });
    expect(JSON.stringify(received?.headers)).not.toMatch(/key-of-the-client|a=b/);
    expect(contacts().slice(1)).toEqual([0, 0]);
    expect(stage.ambitOutput()).not.toMatch(/canary-5512|key-of-the-client/);
  });

  it('follows the policy, and nothing that the client writes', async () => {
    await stage.allow(AZURE);
    const forged = {
      'x-ambit-target': 'openai-zdr',
      'x-ambit-tenant': 'other',
      'x-ambit-model': 'openai/gpt-oss-120b',
      'x-ambit-scope-team': 'ads',
      'x-ambit-routing-fields': 'cleared',
      'x-ambit-decision': 'allow',
      'x-forwarded-method': 'POST',
      'x-forwarded-uri': '/v1/responses',
      'x-original-method': 'GET',
      'x-original-uri': '/v1/responses',
    };
    for (const headers of [{}, forged]) {
      expect((await chat(headers)).text).toBe('{"from":"azure-eu"}');
    }
    expect(receivedBy('azure-eu')[0]?.headers.authorization).toBe('Bearer KEY-OF-AZURE-EU');
    expect([receivedBy('azure-eu').length, receivedBy('openai-zdr').length]).toEqual([2, 0]);
  });

  it.each([
    ['another path', {}, '/v1/anything'],
    ['another spelling of the path', {}, '//v1/chat/completions'],
    ['a path that resolves to it', {}, '/v1/x/../chat/completions'],
    ['another type', { 'content-type': 'multipart/form-data' }, CHAT_PATH],
    ['a compressed body', { 'content-encoding': 'gzip' }, CHAT_PATH],
  ])('refuses %s, and sends nothing', async (_what, headers, path) => {
    const answer = await chat(headers, path);
    expect(answer.status).toBe(statuses.refused);
    expect(answer.text).toContain('invalid_request');
    expect(contacts()).toEqual([0, 0, 0]);
  });

  it('tells a block, and sends nothing', async () => {
    await stage.allow('[openai, azure]\n  models:\n    deny: [gpt-5.4-mini, gpt-5.4-mini-eu]');
    const answer = await chat();
    expect(answer.status).toBe(statuses.blocked);
    expect(JSON.parse(answer.text)).toMatchObject({
      error: { code: expect.stringMatching(/^model_/) as string },
    });
    expect(answer.headers['x-ambit-decision-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(contacts()).toEqual([0, 0, 0]);
  });

  it('sends nothing where the target is none that it knows', async () => {
    await stage.allow(NOT_CONFIGURED);
    expect((await chat()).status).toBe(statuses.unknownTarget);
    expect(contacts()).toEqual([0, 0, 0]);
  });

  it('sends nothing while Ambit is away, and goes on when it is back', async () => {
    await stage.allow(undefined);
    expect((await chat()).status).toBe(statuses.unavailable);
    expect(contacts()).toEqual([0, 0, 0]);
    await stage.allow(OPENAI_FIRST);
    expect((await chat()).status).toBe(200);
  });
});
