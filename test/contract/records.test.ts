import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { credentials, type Client, type ClientDuplexStream } from '@grpc/grpc-js';

import { createTrailReader } from '../../src/audit/files/trail-files';
import { AuthorizationClient } from '../../src/gen/envoy/service/auth/v3/external_auth';
import { generateTrailKeys, trailCrypto } from '../../src/platform/trail-keys';
import { contentOf } from '../../src/service/evidence/trail-content';
import { readTrail } from '../../src/service/trail/read-trail';
import { toWire } from '../pep/ext-authz/support/check-server';
import { CHECK_POLICY } from '../pep/http/support/check-world';
import { tableRows, textOf } from '../tidy/support/project-files';
import { callerOf } from './support/callers';
import { answerOf, call, openClient, type Message } from './support/client';
import { askHttp, type HttpAsk } from './support/http';
import { startService, type TestService } from './support/service';

const CONTEXT = { tenant: 'red', api: 'API_CHAT_COMPLETIONS', model: 'large' };
const ASKED = { context: CONTEXT, candidates: [{ target: 'acme-large' }] };
const CHAT = '/v1/chat/completions';
const BODY = JSON.stringify({ model: 'large', messages: [] });
const JSON_TYPE = { 'content-type': 'application/json' };
const RED = { 'x-ambit-tenant': 'red', 'x-ambit-api': 'chat_completions' };

let folder = '';
let service: TestService;
let decisions: Client;
let policies: Client;
let envoy: AuthorizationClient;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ambit-records-'));
  const key = join(folder, 'key.pem');
  writeFileSync(key, generateTrailKeys().privatePem);
  const open = { insecure: false, address: '127.0.0.1:0', caller: 'proxy' };
  service = await startService(CHECK_POLICY, {
    listeners: [open],
    httpListeners: [open],
    callers: [callerOf('proxy', { tenants: ['red', 'blue'], scopes: 'any' })],
    audit: {
      ...{ directory: join(folder, 'trail'), mode: 'strict', privateKey: { file: key } },
      ...{ queue: 10, immutable: false, attributes: [], decisions: 'policies', sinks: [] },
    },
  });
  const [address = ''] = service.addresses;
  decisions = openClient('ambit.v1.DecisionService', address);
  policies = openClient('ambit.v1.PolicyService', address);
  envoy = new AuthorizationClient(address, credentials.createInsecure());
});

afterAll(async () => {
  for (const client of [decisions, policies, envoy]) client.close();
  await service.stop();
  rmSync(folder, { recursive: true });
});

/** How each record of a decision was asked for, in the order of the trail. */
async function recorded(): Promise<readonly string[]> {
  const found: string[] = [];
  const reader = createTrailReader(join(folder, 'trail'));
  for await (const entry of readTrail({ reader, crypto: trailCrypto })) {
    const content = contentOf(entry);
    if (content.kind === 'decision') found.push(content.record.via);
  }
  return found;
}

/** Sends two requests on one stream, and waits for both answers. */
function stream(): Promise<void> {
  const methods = decisions as unknown as {
    DecideStream: () => ClientDuplexStream<Message, Message>;
  };
  return new Promise((resolve, reject) => {
    const open = methods.DecideStream();
    open.on('data', () => undefined);
    open.once('end', resolve).once('error', reject);
    for (const id of ['a', 'b']) open.write({ request: { request_id: id, ...ASKED } });
    open.end();
  });
}

function check(path: string, method = 'POST'): Promise<void> {
  const extensions = { tenant: 'red', 'ambit.routing_fields': 'cleared' };
  return new Promise((resolve, reject) => {
    envoy.check(toWire({ path, method, body: BODY, extensions }), (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

async function http(path: string, status: number, ask: HttpAsk = {}): Promise<void> {
  const reply = await askHttp(service.addresses[1] ?? '', path, { headers: RED, ...ask });
  expect([path, reply.status]).toEqual([path, status]);
}

const CLEARED = { 'x-ambit-tenant': 'red', 'x-ambit-routing-fields': 'cleared' };
const CALL: HttpAsk = { headers: { ...CLEARED, ...JSON_TYPE }, body: BODY };
// Node gives no length of its own to a body of a GET.
const FORWARDED = {
  ...{ 'x-forwarded-method': 'POST', 'x-forwarded-uri': CHAT },
  'content-length': String(Buffer.byteLength(BODY)),
};

async function listPages(): Promise<number> {
  let token = '';
  let pages = 0;
  do {
    const request = { context: CONTEXT, page_size: 1, page_token: token };
    const page = await answerOf(decisions, 'ListEligible', request);
    token = (page['next_page_token'] as string | undefined) ?? '';
    pages += 1;
  } while (token !== '');
  return pages;
}

async function refused(request: Message, code: string): Promise<void> {
  expect(await call(decisions, 'Decide', request)).toMatchObject({ code });
}

interface Form {
  /** As docs/records.md has it. */
  readonly name: string;
  readonly ask: () => Promise<unknown>;
  /** How each of its records says that it was asked for. */
  readonly records: readonly string[];
}

const FORMS: readonly Form[] = [
  { name: '`Decide`', ask: () => answerOf(decisions, 'Decide', ASKED), records: ['decide'] },
  {
    name: '`Decide`, blocked',
    ask: () => answerOf(decisions, 'Decide', { ...ASKED, candidates: [{ target: 'nothing' }] }),
    records: ['decide'],
  },
  { name: '`DecideStream`, two requests', ask: stream, records: ['stream', 'stream'] },
  { name: '`Check` of a call', ask: () => check(CHAT), records: ['check'] },
  { name: '`Check` of a list of models', ask: () => check('/v1/models', 'GET'), records: ['list'] },
  {
    name: '`/ext-authz/…`',
    ask: () => http(`/ext-authz${CHAT}`, 200, { ...CALL, method: 'POST' }),
    records: ['check'],
  },
  {
    name: '`/forward-auth`',
    ask: () => http('/forward-auth', 200, { ...CALL, headers: { ...CALL.headers, ...FORWARDED } }),
    records: ['check'],
  },
  {
    name: '`ListEligible`, three pages',
    ask: async () => {
      expect(await listPages()).toBe(3);
    },
    records: ['list'],
  },
  { name: '`GET /v1/models`', ask: () => http('/v1/models', 200), records: ['list'] },
  { name: '`GET /v1/models/MODEL`', ask: () => http('/v1/models/large', 200), records: ['list'] },
  {
    name: '`Explain`',
    ask: () => answerOf(policies, 'Explain', { request: ASKED }),
    records: [],
  },
  { name: '`GetStatus`', ask: () => answerOf(policies, 'GetStatus', {}), records: [] },
  { name: '`GetCatalog`', ask: () => answerOf(policies, 'GetCatalog', {}), records: [] },
  {
    name: 'a refused call, of a tenant that the caller may not claim',
    ask: () => refused({ ...ASKED, context: { tenant: 'green' } }, 'PERMISSION_DENIED'),
    records: [],
  },
  {
    name: 'a refused call, against the contract',
    ask: () => refused({ ...ASKED, candidates: [{}] }, 'INVALID_ARGUMENT'),
    records: [],
  },
];

it.each(FORMS)('$name has its records, and no others', async ({ ask, records }) => {
  const before = (await recorded()).length;
  await ask();
  expect((await recorded()).slice(before)).toEqual(records);
});

it('docs/records.md tells of each form how many records it has', () => {
  const rows = new Map(
    tableRows(textOf('docs/records.md')).map(([name = '', count = '']) => [name, count]),
  );
  const told = FORMS.map(({ name }) => [name, rows.get(name.replaceAll('`', ''))]);
  expect(told).toEqual(FORMS.map(({ name, records }) => [name, String(records.length)]));
});
