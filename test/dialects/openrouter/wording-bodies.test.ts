import { openrouterWording } from '../../../src/core/engine/wording/openrouter';
import type { WordingInput } from '../../../src/core/engine/wording/worded-block';

const MODEL = 'openai/gpt-4o-mini';
const NONE = 'No allowed providers are available for the selected model.';

const INPUT: WordingInput = {
  code: 'no_compliant_provider',
  layer: 'requirements',
  model: MODEL,
  modelName: MODEL,
  providers: ['openai', 'azure'],
  providerList: 'openai, azure',
  requirement: 'require_zero_data_retention',
  permittedList: '',
  httpStatus: 403,
};

const FILTERED = { layer: 'request_filters', code: 'request_filters_leave_none' } as const;

/** The error in the body of OpenRouter, as text, so that what is left out is left out. */
function errorOf(change: Partial<WordingInput>): string {
  return JSON.stringify(openrouterWording({ ...INPUT, ...change })?.body('x', 'chat_completions'));
}

/** An error with the reason of unavailability. */
function unavailable(
  [error_type, http_status]: readonly [string, number],
  code: string,
  excluded = {},
): string {
  const availability = {
    code,
    retryable: false,
    requested_models: [MODEL],
    affected_providers: ['openai', 'azure'],
    ...excluded,
    docs_url: `https://openrouter.ai/docs/errors#${code}`,
  };
  return JSON.stringify({ error: { message: 'x', error_type, http_status, availability } });
}

const NOT_FOUND = ['not_found', 404] as const;
const ZDR = { excluded_by: ['data_policy:zdr'] };

describe('the reason of unavailability', () => {
  it.each<[string, Partial<WordingInput>, string]>([
    ['zero retention of a policy', {}, unavailable(NOT_FOUND, 'privacy_restricted', ZDR)],
    [
      'zero retention of a request',
      { ...FILTERED, requirement: 'zero_data_retention' },
      unavailable(NOT_FOUND, 'privacy_restricted', ZDR),
    ],
    [
      'a region of a policy',
      { requirement: 'processing_regions' },
      unavailable(['permission_denied', 403], 'region_restricted'),
    ],
    [
      'a constraint of a request',
      { ...FILTERED, requirement: 'max_price' },
      unavailable(NOT_FOUND, 'constraint_filtered'),
    ],
    [
      'an unknown model',
      { layer: 'catalog', code: 'unknown_model' },
      unavailable(['invalid_request', 400], 'model_not_found'),
    ],
  ])('is said of %s', (_what, change, expected) => {
    expect(errorOf(change)).toBe(expected);
  });

  it('names no model where the request names none', () => {
    expect(errorOf({ model: '' })).toContain('"requested_models":[],');
    expect(openrouterWording({ ...INPUT, model: '' })?.message).toContain('for this request match');
  });
});

describe('a data policy that nobody keeps to', () => {
  it.each([
    ['require_no_training', 'requirements', ' (Paid model training)'],
    ['no_training', 'request_filters', ' (Paid model training)'],
    ['deny_user_data_collection', 'requirements', ''],
    ['data_collection', 'request_filters', ''],
  ] as const)('has the words of %s', (requirement, layer, which) => {
    const block = openrouterWording({ ...INPUT, requirement, layer });
    expect(block?.message).toContain(`No endpoints found matching your data policy${which}. `);
    expect(block?.httpStatus).toBe(404);
  });
});

describe('OpenRouter has no words', () => {
  it.each([
    [{ requirement: 'require_soc2' }],
    [{ layer: 'catalog', code: 'unknown_target' }],
    [{ layer: 'catalog', code: 'nested_gateway' }],
    [{ layer: 'identity', code: 'no_policy_applies' }],
  ] as const)('for %j', (change) => {
    expect(openrouterWording({ ...INPUT, ...change })).toBeUndefined();
  });
});

describe('who serves the model and who is permitted', () => {
  const listed: Partial<WordingInput> = {
    layer: 'provider_lists',
    code: 'provider_not_allowed',
    requirement: 'providers.allow',
    permittedList: 'groq',
    httpStatus: 404,
  };
  const messageOf = (change: Partial<WordingInput>): string | undefined =>
    openrouterWording({ ...INPUT, ...listed, ...change })?.message;

  it('is told of an account', () => {
    expect(messageOf({})).toContain('Providers serving openai/gpt-4o-mini: openai, azure, but');
  });

  it.each([
    ['a guardrail', { httpStatus: 403 }],
    ['a list that judged a mere name', { requirement: '' }],
    ['nobody who was considered', { providers: [] }],
    ['no model', { model: '' }],
    ['a list that names nobody', { permittedList: '' }],
  ])('is not told of %s', (_what, change) => {
    expect(messageOf(change)).toBe(NONE);
  });
});
