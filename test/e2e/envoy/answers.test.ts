import type { CheckResponse } from '../../../src/gen/envoy/service/auth/v3/external_auth';
import { CONFIGURATIONS, rigOptionsOf } from '../support/configurations';
import { errorOf } from '../support/seen';
import { OWN_FAILURE, serveStub, YES_HEADERS, type StubAmbit } from '../support/stub-ambit';
import { useRig } from '../support/use-rig';
import { listOf, type Variant } from '../support/variants';
import { until } from '../support/wait';

const EMPTY: CheckResponse = {
  status: undefined,
  httpResponse: undefined,
  dynamicMetadata: undefined,
};

type Metadata = Readonly<Record<string, unknown>>;

const group = (cluster: unknown): unknown => ({
  name: 'x',
  clusters: [{ cluster_name: cluster, weight: 1 }],
});

/** What sends a request to `groq-us`, in the form that each configuration reads. */
const TO_GROQ: Metadata = {
  priority_groups: [group('groq-us')],
  hosts: 'envoy://to-groq-us/groq-us',
};

/** A whole yes, as Envoy obeys it. */
const yes = (metadata: Metadata): CheckResponse => ({
  status: { code: 0, message: '' },
  httpResponse: { $case: 'okResponse', value: YES_HEADERS },
  dynamicMetadata: metadata,
});

const NO_DECISION = 'policy_unavailable';
const NO_TARGET = 'eligible_targets_unavailable';

/** Lacks the positive decision, whatever else there is. */
const UNDECIDED: Readonly<Record<string, CheckResponse>> = {
  'an empty answer, which ext_authz takes for a yes': EMPTY,
  'a yes without metadata': { ...yes({}), dynamicMetadata: undefined },
  'a yes without a decision': yes(TO_GROQ),
  'a yes that decides to deny': yes({ ...TO_GROQ, decision: 'deny' }),
  'a yes that decides in other letters': yes({ ...TO_GROQ, decision: 'ALLOW' }),
  'a yes whose decision is a list': yes({ ...TO_GROQ, decision: ['allow'] }),
  'a yes whose decision is no text': yes({ ...TO_GROQ, decision: true }),
};

/** Lists from which no target follows, by the key that holds them. */
const LISTS: Readonly<Record<'hosts' | 'priority_groups', Readonly<Record<string, unknown>>>> = {
  priority_groups: {
    'that is a text': 'groq-us',
    'of texts': ['groq-us'],
    'that is no list': group('groq-us'),
    'whose clusters are a text': [{ name: 'x', clusters: 'groq-us' }],
    'whose clusters are texts': [{ name: 'x', clusters: ['groq-us'] }],
    'whose cluster has no text for a name': [group(['groq-us'])],
    'of an unknown target': [group('x')],
    'of the end alone': [{ name: 'deny' }],
    'without an entry': [],
  },
  hosts: {
    'that is a list': ['envoy://to-groq-us/groq-us'],
    'of a name': 'groq-us',
    'of a name without its scheme': 'to-groq-us/groq-us',
    'of an unknown target': 'envoy://to-x/x',
    'of an address that no target has': '127.0.0.1:1',
    'without an entry': '',
  },
};

function listless(variant: Variant): Readonly<Record<string, CheckResponse>> {
  const key = listOf(variant);
  const other = key === 'hosts' ? 'priority_groups' : 'hosts';
  const wrong = Object.entries(LISTS[key]).map(([what, list]) => [
    `a yes with a list ${what}`,
    yes({ decision: 'allow', [key]: list }),
  ]);
  return {
    'a yes without a list': yes({ decision: 'allow', eligible: ['groq-us'] }),
    'a yes with a list where this configuration does not look': yes({
      decision: 'allow',
      [other]: TO_GROQ[other],
    }),
    ...(Object.fromEntries(wrong) as Record<string, CheckResponse>),
  };
}

// Not Ambit's answers, but those of a policy service that is broken or somebody else's.
describe.each(CONFIGURATIONS)('$title', (configuration) => {
  let answer = EMPTY;
  let stub: StubAmbit | undefined;
  const rig = useRig({
    ...rigOptionsOf(configuration),
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

  async function expectNothingSent(given: CheckResponse, code: string): Promise<void> {
    answer = given;
    const before = stub?.asked() ?? 0;
    const received = await rig().chat();
    expect(stub?.asked()).toBe(before + 1);
    expect(received.status).toBe(503);
    expect(errorOf(received)).toMatchObject({ code });
    expect(rig().contacts()).toBe(0);
  }

  test('a whole yes is obeyed, which the others below lack one thing for', async () => {
    answer = yes({ ...TO_GROQ, decision: 'allow' });
    expect((await rig().chat()).status).toBe(200);
    expect(rig().requests()).toMatchObject({ 'groq-us': 1 });
  });

  test.each(Object.entries(UNDECIDED))('with %s, no provider is reached', (_what, given) =>
    expectNothingSent(given, NO_DECISION),
  );

  test.each(Object.entries(listless(configuration.variant)))(
    'with %s, no provider is reached',
    (_what, given) => expectNothingSent(given, NO_TARGET),
  );

  test('with a no that comes with the metadata of a yes, no provider is reached', async () => {
    answer = { ...yes({ ...TO_GROQ, decision: 'allow' }), status: { code: 7, message: '' } };
    expect((await rig().chat()).status).toBe(403);
    expect(rig().contacts()).toBe(0);
  });

  test('with an error of Ambit’s own, no provider is reached', async () => {
    answer = OWN_FAILURE;
    const { status, headers, text } = await rig().chat();
    expect(status).toBe(503);
    expect(headers['content-type']).toBe('application/json');
    const code = configuration.isCareless ? NO_DECISION : 'shutting_down';
    expect(JSON.parse(text)).toMatchObject({ error: { code } });
    expect(rig().contacts()).toBe(0);
    const details = configuration.isCareless ? /^rbac_access_denied/ : /^ext_authz_error$/;
    await until('the line of the request', () =>
      rig()
        .envoy.requestLog()
        .find((line) => details.test(String(line['details'])) && line['decision'] === 'deny'),
    );
  });
});
