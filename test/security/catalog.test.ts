import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { callerOf } from '../contract/support/callers';
import { answerOf, call, openClient } from '../contract/support/client';
import type { Message } from '../contract/support/client';
import { POLICY_FILE, startService } from '../contract/support/service';
import type { TestService } from '../contract/support/service';
import { native } from './support/policies';

const ROOT = native(
  'Bundle',
  'root',
  `tenants: [red, blue]
include:
  - {file: all.yaml}
  - {file: red.yaml, scope: {tenant: red}}
  - {file: blue.yaml, scope: {tenant: blue}}
  - {file: team.yaml, scope: {tenant: any, team: search}}`,
);

const FILES: Readonly<Record<string, string>> = {
  'root.yaml': ROOT,
  'all.yaml': `${native('Catalog', 'all', 'providers: [{id: acme, claims: {soc2: type2}, targets: [{id: shared, model: m}]}]')}---\n${native('Policy', 'p', 'requirements: {soc2_type2: true}')}`,
  'red.yaml': native(
    'Catalog',
    'red',
    `providers: [{id: red-only, models: any}]
targets:
  - {id: of-red, provider: acme, model: r}
  - {id: of-both, provider: acme, model: b, claims: {labels: {contract: red-4711}}}`,
  ),
  'blue.yaml': native(
    'Catalog',
    'blue',
    `targets:
  - {id: of-blue, provider: acme, model: l}
  - {id: of-both, provider: acme, model: b, claims: {labels: {contract: blue-1}}}`,
  ),
  'team.yaml': native('Catalog', 'team', 'targets: [{id: of-team, provider: acme, model: t}]'),
};

const CALLERS = [
  callerOf('red'),
  callerOf('blue', { scopes: new Map([['team', ['search', 'ads']]]) }),
  callerOf('every', { tenants: 'any', scopes: 'any' }),
];

let directory: string;
let service: TestService;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-catalog-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(directory, name), text);
  service = await startService(POLICY_FILE, {
    roots: [{ path: join(directory, 'root.yaml') }],
    callers: CALLERS,
    listeners: CALLERS.map(({ name }) => ({
      address: `unix:${join(directory, `${name}.sock`)}`,
      insecure: false,
      caller: name,
    })),
  });
});

afterAll(async () => {
  await service.stop();
  rmSync(directory, { recursive: true, force: true });
});

function clientOf(name: string) {
  const index = CALLERS.findIndex((each) => each.name === name);
  return openClient('ambit.v1.PolicyService', service.addresses[index] ?? '');
}

async function catalogOf(name: string): Promise<Message> {
  const client = clientOf(name);
  const page = await answerOf(client, 'GetCatalog', {});
  client.close();
  return page;
}

const RED_ONLY = ['of-red', 'red-only', 'red-4711', 'red.yaml'];
const BLUE_ONLY = ['of-blue', 'of-team', 'blue-1', 'blue.yaml', 'team.yaml'];

describe('the catalog that a caller is shown', () => {
  it.each([
    ['red', RED_ONLY, BLUE_ONLY],
    ['blue', BLUE_ONLY, RED_ONLY],
    ['every', [...RED_ONLY.slice(0, 2), ...BLUE_ONLY.slice(0, 2)], []],
  ])(
    'holds nothing that only files of other tenants and scopes say: %s',
    async (name, own, others) => {
      const text = JSON.stringify(await catalogOf(name));
      for (const word of ['shared', 'of-both', ...own]) expect(text).toContain(word);
      for (const word of others) expect(text).not.toContain(word);
    },
  );

  it('has pages of its own, which no other caller can turn', async () => {
    const [red, blue] = [clientOf('red'), clientOf('blue')];
    const token = (await answerOf(red, 'GetCatalog', { page_size: 1 }))['next_page_token'];
    expect(String(token)).not.toBe('');
    const asked = { page_size: 1, page_token: token };
    expect(await call(blue, 'GetCatalog', asked)).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect((await answerOf(red, 'GetCatalog', asked))['targets']).toHaveLength(1);
    red.close();
    blue.close();
  });
});
