import { status } from '@grpc/grpc-js';

import { EVERY_FEATURE } from '../../../src/pep/ext-authz/features';
import { checkToAsk } from '../../../src/pep/ext-authz/check-to-ask';
import { DEFAULT_CLIENT_PREFERENCES } from '../../../src/ports/client-preferences';
import { askedOf, CLEARED, problemOf } from './support/asked';
import { serveCheck, toWire, type TestCheck } from './support/check-server';

const NOTHING = Buffer.alloc(0);

const lifting = (lifted: TestCheck['lifted'], more: TestCheck = {}): TestCheck => ({
  body: NOTHING,
  lifted: { model: 'm', ...lifted },
  extensions: CLEARED,
  ...more,
});

describe('what Envoy lifts beside the model', () => {
  test('narrows, as the same field of a body would', () => {
    const lifted = {
      'provider.zdr': true,
      'provider.data_collection': 'deny',
      'provider.allow_fallbacks': false,
      'providerOptions.gateway.disallowPromptTraining': true,
    };
    expect(askedOf(lifting(lifted))).toMatchObject({
      problems: [],
      context: {
        model: 'm',
        preferences: {
          zeroDataRetention: true,
          dataCollection: 'deny',
          allowFallbacks: false,
          noTraining: true,
        },
      },
    });
  });

  test('is told apart from what is not there', () => {
    expect(askedOf(lifting({ 'provider.zdr_state': 'missing' })).context.preferences).toEqual({});
    expect(askedOf(lifting({ 'provider.zdr': false })).context.preferences).toEqual({
      zeroDataRetention: false,
    });
  });

  test('counts as used, on top of what the hop leaves', () => {
    const featuresOf = (lifted: TestCheck['lifted'], path = '/v1/responses') =>
      [...askedOf(lifting(lifted, { path })).context.features].sort();
    expect(featuresOf({ stream: true, store: false })).toEqual(['no_store', 'streaming']);
    expect(featuresOf({ store: true })).toEqual(['store']);
    expect(featuresOf({ background: true })).toEqual(['background', 'no_store']);
    expect(featuresOf({ previous_response_id: 'r' })).toEqual(['store']);
    // Known of another API, so that here it could be anything.
    expect(featuresOf({ background: true }, '/v1/messages')).toEqual([...EVERY_FEATURE].sort());
  });

  test('makes no less of what is not seen, where the hop leaves it', () => {
    const read = askedOf(lifting({ store: false }, { path: '/v1/responses', extensions: {} }));
    expect([read.problems, read.context.features]).toEqual([[], EVERY_FEATURE]);
  });

  test.each<[string, TestCheck['lifted'], RegExp]>([
    ['a value of another type', { 'provider.zdr': 'true' }, /`provider.zdr` must be true or false/],
    ['a list in one word', { 'provider.only': 'azure' }, /must be a list/],
    ['what no claim tells', { 'provider.require_parameters': true }, /of which no claim tells/],
    ['a preference that is not known', { 'provider.zrd': true }, /not known/],
    ['a switch of another type', { store: 'false' }, /`store` is not understood/],
    ['a field that chooses a target', { fallbacks: 'x' }, /could choose another target/],
    ['a key that is not known', { colour: 'red' }, /not known here/],
    ['a key below one that has none', { 'store.x': true }, /not known here/],
    ['a key of objects', { '__proto__.zdr': true }, /not known here/],
    ['a body that is no JSON', { 'provider.zdr_state': 'error' }, /not readable/],
    ['a state that is not known', { 'provider.zdr_state': 'maybe' }, /not readable/],
    ['a state beside its field', { store: true, store_state: 'missing' }, /contradicts itself/],
    ['a field and what is below it', { provider: 'x', 'provider.zdr': true }, /contradicts itself/],
  ])('blocks with %s', (_what, lifted, problem) => {
    expect(problemOf(lifting(lifted))).toMatch(problem);
  });

  test('is refused where the hop leaves it, so that a gateway would follow it', () => {
    const request = lifting({ 'provider.zdr': true }, { extensions: {} });
    expect(problemOf(request)).toContain('`provider` could choose another target');
  });
});

describe('a model in a header', () => {
  const extensions = { ...CLEARED, 'ambit.model_header': 'x-route-model' };
  const naming = (model: string, more: TestCheck = {}): TestCheck => ({
    headers: { 'x-route-model': model },
    body: NOTHING,
    extensions,
    ...more,
  });

  test('counts, and the body does not', () => {
    const { context, problems } = askedOf(
      naming('gpt-x', { body: { model: 'other', store: true } }),
    );
    expect(problems).toEqual([]);
    expect([context.model, context.features]).toEqual(['gpt-x', ['streaming']]);
    expect(askedOf(naming('gpt-x', { path: '/v1/responses' })).context.features).toEqual([
      'no_store',
      'streaming',
    ]);
  });

  test('must be the same as in the path', () => {
    const path = '/openai/deployments/g/chat/completions';
    expect(problemOf(naming('g', { path }))).toBe('');
    expect(problemOf(naming('h', { path }))).toContain('another model than the path');
  });

  test.each([
    ['two of them', 'a,b'],
    ['two of them, apart', 'a, b'],
    ['none', ''],
    ['a space', 'a b'],
    ['a control character', 'a\u0001'],
    ['letters of another alphabet', 'gpt‐x'],
    ['too many letters', 'a'.repeat(513)],
  ])('is refused with %s', (_what, model) => {
    expect(problemOf(naming(model))).not.toBe('');
  });

  test('is refused without the header, whatever the body says', () => {
    expect(problemOf({ extensions })).toContain('`x-route-model` is missing');
  });

  test('is refused with a body that the hop could not clear', () => {
    const type = { 'content-type': 'multipart/form-data; boundary=x', 'x-route-model': 'm' };
    expect(problemOf(naming('m', { headers: type }))).toContain('form');
  });

  test('still keeps what the client prefers', () => {
    const rules = { ...DEFAULT_CLIENT_PREFERENCES, headers: ['only'] } as const;
    const headers = { 'x-route-model': 'm', 'ambit-prefer-only': 'azure' };
    expect(askedOf(naming('m', { headers }), rules).context.preferences).toEqual({
      only: ['azure'],
    });
  });

  test.each([
    'X-Route-Model',
    ':path',
    'x-ambit-model',
    'x-envoy-model',
    'ambit-prefer-only',
    'content-type',
    '',
    'a b',
  ])('is a mistake of the configuration as `%s`', (name) => {
    const wrong = { ...CLEARED, 'ambit.model_header': name };
    const read = checkToAsk(toWire({ extensions: wrong }), DEFAULT_CLIENT_PREFERENCES);
    expect(read).toHaveProperty('fault', expect.stringContaining('ambit.model_header'));
  });

  test('is a mistake of the configuration where the hop clears nothing', () => {
    const wrong = { 'ambit.model_header': 'x-route-model' };
    const read = checkToAsk(toWire({ extensions: wrong }), DEFAULT_CLIENT_PREFERENCES);
    expect(read).toHaveProperty('fault', expect.stringContaining('without'));
  });
});

test('headers that Envoy hands over raw are a mistake of its configuration', async () => {
  const files = {
    'a.yaml':
      'apiVersion: ambit/v1\nkind: Policy\nmetadata: { name: a }\nspec: { unrestricted: true }\n',
  };
  const server = await serveCheck(files);
  const request = toWire({});
  const http = request.attributes?.request?.http;
  if (http === undefined) throw new Error('no request');
  const raw = {
    ...request,
    attributes: {
      ...request.attributes,
      request: { time: undefined, http: { ...http, headerMap: { headers: [] } } },
    },
  };
  expect(checkToAsk(raw as typeof request, DEFAULT_CLIENT_PREFERENCES)).toHaveProperty('fault');
  await expect(server.check({ extensions: { 'ambit.path': 'kept' } })).rejects.toMatchObject({
    code: status.INVALID_ARGUMENT,
  });
  server.close();
});
