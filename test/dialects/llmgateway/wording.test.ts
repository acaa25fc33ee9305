import { APIS } from '../../../src/core/model/api';
import { llmgatewayWording } from '../../../src/core/engine/wording/llmgateway';
import type { WordingInput } from '../../../src/core/engine/wording/worded-block';
import { catalogText, decideBoth, partText, policyText } from './support';

const INPUT: WordingInput = {
  code: 'no_compliant_provider',
  layer: 'requirements',
  model: 'deepseek/deepseek-v3.2',
  modelName: 'deepseek-v3.2',
  providers: ['deepseek'],
  providerList: 'deepseek',
  requirement: 'soc2',
  permittedList: '',
  httpStatus: 403,
};

const MESSAGE =
  "This request was blocked by your organization's provider compliance policy. No available provider for deepseek-v3.2 meets the required certifications. Contact your LLMGateway admin to adjust the policy.";

describe('the words of LLMGateway', () => {
  it.each([
    [{}],
    [{ code: 'provider_not_allowed', layer: 'provider_lists' }],
    [{ code: 'model_not_allowed', layer: 'model_lists' }],
    [{ code: 'unknown_target', layer: 'catalog' }],
  ] as const)('are one message, with the model as it is without its pin: %j', (change) => {
    const block = llmgatewayWording({ ...INPUT, ...change });
    expect(block?.message).toBe(MESSAGE);
    expect(block?.httpStatus).toBeUndefined();
  });

  it.each([
    [{ code: 'request_filters_leave_none', layer: 'request_filters' }],
    [{ code: 'unknown_model', layer: 'catalog' }],
    [{ code: 'nested_gateway', layer: 'catalog' }],
    [{ code: 'no_policy_applies', layer: 'identity' }],
  ] as const)('are left out where LLMGateway documents none: %j', (change) => {
    expect(llmgatewayWording({ ...INPUT, ...change })).toBeUndefined();
  });

  it('name whom to ask as configured, in the place of the admin', () => {
    expect(llmgatewayWording({ ...INPUT, contact: 'Ask #ai-platform.' })?.message).toBe(
      MESSAGE.replace('Contact your LLMGateway admin to adjust the policy.', 'Ask #ai-platform.'),
    );
  });

  it('speak of the request where it names no model', () => {
    const message = llmgatewayWording({ ...INPUT, model: '', modelName: '' })?.message;
    expect(message).toBe(MESSAGE.replace('deepseek-v3.2', 'this request'));
  });

  it('come in the body of the client’s API', () => {
    const body = (api: (typeof APIS)[number] | undefined): object | undefined =>
      llmgatewayWording(INPUT)?.body('x', api);
    expect(body(undefined)).toEqual({ error: { message: 'x' } });
    expect(body('messages')).toEqual({
      type: 'error',
      error: { type: 'permission_error', message: 'x' },
    });
    const own = APIS.filter((api) => JSON.stringify(body(api)) === '{"error":{"message":"x"}}');
    expect(own).toEqual(expect.arrayContaining(['chat_completions', 'responses', 'embeddings']));
    expect(APIS.filter((api) => body(api) === undefined)).toEqual(['gemini', 'rerank', 'realtime']);
  });
});

describe('a block of an organisation', () => {
  const catalog = catalogText({ deepseek: { soc2: 'none' } }, ['deepseek-v3.2']);
  const blockOf = (settings: string, contact?: string) =>
    decideBoth(
      { catalog, settings, ...(contact === undefined ? {} : { contact }) },
      { model: 'deepseek/deepseek-v3.2', api: 'chat_completions' },
    ).block;

  it('names whom the bundle names', () => {
    const block = blockOf(policyText('requireSoc2: true'), 'Ask #ai-platform.');
    expect(block?.message).toContain('meets the required certifications. Ask #ai-platform.');
  });

  it('of a list has the same words', () => {
    const block = blockOf(policyText('blockedProviders: [deepseek]'));
    expect(block).toMatchObject({
      code: 'provider_not_allowed',
      httpStatus: 403,
      message: MESSAGE,
    });
    expect(JSON.parse(block?.body ?? '')).toEqual({ error: { message: MESSAGE } });
  });

  it('is Ambit’s own where the restriction of the staff decides', () => {
    const block = blockOf(partText('restriction', 'mode: deny', 'providers: [deepseek]'));
    expect(block).toMatchObject({ code: 'provider_not_allowed', httpStatus: 403 });
    expect(block?.message).toContain('llmgateway/restriction');
  });
});
