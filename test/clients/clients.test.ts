/** @jest-environment ./test/clients/environment.cjs */
import { OPENAI, thrownBy } from './calls';
import { startFront, type Front } from './front';
import { lastOf, LIBRARIES } from './libraries';

/** A policy that nothing of its catalog meets, with a status. */
const policyWith = (status: number): string => `apiVersion: ambit/v1
kind: Catalog
metadata: { name: clients }
spec:
  providers:
    - { id: acme, targets: [{ id: acme/large, model: m-large }] }
    - { id: boreal, targets: [{ id: boreal/large, model: m-large }] }
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: clients }
spec: { requirements: { require_no_training: true }, on_no_eligible: { status: ${String(status)} } }
`;

const CODE = 'no_compliant_provider';

const messageFor = (model: string): string =>
  `no provider for \`${model}\` meets the requirements of policy \`clients\`; providers considered: acme, boreal`;

describe.each([400, 403, 404, 409, 422, 451])('a block with status %i', (status) => {
  let front: Front;
  beforeAll(async () => {
    front = await startFront(policyWith(status));
  });
  afterAll(() => front.close());

  const cases = LIBRARIES.flatMap((library) =>
    library.calls.map((call) => ({ library, call, title: `${library.name}, ${call.name}` })),
  );

  test.each(cases)('$title: its own error, with message and code', async ({ library, call }) => {
    const before = front.requests.length;
    const error = lastOf(await thrownBy(call, front.url, 'm-large'));
    expect(error).toBeInstanceOf(library.classOf(status));
    expect(library.read(error)).toEqual({ status, message: messageFor('m-large'), code: CODE });
    // One library goes by the status alone; lint says so of a policy with such a status.
    const isRetried = library.retries.includes(status);
    expect(front.requests.length - before).toBe(isRetried ? 2 : 1);
  });
});

describe('what an end client writes', () => {
  let front: Front;
  beforeAll(async () => {
    front = await startFront(policyWith(403));
  });
  afterAll(() => front.close());

  test.each([
    ['quotes and braces', '"}{\\', '"}{\\'],
    ['lines', 'a\nb\r\u2028c', undefined],
    ['a terminal`s commands', 'a\u001b[31mb', undefined],
    ['reversed text', 'a\u202eb', undefined],
    ['much', 'x'.repeat(200), `${'x'.repeat(128)}…`],
  ])('%s stays within the message', async (_, model, shown) => {
    for (const { calls, read } of LIBRARIES.filter(({ name }) => name !== '@google/genai')) {
      const [call] = calls;
      if (call === undefined) throw new Error('each library has a call');
      const { message } = read(lastOf(await thrownBy(call, front.url, model)));
      if (shown !== undefined) expect(message).toBe(messageFor(shown));
      expect(message).toMatch(/^no provider for `.{1,140}` meets the requirements/u);
      expect(message).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
    }
  });
});

describe('the count of requests', () => {
  let front: Front;
  beforeAll(async () => {
    front = await startFront(policyWith(403));
  });
  afterAll(() => front.close());

  test.each(LIBRARIES.filter(({ name }) => name !== '@google/genai'))(
    'shows another try of $name, where a failure is none of policy',
    async ({ calls }) => {
      front.answerWith({ status: 503, body: '{"error":{"message":"busy"}}' });
      const [call] = calls;
      if (call === undefined) throw new Error('each library has a call');
      const before = front.requests.length;
      await thrownBy(call, front.url, 'm-large');
      expect(front.requests.length - before).toBe(2);
    },
  );

  test('shows that `x-should-retry` is what keeps libraries from trying a 409 again', async () => {
    front.answerWith({ status: 409, body: '{"error":{"message":"conflict"}}' });
    const [call] = OPENAI;
    if (call === undefined) throw new Error('each library has a call');
    const before = front.requests.length;
    await thrownBy(call, front.url, 'm-large');
    expect(front.requests.length - before).toBe(2);
  });
});
