import type { CheckResponse } from '../../../src/gen/envoy/service/auth/v3/external_auth';
import { OWN_FAILURE, serveStub, type StubAmbit } from '../support/stub-ambit';
import { useRig } from '../support/use-rig';
import { until } from '../support/wait';

const EMPTY: CheckResponse = {
  status: undefined,
  httpResponse: undefined,
  dynamicMetadata: undefined,
};

const TO_GROQ = {
  decision: 'allow',
  priority_groups: [{ name: 'groq-us', clusters: [{ cluster_name: 'groq-us', weight: 1 }] }],
};

/** A whole yes, as Envoy obeys it. */
const YES: CheckResponse = {
  status: { code: 0, message: '' },
  httpResponse: {
    $case: 'okResponse',
    value: {
      headers: [
        {
          header: { key: 'x-ambit-decision-id', value: 'd', rawValue: Buffer.alloc(0) },
          append: undefined,
          appendAction: 2,
        },
      ],
      headersToRemove: [],
      responseHeadersToAdd: [],
      queryParametersToSet: [],
      queryParametersToRemove: [],
    },
  },
  dynamicMetadata: TO_GROQ,
};

let answer = EMPTY;
let stub: StubAmbit | undefined;

const rig = useRig({
  prepare: async ({ socketFile }) => {
    stub = await serveStub(socketFile, () => answer);
  },
});

afterAll(() => {
  stub?.close();
});

beforeEach(() => {
  rig().reset();
});

// Not Ambit's answers, but those of a policy service that is broken or somebody else's.
test('a whole yes is obeyed, which the others below lack one thing for', async () => {
  answer = YES;
  expect((await rig().chat()).status).toBe(200);
  expect(rig().requests()).toMatchObject({ 'groq-us': 1 });
});

const NO_DECISION = 'policy_unavailable';
const NO_TARGET = 'eligible_targets_unavailable';

test.each<[string, string, CheckResponse]>([
  ['an empty answer, which ext_authz takes for a yes', NO_DECISION, EMPTY],
  [
    'a yes without a decision',
    NO_DECISION,
    { ...YES, dynamicMetadata: { ...TO_GROQ, decision: undefined } },
  ],
  [
    'a yes that decides to deny',
    NO_DECISION,
    { ...YES, dynamicMetadata: { ...TO_GROQ, decision: 'deny' } },
  ],
  ['a yes without a list', NO_TARGET, { ...YES, dynamicMetadata: { decision: 'allow' } }],
  ['a yes that sets no header', NO_TARGET, { ...YES, httpResponse: undefined }],
  [
    'a yes with a list of an unknown target',
    NO_TARGET,
    {
      ...YES,
      dynamicMetadata: {
        ...TO_GROQ,
        priority_groups: [{ name: 'x', clusters: [{ cluster_name: 'x', weight: 1 }] }],
      },
    },
  ],
  [
    'a yes with a list of nobody',
    NO_TARGET,
    { ...YES, dynamicMetadata: { ...TO_GROQ, priority_groups: [{ name: 'deny' }] } },
  ],
])('with %s, no provider is reached', async (_what, code, given) => {
  answer = given;
  const before = stub?.asked() ?? 0;
  const { status, text } = await rig().chat();
  expect(stub?.asked()).toBe(before + 1);
  expect(status).toBe(503);
  expect(JSON.parse(text)).toHaveProperty('error.code', code);
  expect(rig().contacts()).toBe(0);
});

test('an error of Ambit’s own is an error for Envoy, with the status and the body that Ambit gave it', async () => {
  answer = OWN_FAILURE;
  const { status, headers, text } = await rig().chat();
  expect([status, text]).toEqual([503, '{"error":{"code":"shutting_down"}}']);
  expect(headers['content-type']).toBe('application/json');
  expect(rig().contacts()).toBe(0);
  await until('the line of the request', () =>
    rig()
      .envoy.requestLog()
      .find(({ details, decision }) => details === 'ext_authz_error' && decision === 'deny'),
  );
});
