import { pathsOf, valueAt, withKey, withValue } from '../dialects/native/mutate';
import type { Json } from '../dialects/native/samples';
import { seededSource } from '../generators/source';
import { SEED, Spread } from '../laws/support/runs';
import { readRecord } from '../../src/service/evidence/read-record';
import { canaries, holds, type Canary } from '../service/evidence/support/canaries';
import { jsonOf } from '../service/evidence/support/records';
import type { TestCheck } from './ext-authz/support/check-server';
import { serveRecording, type RecordingServer } from './support/recording-server';

const POLICY = `apiVersion: ambit/v1
kind: Bundle
metadata: { name: records }
spec:
  tenants: [red]
---
apiVersion: ambit/v1
kind: Catalog
metadata: { name: records }
spec:
  providers:
    - id: acme
      models: any
      claims: { training_opt_out: true, processing_regions: [DE] }
      targets:
        - { id: acme/large, model: m-large, serves: [large, m-large] }
    - id: boreal
      claims: { training_opt_out: false }
      targets:
        - { id: boreal/large, model: b-large, serves: [large] }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec:
  models: { allow: ['*large*'] }
  requirements:
    require_no_training: true
    processing_regions: [eu]
    labels: { tier: gold }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: search }
spec:
  scope: { team: [search] }
  mode: warn
  requirements:
    expression: "claims.training_opt_out && attributes[attributes.purpose] == 'x'"
`;

/** Every text that a DecideRequest can hold. */
const ASKED: Json = {
  requestId: 'r-1',
  context: {
    tenant: 'red',
    scope: { team: 'search', ticket: 't-1' },
    model: 'large',
    models: ['m-large'],
    api: 'API_CHAT_COMPLETIONS',
    features: ['store'],
    preferences: {
      only: { values: ['acme'] },
      ignore: { values: ['nobody'] },
      order: { values: ['acme'] },
      processingRegions: { values: ['eu'] },
      quantizations: { values: ['fp8'] },
    },
    attributes: { purpose: 'support', note: 'n' },
  },
  candidates: [
    { target: 'acme/large' },
    {
      ref: 'c',
      provider: 'acme',
      model: 'x-large',
      region: 'DE',
      endpoint: 'https://acme.example/v1',
      credential: 'k',
      claims: [
        { name: 'label:tier', stringValue: 'gold', features: ['store'] },
        { name: 'processing_regions', listValue: { values: ['DE'] } },
      ],
    },
  ],
};

const HEADERS = {
  'x-request-id': 'r-1',
  authorization: 'Bearer b',
  'user-agent': 'agent',
  'ambit-prefer-only': 'acme',
  'x-note': 'n',
};

/** What Envoy sends of a call, each text of which an end client or Envoy's configuration chooses. */
const CHECKED = {
  path: '/v1/chat/completions?user=u',
  headers: HEADERS,
  body: {
    model: 'large',
    user: 'u',
    metadata: { note: 'n' },
    messages: [{ role: 'user', content: 'hello' }],
    tools: [{ type: 'function', function: { name: 'f', description: 'd' } }],
    response_format: { type: 'text' },
    stop: ['s'],
  },
  extensions: { tenant: 'red', 'scope.team': 'search', 'scope.ticket': 't-1' },
} satisfies TestCheck;

/** A request with the canary in the place of each text and key, one at a time. */
function planted(base: Json, { text }: Canary): readonly Json[] {
  return pathsOf(base).flatMap((path) => [
    ...(typeof valueAt(base, path) === 'string' ? [withValue(base, path, text)] : []),
    ...(typeof path.at(-1) === 'string' ? [withKey(base, path, text)] : []),
  ]);
}

const ALL = canaries(seededSource(SEED));

let server: RecordingServer;

beforeAll(async () => {
  server = await serveRecording({ 'policy.yaml': POLICY }, new Set(['purpose']));
});

afterAll(() => {
  server.close();
});

/** Sends them all, and fails if a canary stands in a record. */
async function expectNone(
  base: Json,
  send: (request: Json) => Promise<boolean>,
  spread: Spread,
): Promise<void> {
  for (const canary of ALL) {
    for (const request of planted(base, canary)) {
      spread.add((await send(request)) ? 'answered' : 'refused');
      for (const record of server.taken()) {
        expect({ request, isHeld: holds(record, canary) }).toEqual({ request, isHeld: false });
        expect(readRecord(jsonOf(record))).toBeDefined();
        spread.add(record.withheld === undefined ? 'nothing withheld' : 'withheld');
        spread.add(record.outcome);
      }
    }
  }
}

test('nothing that Decide is sent in any text is recorded, unless it is a name', async () => {
  const spread = new Spread();
  await expectNone(ASKED, (request) => server.decide(request), spread);
  spread.expectAtLeast(100, 'answered', 'refused', 'withheld', 'block');
});

test('nothing that a client writes into a call is recorded of its Check', async () => {
  const spread = new Spread();
  await expectNone(CHECKED, (request) => server.check(request as TestCheck), spread);
  spread.expectAtLeast(100, 'answered', 'withheld', 'nothing withheld', 'block');
});

test('what is a name is recorded of both', async () => {
  expect(await server.decide(ASKED)).toBe(true);
  expect(await server.check(CHECKED)).toBe(true);
  const [decided, checked] = server.taken();
  expect(decided).toMatchObject({
    ...{ requestId: 'r-1', via: 'decide' },
    request: {
      ...{ tenant: 'red', scope: { team: 'search', ticket: 't-1' }, model: 'large' },
      attributes: { purpose: 'support' },
      candidates: [{ ref: 'acme/large' }, { ref: 'c', endpoint: 'https://acme.example/v1' }],
    },
    withheld: ['attributes'],
    replayable: false,
  });
  expect(checked).toMatchObject({
    via: 'check',
    request: { tenant: 'red', model: 'large', api: 'chat_completions' },
  });
});
