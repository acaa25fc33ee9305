import { credentials, makeGenericClientConstructor } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';

import { AuthorizationService } from '../../../src/gen/envoy/service/auth/v3/external_auth';
import { startDrill } from './drill-service';
import type { DrillService } from './drill-service';

/** The heap of the image, and what is too much for it where each judgement is kept that can be. */
const HEAP = '--max-old-space-size=128';
const TARGETS = 1000;
const MODELS = 100;
const MIB = 1024 * 1024;

/** Calls that are asked at once. */
const AT_ONCE = 20;

/** What a client may put into a prompt, each of which makes of it another kind of request. */
const FEATURES: readonly object[] = [
  { stream: true },
  { tools: [{ type: 'function', function: { name: 'f' } }] },
  { response_format: { type: 'json_object' } },
  { reasoning_effort: 'low' },
  { audio: { voice: 'x' } },
  { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] },
];

const KINDS = Array.from(
  { length: 2 ** FEATURES.length },
  (_, kind) =>
    Object.assign({}, ...FEATURES.filter((_feature, bit) => ((kind >> bit) & 1) === 1)) as object,
);

const targets = Array.from({ length: TARGETS }, (_, at) => {
  const claims = `zero_data_retention: ${String(at % 50 === 0)}, prompt_logging: ${String(at % 2 === 0)}`;
  return `        - { id: target-${String(at)}, model: model-${String(at % MODELS)}, claims: { ${claims} } }`;
});

const RULES =
  'require_zero_data_retention: true, require_no_training: true, no_prompt_logging: true, soc2: true, gdpr: true';

const POLICIES = [
  `apiVersion: ambit/v1
kind: Catalog
metadata: { name: many }
spec:
  providers:
    - id: acme
      targets:
${targets.join('\n')}
`,
  ...['first', 'second', 'third'].map(
    (name) => `apiVersion: ambit/v1
kind: Policy
metadata: { name: ${name} }
spec: { requirements: { ${RULES} }, log_provider_selection: false }
`,
  ),
].join('---\n');

let service: DrillService;

beforeAll(async () => {
  service = await startDrill({}, { policies: POLICIES, nodeFlags: [HEAP] });
});

afterAll(() => service.stop());

const Client = makeGenericClientConstructor({ check: AuthorizationService.check }, 'Authorization');

/** Envoy's question for a prompt; false where nothing was answered. */
function check(client: InstanceType<typeof Client>, body: object): Promise<boolean> {
  const http = {
    ...{ method: 'POST', path: '/v1/chat/completions', body: JSON.stringify(body) },
    ...{ id: '1', host: 'h', scheme: 'http', query: '', fragment: '', size: 0n },
    ...{ protocol: 'HTTP/1.1', rawBody: Buffer.alloc(0) },
    headers: new Map([['content-type', 'application/json']]),
  };
  const question = { attributes: { request: { http }, contextExtensions: new Map() } };
  const ask = client['check'] as unknown as (
    question: object,
    callback: (error: ServiceError | null) => void,
  ) => void;
  return new Promise((resolve) => {
    ask.call(client, question, (error) => {
      resolve(error === null);
    });
  });
}

test('prompts of every kind for every model do not fill the heap of a container', async () => {
  const client = new Client(service.address, credentials.createInsecure());
  let answered = 0;
  for (const kind of KINDS) {
    for (let from = 0; from < MODELS; from += AT_ONCE) {
      const asked = Array.from({ length: AT_ONCE }, (_, at) =>
        check(client, { model: `model-${String(from + at)}`, messages: [], ...kind }),
      );
      answered += (await Promise.all(asked)).filter(Boolean).length;
    }
    if (!service.isRunning()) break;
  }
  client.close();
  expect(service.isRunning()).toBe(true);
  expect(answered).toBe(KINDS.length * MODELS);
  expect(service.residentBytes()).toBeLessThan(512 * MIB);
});
