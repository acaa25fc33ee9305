import { codesOf, documentOf, readValue, targetsOf } from './support';

/** The entry that explains the others, as far as it could be taken for a model. */
const SAMPLE = {
  sample_spec: {
    input_cost_per_token: 0.0,
    output_cost_per_token: 0.0,
    litellm_provider: 'one of https://docs.litellm.ai/docs/providers',
    mode: 'one of: chat, embedding, completion',
    supported_regions: ['global', 'us-west-2'],
    supports_vision: true,
  },
};

/** One model of OpenAI with what is given. */
function model(entry: object): object {
  return { ...SAMPLE, 'model-1': { litellm_provider: 'openai', mode: 'chat', ...entry } };
}

describe("reading LiteLLM's price map", () => {
  it('takes ids, prices per million tokens and the source, and skips the sample', () => {
    const list = model({
      input_cost_per_token: 1.25e-6,
      output_cost_per_token: 1e-5,
      max_tokens: 128000,
      source: 'https://vendor.example/pricing',
    });
    const { dialect, providers, targets, endpoints, credentials, policies } = documentOf(list);
    expect({ dialect, endpoints, credentials, policies }).toEqual({
      dialect: 'litellm',
      endpoints: [],
      credentials: [],
      policies: [],
    });
    expect(providers.map(({ id, models, claims }) => ({ id, models, claims }))).toEqual([
      { id: 'openai', models: 'listed', claims: [] },
    ]);
    expect(targets).toEqual([
      expect.objectContaining({
        id: 'openai/model-1',
        provider: 'openai',
        model: 'model-1',
        claims: [
          expect.objectContaining({
            name: 'price_prompt',
            value: 1.25,
            evidence: 'https://vendor.example/pricing',
          }),
          expect.objectContaining({
            name: 'price_completion',
            value: 10,
            evidence: 'https://vendor.example/pricing',
          }),
        ],
      }),
    ]);
  });

  it('makes no claim of regions, dates, policies or remarks', () => {
    const list = model({
      input_cost_per_token: 1e-6,
      supported_regions: ['eu-west-1'],
      deprecation_date: '2026-12-31',
      source: 'prices will follow',
      metadata: { notes: 'zero data retention' },
      zdr: true,
      soc2: 'type2',
      supports_vision: true,
    });
    const { targets } = documentOf(list);
    expect(targetsOf(list)).toEqual(['openai/model-1 price_prompt=1']);
    expect(targets[0]).not.toHaveProperty('region');
    const [claim] = targets[0]?.claims ?? [];
    expect(Object.keys(claim ?? {}).toSorted()).toEqual(['assurance', 'name', 'position', 'value']);
  });

  it.each([
    'https://user:secret@vendor.example/pricing',
    'file:///etc/prices',
    `https://vendor.example/${'x'.repeat(600)}`,
    'https://vendor.example/a b',
  ])('takes %.30s for no evidence', (source) => {
    const { targets } = documentOf(model({ input_cost_per_token: 1e-6, source }));
    expect(targets[0]?.claims).toHaveLength(1);
    expect(targets[0]?.claims[0]).not.toHaveProperty('evidence');
  });

  it('takes the highest price that a request does not choose', () => {
    const list = model({
      input_cost_per_token: 1e-6,
      input_cost_per_token_above_200k_tokens: 2e-6,
      input_cost_per_token_above_272k_tokens: 3e-6,
      input_cost_per_token_above_272k_tokens_priority: 9e-6,
      input_cost_per_token_priority: 8e-6,
      input_cost_per_audio_token: 1e-3,
      output_cost_per_token: 4e-6,
      output_cost_per_reasoning_token: 5e-6,
      output_cost_per_token_flex: 1e-6,
    });
    expect(targetsOf(list)).toEqual(['openai/model-1 price_prompt=3 price_completion=5']);
  });

  it('takes the highest of tiers, and what a region may add', () => {
    const tiered = model({
      input_cost_per_token: 5e-8,
      output_cost_per_token: 4e-7,
      tiered_pricing: [
        { input_cost_per_token: 5e-8, output_cost_per_token: 4e-7, range: [0, 256000] },
        { input_cost_per_token: 2.5e-7, output_cost_per_token: 2e-6, range: [256000, 1000000] },
      ],
    });
    expect(targetsOf(tiered)).toEqual(['openai/model-1 price_prompt=0.25 price_completion=2']);
    const uplifted = model({
      input_cost_per_token: 1e-6,
      regional_processing_uplift_multiplier_eu: 1.1,
      fedramp_uplift_multiplier: 1.2,
    });
    expect(targetsOf(uplifted)).toEqual(['openai/model-1 price_prompt=1.2']);
  });

  it('takes no price from zeros, which local and unpriced models have alike', () => {
    const list = model({ input_cost_per_token: 0, output_cost_per_token: 0.0 });
    expect(targetsOf(list)).toEqual(['openai/model-1']);
    expect(codesOf(readValue(list))).toEqual(['warning unclear_claim']);
  });

  it.each([
    ['chat', undefined],
    ['embedding', 'embeddings'],
    ['completion', 'completions'],
    ['image_generation', 'images'],
    ['image_edit', 'images'],
    ['audio_transcription', 'audio_transcriptions'],
    ['audio_speech', 'audio_speech'],
    ['moderation', 'moderations'],
    ['rerank', 'rerank'],
    ['responses', 'responses'],
    ['realtime', 'realtime'],
    ['video_generation', undefined],
    ['ocr', undefined],
    ['vector_store', undefined],
  ])('takes mode %s for the API %s', (mode, api) => {
    const expected = api === undefined ? 'openai/model-1' : `openai/model-1 [${api}]`;
    expect(targetsOf(model({ mode }))).toEqual([expected]);
  });

  it('takes the endpoints that are stated rather than the mode', () => {
    const paths = ['/v1/chat/completions', '/v1/responses', '/v1/batch', '/v1/unheard'];
    const targets = targetsOf(model({ mode: 'responses', supported_endpoints: paths }));
    expect(targets).toEqual(['openai/model-1 [chat_completions responses batch]']);
    const unheard = model({ mode: 'embedding', supported_endpoints: ['/v1/unheard'] });
    expect(targetsOf(unheard)).toEqual(['openai/model-1 [embeddings]']);
  });

  it.each([
    ['model-1', 'openai', 'openai/model-1'],
    ['openai/model-1', 'openai', 'openai/model-1'],
    ['gemini/gemini-9', 'gemini', 'google/gemini-9'],
    ['vertex_ai/gemini-9', 'vertex_ai-language-models', 'google-vertex/gemini-9'],
    ['vertex_ai/claude-9', 'vertex_ai-anthropic_models', 'google-vertex-anthropic/claude-9'],
    ['together_ai/meta-llama/L', 'together_ai', 'togetherai/meta-llama/L'],
    ['fireworks_ai/f', 'fireworks_ai-embedding-models', 'fireworks-ai/f'],
    ['anthropic.claude-9', 'bedrock_converse', 'amazon-bedrock/anthropic.claude-9'],
    ['eu.anthropic.claude-9', 'bedrock_converse', 'amazon-bedrock/eu.anthropic.claude-9'],
    ['bedrock/anthropic.c', 'bedrock_converse', 'amazon-bedrock/anthropic.c'],
    ['bedrock/us-gov-west-1/a.c', 'bedrock', 'amazon-bedrock/a.c@us-gov-west-1'],
    ['azure/eu/model-1', 'azure', 'azure/eu/model-1'],
    ['other/model-1', 'openai', 'openai/other/model-1'],
    ['unheard/model-1', 'unheard', 'unheard/model-1'],
  ])('names %s of %s as %s', (key, provider, id) => {
    const list = { ...SAMPLE, [key]: { litellm_provider: provider } };
    expect(targetsOf(list)).toEqual([id]);
  });

  it('takes the region of Bedrock from its key, and from nothing else', () => {
    const key = 'eu-west-1/vendor.model';
    const list = {
      [`bedrock/${key}`]: { litellm_provider: 'bedrock' },
      [`acme/${key}`]: { litellm_provider: 'acme' },
    };
    const places = documentOf(list).targets.map(({ model: name, region }) => [name, region]);
    expect(places).toEqual([
      ['vendor.model', 'eu-west-1'],
      [key, undefined],
    ]);
  });

  it('leaves out prices of images and contracts, and entries without a provider', () => {
    const provider = { litellm_provider: 'bedrock' };
    const list = {
      '1024-x-1024/dall-e-2': provider,
      'low/1024-x-1536/image-1': provider,
      'bedrock/us-east-1/1-month-commitment/vendor.model': provider,
      'bedrock/*/vendor.model': provider,
      'bedrock/vendor-latest': { alias_of: 'vendor.model-9' },
      'vendor.model': provider,
    };
    expect(targetsOf(list)).toEqual(['amazon-bedrock/vendor.model']);
    expect(codesOf(readValue(list))).toEqual(['warning entry_not_taken']);
    expect(readValue(list).findings[0]?.message).toMatch(/^(?:`[^`]+`(?:, |: )){5}no target/u);
  });

  it('takes of two entries for one model only what both state', () => {
    const provider = { litellm_provider: 'deepseek', input_cost_per_token: 1e-6 };
    const twice = (second: object): object => ({
      chat: { ...provider, output_cost_per_token: 2e-6, mode: 'embedding' },
      'deepseek/chat': { ...provider, ...second },
    });
    const same = twice({ output_cost_per_token: 2e-6, mode: 'rerank' });
    expect(targetsOf(same)).toEqual([
      'deepseek/chat [embeddings rerank] price_prompt=1 price_completion=2',
    ]);
    expect(codesOf(readValue(same))).toEqual([]);
    for (const second of [{ output_cost_per_token: 1e-6 }, {}]) {
      expect(targetsOf(twice(second))).toEqual(['deepseek/chat [embeddings] price_prompt=1']);
      expect(codesOf(readValue(twice(second)))).toEqual(['warning unclear_claim']);
    }
  });

  it.each([
    ['a price in words', model({ input_cost_per_token: 'ask sales' }), 'wrong_type'],
    ['a provider that is a number', model({ litellm_provider: 3 }), 'wrong_type'],
    ['a mode in a list', model({ mode: ['chat'] }), 'wrong_type'],
    ['endpoints in words', model({ supported_endpoints: '/v1/batch' }), 'wrong_type'],
    ['tiers in words', model({ input_cost_per_token: 1, tiered_pricing: ['x'] }), 'wrong_type'],
    ['an entry in words', { ...model({}), two: 'model-1' }, 'wrong_type'],
    ['an entry that is nothing', { ...model({}), two: null }, 'null_value'],
  ])('refuses %s', (_, list, code) => {
    const result = readValue(list);
    expect(result.document).toBeUndefined();
    expect(codesOf(result)).toEqual([`error ${code}`]);
  });
});
