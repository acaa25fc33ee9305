import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { EVERY_FEATURE } from '../../../src/pep/ext-authz/features';
import { PREFERENCE_WORDS } from '../../../src/ports/client-preferences';
import type { ClientPreferenceRules } from '../../../src/ports/client-preferences';
import { codeOf, denialOf, messageOf } from './support/answers';
import { askedOf, CLEARED } from './support/asked';
import { serveCheck, type CheckServer, type TestCheck } from './support/check-server';

const HEADERS: ClientPreferenceRules = { headers: ['only'], formats: ['llmgateway'] };

const BODY = {
  model: 'm',
  messages: [],
  models: ['n', 'o'],
  provider: { only: ['azure'], zdr: true },
  providerOptions: { gateway: { disallowPromptTraining: true } },
};

describe('the preferences of a body', () => {
  test('are read where the hop to the provider deletes them', () => {
    const { context, problems } = askedOf({ body: BODY, extensions: CLEARED });
    expect(problems).toEqual([]);
    expect(context).toMatchObject({
      model: 'm',
      models: ['n', 'o'],
      features: [],
      preferences: { only: ['azure'], zeroDataRetention: true, noTraining: true },
    });
  });

  test('are refused where it does not: a gateway there would follow them', () => {
    const { context, problems } = askedOf({ body: BODY });
    expect(problems).toEqual([
      'the field `models` could choose another target; leave it out',
      'the field `provider` could choose another target; leave it out',
      'the field `providerOptions` could choose another target; leave it out',
    ]);
    expect(context.preferences).toEqual({});
    expect(context.models).toEqual([]);
  });

  test('are refused where they are not configured', () => {
    const rules = { headers: [], formats: ['vercel'] } as const;
    expect(askedOf({ body: BODY, extensions: CLEARED }, rules).problems).toHaveLength(2);
  });

  test.each([[{ plugins: [{ id: 'web' }] }], [{ providerOptions: { openai: { store: true } } }]])(
    '%j could use any feature',
    (fields) => {
      const body = { model: 'm', messages: [], store: false, ...fields };
      expect(askedOf({ body, extensions: CLEARED }).context.features).toEqual(EVERY_FEATURE);
    },
  );

  test.each([
    ['a doubled preference', '{"model":"m","provider":{"only":["a"],"only":["b"]}}'],
    ['one in other letters', '{"model":"m","provider":{"only":["a"],"ONLY":["b"]}}'],
    [
      'one of Vercel, doubled',
      '{"model":"m","providerOptions":{"gateway":{"only":[],"only":["a"]}}}',
    ],
    ['a price, doubled', '{"model":"m","provider":{"max_price":{"prompt":1,"prompt":2}}}'],
    ['a field in other letters', '{"model":"m","Provider":{"only":["a"]}}'],
    ['fields in two spellings', '{"model":"m","models":["a"],"Models":["b"]}'],
    ['a field in wide letters', '{"model":"m","ｐrovider":{"only":["a"]}}'],
    ['a stranger among the fields', '{"model":"m","provider_options":{}}'],
    ['models without a model', '{"models":["m"]}'],
  ])('%s is refused', (_what, body) => {
    expect(askedOf({ body, extensions: CLEARED }).problems).toHaveLength(1);
  });
});

describe('the preferences of headers', () => {
  const only = { 'ambit-prefer-only': 'azure, openai' };

  test('are read where they are allowed, with a body or without', () => {
    const preferences = { only: ['azure', 'openai'], processingRegions: ['eu'] };
    const headers = { ...only, 'x-llmgateway-data-residency': 'EU' };
    expect(askedOf({ headers }, HEADERS)).toMatchObject({ problems: [], context: { preferences } });
    const blind = { headers, body: Buffer.alloc(0), lifted: { model: 'm' } };
    expect(askedOf(blind, HEADERS)).toMatchObject({ problems: [], context: { preferences } });
  });

  test.each([only, { 'ambit-prefer-order': 'a' }, { 'x-llmgateway-data-residency': 'eu' }])(
    '%j is refused where it is not allowed',
    (headers) => {
      const rules = { headers: ['ignore'], formats: ['vercel'] } as const;
      expect(askedOf({ headers }, rules).problems).toEqual([
        `\`${Object.keys(headers)[0] ?? ''}\` is not read here; leave it out`,
      ]);
    },
  );

  test('must agree with the body', () => {
    const rules = { headers: ['only'], formats: ['openrouter'] } as const;
    const asking = (names: readonly string[]) =>
      askedOf(
        { body: { model: 'm', provider: { only: names } }, headers: only, extensions: CLEARED },
        rules,
      ).problems;
    expect(asking(['openai', 'azure'])).toEqual([]);
    expect(asking(['azure'])).toEqual([
      '`provider.only` and `ambit-prefer-only` state one preference differently; state it once',
    ]);
  });
});

describe('a decision by Check', () => {
  const rules: ClientPreferenceRules = { headers: PREFERENCE_WORDS, formats: ['openrouter'] };
  const pack = readFileSync(join(__dirname, '../../e2e/envoy/pack.yaml'), 'utf8');
  let server: CheckServer;

  beforeAll(async () => {
    server = await serveCheck({ 'pack.yaml': pack }, (point) => point, rules);
  });
  afterAll(() => {
    server.close();
  });

  /** The targets that the request may go to; none if it is denied. */
  async function eligible(request: TestCheck): Promise<readonly string[]> {
    await server.check({ ...request, extensions: CLEARED });
    const { eligible: left = [] } = server.decided.at(-1)?.answer.decision ?? {};
    return left.map(({ ref }) => ref);
  }

  const model = 'gpt-5.4-mini';

  test.each<[string, TestCheck, readonly string[]]>([
    ['nothing', {}, ['openai-zdr', 'azure-eu']],
    ['a header', { headers: { 'ambit-prefer-only': 'azure' } }, ['azure-eu']],
    ['a header for two', { headers: { 'ambit-prefer-ignore': 'openai,azure' } }, []],
    ['an order', { headers: { 'ambit-prefer-order': 'azure' } }, ['azure-eu', 'openai-zdr']],
    ['a body', { body: { model, provider: { ignore: ['azure'] } } }, ['openai-zdr']],
    ['the target that policy keeps out', { body: { model, provider: { only: ['groq'] } } }, []],
    ['an empty list', { body: { model, provider: { only: [] } } }, []],
    [
      'less than policy',
      { headers: { 'ambit-prefer-zero-data-retention': 'false' } },
      ['openai-zdr', 'azure-eu'],
    ],
    ['a slip', { headers: { 'ambit-prefer-onyl': 'azure' } }, []],
  ])('that is asked for %s', async (_what, request, targets) => {
    expect(await eligible(request)).toEqual(targets);
  });

  test('names the slip to the client, with 400', async () => {
    const body = { model, provider: { onyl: ['azure'] } };
    const response = await server.check({ body, extensions: CLEARED });
    expect(denialOf(response).status).toBe(400);
    expect(codeOf(response)).toBe('invalid_request');
    expect(messageOf(response)).toContain(
      '`provider` has a key that is not known; `only` may be meant',
    );
  });
});
