import { ngrokWording } from '../../../src/core/engine/wording/ngrok';
import type { WordingInput } from '../../../src/core/engine/wording/worded-block';
import { APIS } from '../../../src/core/model/api';
import { catalogText, decideBoth, gatewayText } from './support';

const INPUT: WordingInput = {
  code: 'provider_not_allowed',
  layer: 'provider_lists',
  model: 'google:gemini',
  modelName: 'gemini',
  providers: ['google'],
  providerList: 'google',
  requirement: 'providers.allow',
  permittedList: 'openai',
  httpStatus: 422,
};

describe('the words of ngrok', () => {
  it.each([
    [{}, "Provider 'google' is not allowed by gateway configuration", 'provider_not_allowed'],
    [
      { providers: ['google', 'azure'] },
      "Providers 'google', 'azure' are not allowed by gateway configuration",
      'provider_not_allowed',
    ],
    [
      { layer: 'model_lists', code: 'model_not_allowed' },
      "Model 'gemini' is not allowed by gateway configuration",
      'model_not_allowed',
    ],
    [
      { contact: 'Ask #ai-platform.' },
      "Provider 'google' is not allowed by gateway configuration. Ask #ai-platform.",
      'provider_not_allowed',
    ],
  ] as const)('%j', (change, message, type) => {
    const block = ngrokWording({ ...INPUT, ...change });
    expect(block?.message).toBe(message);
    expect(block?.httpStatus).toBeUndefined();
    expect(JSON.stringify(block?.body(message, 'chat_completions'))).toBe(
      JSON.stringify({ error: { message, type } }),
    );
  });

  it.each([
    [{ providers: [] }],
    [{ layer: 'model_lists', code: 'model_not_allowed', modelName: '' }],
    [{ layer: 'requirements', code: 'no_compliant_provider' }],
    [{ layer: 'request_filters', code: 'request_filters_leave_none' }],
    [{ layer: 'catalog', code: 'unknown_model' }],
    [{ layer: 'identity', code: 'no_policy_applies' }],
  ] as const)('are left out where ngrok documents none: %j', (change) => {
    expect(ngrokWording({ ...INPUT, ...change })).toBeUndefined();
  });

  it('come in the body of the gateway, but to clients that read another envelope', () => {
    const block = ngrokWording(INPUT);
    expect(block?.body('x', undefined)).toBeDefined();
    expect(APIS.filter((api) => block?.body('x', api) === undefined)).toEqual([
      'messages',
      'gemini',
      'rerank',
      'realtime',
    ]);
  });
});

describe('a block of a gateway', () => {
  const catalog = catalogText({ openai: ['gpt-4o'], google: ['gemini'], azure: ['gemini'] });
  const gateway = gatewayText('only_allow_configured_providers: true', 'providers: [{id: openai}]');

  it('has status 422 and names each provider that was considered', () => {
    expect(decideBoth({ catalog, gateway }, { model: 'gemini' }).block).toMatchObject({
      code: 'provider_not_allowed',
      httpStatus: 422,
      contentType: 'application/json',
      message: "Providers 'google', 'azure' are not allowed by gateway configuration",
    });
  });

  it('names whom the bundle names', () => {
    const contact = 'Ask #ai-platform.';
    expect(
      decideBoth({ catalog, gateway, contact }, { model: 'google:gemini' }).block?.message,
    ).toBe("Provider 'google' is not allowed by gateway configuration. Ask #ai-platform.");
  });
});
