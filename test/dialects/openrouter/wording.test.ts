import type { RequestContext } from '../../../src/core/model/request';
import { nativeCatalog } from '../support/documents';
import { accountText, decideBoth, guardrailText } from './support';

const MODEL = 'openai/gpt-4o-mini';
const SETTINGS_URL = 'https://openrouter.ai/settings/privacy';
const NONE = 'No allowed providers are available for the selected model.';

/** One provider that declares nothing and one that declares all that is bad. */
const CATALOG = nativeCatalog([
  { id: 'openai', targets: [{ id: 'openai', model: MODEL, serves: [MODEL, `${MODEL}:free`] }] },
  {
    id: 'azure',
    claims: { zero_data_retention: false, training_opt_out: false, processing_regions: ['US'] },
    targets: [{ id: 'azure', model: MODEL, serves: [MODEL, `${MODEL}:free`] }],
  },
]);

interface Case {
  readonly settings: string;
  readonly context?: Partial<RequestContext>;
  readonly contact?: string;
}

function blockOf({ settings, context, contact }: Case) {
  const both = { catalog: CATALOG, settings, ...(contact === undefined ? {} : { contact }) };
  const { block } = decideBoth(both, { model: MODEL, ...context });
  if (block === undefined) throw new Error('nothing is blocked');
  return block;
}

const OPEN = accountText('data_collection: allow');

/** The words of each block that OpenRouter has words for, with its status. */
const CASES: readonly (readonly [string, Case, number, string])[] = [
  [
    "the account's allow list",
    { settings: accountText('allowed_providers: [groq, xai]') },
    404,
    `${NONE} Providers serving ${MODEL}: openai, azure, but your account's allowed-providers setting permits only: groq, xai. To change your allowed providers, visit: ${SETTINGS_URL}.`,
  ],
  [
    "the account's allow list, of a provider that does not serve the model",
    {
      settings: accountText('allowed_providers: [groq]'),
      context: { preferences: { only: ['xai'] } },
    },
    404,
    NONE,
  ],
  [
    "the account's ignore list",
    { settings: accountText('ignored_providers: [openai, azure]') },
    404,
    NONE,
  ],
  ["a guardrail's allow list", { settings: guardrailText('allowed_providers: [groq]') }, 403, NONE],
  [
    'a list of models',
    { settings: accountText('allowed_models: [openai/gpt-5]') },
    404,
    'No models match your request and model restrictions',
  ],
  [
    "a guardrail's list of models",
    { settings: guardrailText('ignored_models: [openai/gpt-4o-mini]') },
    403,
    'No models match your request and model restrictions',
  ],
  [
    "the request's own list",
    { settings: OPEN, context: { preferences: { only: ['groq'] } } },
    404,
    `${NONE} Providers serving ${MODEL}: openai, azure, but your request's provider.only preference permits only: groq.`,
  ],
  [
    "the request's own list of what to ignore",
    { settings: OPEN, context: { preferences: { ignore: ['openai', 'azure'] } } },
    404,
    NONE,
  ],
  [
    'zero data retention',
    { settings: accountText('zdr: true') },
    404,
    `No endpoints for ${MODEL} match your data policy (zero data retention). Adjust at ${SETTINGS_URL}.`,
  ],
  [
    'zero data retention of a group',
    { settings: guardrailText('enforce_zdr_openai: true') },
    404,
    `No endpoints for ${MODEL} match your data policy (zero data retention). Adjust at ${SETTINGS_URL}.`,
  ],
  [
    'training',
    { settings: accountText('enable_paid_model_training: false') },
    404,
    `No endpoints found matching your data policy (Paid model training). Configure: ${SETTINGS_URL}`,
  ],
  [
    'training of a free model',
    {
      settings: accountText('enable_free_model_training: false'),
      context: { model: `${MODEL}:free` },
    },
    404,
    `No endpoints found matching your data policy (Free model training). Configure: ${SETTINGS_URL}`,
  ],
  [
    'data collection, that the request denies',
    { settings: OPEN, context: { preferences: { dataCollection: 'deny' } } },
    404,
    `No endpoints found matching your data policy. Configure: ${SETTINGS_URL}`,
  ],
  [
    'a constraint of the request',
    { settings: OPEN, context: { preferences: { quantizations: ['fp8'] } } },
    404,
    `No endpoints for ${MODEL} match the constraints of your request.`,
  ],
  [
    'a data region',
    { settings: guardrailText('allowed_data_regions: [europe]') },
    403,
    `${MODEL} is not available in the allowed data regions.`,
  ],
  [
    'an unknown model',
    { settings: OPEN, context: { model: 'nobody/nothing' } },
    400,
    'nobody/nothing is not a valid model ID.',
  ],
];

describe('a block speaks in the words of OpenRouter', () => {
  it.each(CASES)('of %s', (_what, asked, status, message) => {
    const block = blockOf(asked);
    const body = JSON.parse(block.body) as { error: Readonly<Record<string, unknown>> };
    expect([block.httpStatus, block.message]).toEqual([status, message]);
    expect(block.contentType).toBe('application/json');
    expect(body.error).toMatchObject({ message });
    expect(body.error['code'] ?? body.error['http_status']).toBe(status);
  });

  it.each(CASES)('of %s, and names whom to ask instead', (_what, asked) => {
    const { message } = blockOf({ ...asked, contact: 'Ask the platform team.' });
    expect(message.endsWith(' Ask the platform team.')).toBe(true);
    expect(message).not.toContain(SETTINGS_URL);
  });

  it.each([
    ['messages', { type: 'error' }],
    ['gemini', { error: { code: 404 } }],
  ] as const)('in the envelope that clients of %s read', (api, expected) => {
    const block = blockOf({ settings: accountText('zdr: true'), context: { api } });
    expect(JSON.parse(block.body)).toMatchObject(expected);
    expect(block.message).toContain('match your data policy (zero data retention)');
    expect(block.body).not.toContain('availability');
  });
});

describe('what words repeat of a request', () => {
  it('is bounded and printable', () => {
    const model = `x/${'y'.repeat(500)}\u202e\u0007`;
    const { message, body } = blockOf({ settings: OPEN, context: { model } });
    expect(message.length).toBeLessThan(200);
    expect(body).not.toMatch(/\p{Cc}|\u202e/u);
  });

  it('is no list of a thousand names', () => {
    const only = Array.from({ length: 1000 }, (_, index) => `p${String(index)}`);
    const { message } = blockOf({ settings: OPEN, context: { preferences: { only } } });
    expect(message).toContain('p15 and 984 more');
  });

  it('is nothing where the request names no model', () => {
    const settings = accountText('allowed_providers: [groq]');
    const both = { catalog: CATALOG, settings };
    const { block } = decideBoth(both, {});
    expect(block?.message).toBe(NONE);
  });
});
