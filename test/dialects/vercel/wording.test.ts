import { APIS } from '../../../src/core/model/api';
import { vercelWording } from '../../../src/core/engine/wording/vercel';
import type { WordingInput } from '../../../src/core/engine/wording/worded-block';
import { catalogText, decideBoth, teamText } from './support';

const INPUT: WordingInput = {
  code: 'provider_not_allowed',
  layer: 'provider_lists',
  model: 'example/model-name',
  modelName: 'model-name',
  providers: ['provider-a', 'provider-b'],
  providerList: 'provider-a, provider-b',
  requirement: 'providers.allow',
  permittedList: '',
  httpStatus: 403,
};

const RESTRICTED =
  'Your team has restricted access to this provider. Contact the owner of the account for more details. Providers considered: provider-a, provider-b';
const UNMET: Partial<WordingInput> = { code: 'no_compliant_provider', layer: 'requirements' };

describe('the words of Vercel', () => {
  it.each([
    [{}, RESTRICTED, undefined],
    [
      { code: 'model_not_allowed', layer: 'model_lists' },
      'Your team has restricted access to this model. Contact the owner of the account for more details.',
      undefined,
    ],
    [
      { ...UNMET, requirement: 'require_zero_data_retention' },
      'No ZDR (Zero Data Retention) providers available for model: example/model-name. Providers considered: provider-a, provider-b',
      400,
    ],
    [
      { ...UNMET, requirement: 'require_no_training' },
      'No providers available that disallow prompt training for model: example/model-name. Providers considered: provider-a, provider-b',
      400,
    ],
    [
      {
        code: 'request_filters_leave_none',
        layer: 'request_filters',
        requirement: 'zero_data_retention',
      },
      'No ZDR (Zero Data Retention) providers available for model: example/model-name. Providers considered: provider-a, provider-b',
      400,
    ],
  ] as const)('%j', (change, message, httpStatus) => {
    const block = vercelWording({ ...INPUT, ...change });
    expect(block?.message).toBe(message);
    expect(block?.httpStatus).toBe(httpStatus);
    expect(block?.body(message, 'chat_completions')).toEqual({
      error: { type: 'no_providers_available', message },
    });
  });

  it.each([
    [{ ...UNMET, requirement: 'headquarters' }],
    [{ code: 'request_filters_leave_none', layer: 'request_filters', requirement: 'only' }],
    [{ code: 'unknown_model', layer: 'catalog' }],
    [{ code: 'no_policy_applies', layer: 'identity' }],
  ] as const)('are left out where Vercel documents none: %j', (change) => {
    expect(vercelWording({ ...INPUT, ...change })).toBeUndefined();
  });

  it('name whom to ask as configured, in the place of the owner of the account', () => {
    const contact = 'Ask #ai-platform.';
    expect(vercelWording({ ...INPUT, contact })?.message).toBe(
      'Your team has restricted access to this provider. Ask #ai-platform. Providers considered: provider-a, provider-b',
    );
    const unmet = { ...INPUT, ...UNMET, requirement: 'require_no_training', contact };
    expect(vercelWording(unmet)?.message).toBe(
      'No providers available that disallow prompt training for model: example/model-name. Ask #ai-platform. Providers considered: provider-a, provider-b',
    );
  });

  it('come in the body of AI Gateway, but to clients that read another envelope', () => {
    const block = vercelWording(INPUT);
    const own = [...APIS, undefined].filter((api) => block?.body('x', api) !== undefined);
    const others = APIS.filter((api) => block?.body('x', api) === undefined);
    expect(own).toContain(undefined);
    expect(others).toEqual(['messages', 'gemini', 'rerank', 'realtime']);
  });
});

describe('a block of a team', () => {
  const catalog = catalogText({
    openai: { zero_data_retention: true, training_opt_out: true, headquarters: ['US'] },
    azure: { zero_data_retention: false, training_opt_out: false, headquarters: ['US'] },
  });
  const blockOf = (lines: readonly string[], context = {}, contact?: string) =>
    decideBoth(
      { catalog, settings: teamText(...lines), ...(contact === undefined ? {} : { contact }) },
      { model: 'm', api: 'chat_completions', ...context },
    ).block;

  it('names whom the bundle names', () => {
    const lines = ['allowlist_on: true', 'enabled: [groq]'];
    expect(blockOf(lines, {}, 'Ask #ai-platform.')?.message).toBe(
      'Your team has restricted access to this provider. Ask #ai-platform. Providers considered: openai, azure',
    );
  });

  it('tells a request that asks for more than anybody gives', () => {
    const settings = teamText('allowlist_on: true', 'enabled: [azure]');
    const alone = catalogText({ azure: { zero_data_retention: false } });
    const preferences = { zeroDataRetention: true };
    const { block } = decideBoth({ catalog: alone, settings }, { model: 'm', preferences });
    expect(block).toMatchObject({
      code: 'request_filters_leave_none',
      httpStatus: 400,
      message:
        'No ZDR (Zero Data Retention) providers available for model: m. Providers considered: azure',
    });
  });

  it('is Ambit’s own where the seat of a company decides', () => {
    const block = blockOf(['headquarters: {allow: [DE]}']);
    expect(block).toMatchObject({ code: 'no_compliant_provider', httpStatus: 403 });
    expect(block?.message).toContain('vercel/team');
  });
});
