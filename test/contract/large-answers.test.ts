import type { Client } from '@grpc/grpc-js';

import { answerOf, call, openClient } from './support/client';
import { startService } from './support/service';
import type { TestService } from './support/service';

/** So many targets with sources so long that all of them together are more than a client reads. */
const TARGETS = 1000;
const SOURCE = `https://example.com/${'x'.repeat(900)}`;

const CLAIM_NAMES = [
  'zero_data_retention',
  'training_opt_out',
  'in_memory_only',
  'iso27001',
  'gdpr',
];

const claims = CLAIM_NAMES.map((name) => `${name}: { value: true, source: '${SOURCE}' }`).join(
  ', ',
);
const targets = Array.from(
  { length: TARGETS },
  (_, index) =>
    `    - { id: t${String(index)}, provider: p, model: m${String(index)}, claims: { ${claims} } }`,
);

const POLICY = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: large }
spec:
  providers: [{ id: p }]
  targets:
${targets.join('\n')}
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec:
  requirements: { soc2: true }
`;

let service: TestService;
let client: Client;

beforeAll(async () => {
  service = await startService(POLICY);
  client = openClient('ambit.v1.PolicyService', service.addresses[0] ?? '');
});

afterAll(async () => {
  client.close();
  await service.stop();
});

describe('a page of the catalog that a client could not read', () => {
  it('is refused with the way out', async () => {
    expect(await call(client, 'GetCatalog', { page_size: 1024 })).toEqual({
      code: 'RESOURCE_EXHAUSTED',
      details: 'the answer has more than 3900000 bytes; ask for a smaller page',
    });
  });

  it('is given in smaller pages', async () => {
    const { targets: page } = await answerOf(client, 'GetCatalog', { page_size: 100 });
    expect(page).toHaveLength(100);
  });
});
