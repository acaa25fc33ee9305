import { codesOf, documentOf, readValue, shortClaim, shortTarget, targetsOf } from './support';

/** A provider as the list has it. */
function provider(slug: string, rest: object = {}): object {
  return {
    name: slug.toUpperCase(),
    slug,
    privacy_policy_url: 'https://vendor.example/privacy',
    terms_of_service_url: 'https://vendor.example/terms',
    status_page_url: null,
    ...rest,
  };
}

/** Providers as `id any|listed: claims`. */
function providersOf(items: readonly object[]): readonly string[] {
  return documentOf({ data: items }).providers.map(
    ({ id, models, claims }) => `${id} ${models}: ${claims.map(shortClaim).join(' ')}`,
  );
}

/** An endpoint as the lists have it. */
function endpoint(tag: string, rest: object = {}): object {
  return {
    name: 'Vendor: Model 1',
    model_name: 'Model 1',
    context_length: 128000,
    pricing: { prompt: '0.0000005', completion: '0.000002', request: '0', image: '0', discount: 0 },
    provider_name: 'Vendor',
    tag,
    quantization: 'fp8',
    max_completion_tokens: null,
    supported_parameters: ['max_tokens'],
    status: 0,
    uptime_last_30m: 99.5,
    supports_implicit_caching: true,
    ...rest,
  };
}

/** The endpoints of one model. */
function ofModel(items: readonly object[], id = 'vendor/model-1'): object {
  return { data: { id, name: 'Model 1', architecture: { modality: 'text' }, endpoints: items } };
}

describe("reading OpenRouter's list of providers", () => {
  it('takes slugs under their common ids, with the seat of the company as a label', () => {
    const items = [
      provider('deepinfra', { headquarters: 'US' }),
      provider('fireworks', { headquarters: 'us' }),
      provider('google-ai-studio'),
      provider('unheard', { headquarters: null }),
    ];
    expect(providersOf(items)).toEqual([
      'deepinfra any: label:seat=US',
      'fireworks-ai any: label:seat=US',
      'google any: ',
      'unheard any: ',
    ]);
    expect(documentOf({ data: items })).toMatchObject({
      dialect: 'openrouter',
      endpoints: [],
      credentials: [],
      targets: [],
      policies: [],
    });
  });

  it('makes no claim of where computers stand, of policies and of words that somebody adds', () => {
    const item = provider('deepinfra', {
      datacenters: ['DE', 'FR'],
      data_policy: { training: false, retains_prompts: false },
      zdr: true,
      may_train_on_data: false,
      soc2: 'type2',
    });
    expect(providersOf([item])).toEqual(['deepinfra any: ']);
    expect(readValue({ data: [item] }).findings).toEqual([]);
  });

  it.each<readonly [string, unknown, readonly string[]]>([
    ['no list', {}, ['wrong_type']],
    ['an empty list', [], ['empty_list']],
    ['a list of words', ['deepinfra'], ['unknown_list']],
    ['a provider without a slug', [{ name: 'x' }], ['unknown_list']],
    ['a slug that is a number', [provider('x', { slug: 1 })], ['wrong_type']],
    ['a seat that is no country', [provider('x', { headquarters: 'EU' })], ['unknown_value']],
    ['a seat in words', [provider('x', { headquarters: 'Germany' })], ['unknown_value']],
    ['a seat that is a list', [provider('x', { headquarters: ['DE'] })], ['wrong_type']],
    ['a provider twice', [provider('novita'), provider('novita-ai')], ['duplicate_item']],
  ])('refuses %s', (_, data, codes) => {
    const result = readValue({ data });
    expect(result.document).toBeUndefined();
    const isModel = !Array.isArray(data);
    expect(codesOf(result)).toEqual(
      isModel ? ['error missing_key'] : codes.map((code) => `error ${code}`),
    );
  });
});

describe("reading OpenRouter's endpoints", () => {
  it('takes each endpoint of a model as a target, with precision and prices', () => {
    const list = ofModel([
      endpoint('deepinfra/fp4', { quantization: 'fp4' }),
      endpoint('deepinfra/fp8', { pricing: { prompt: '0.000001', completion: '0.000003' } }),
      endpoint('fireworks', { quantization: null }),
    ]);
    const { providers, endpoints, targets } = documentOf(list);
    expect(providers.map(({ id, models }) => [id, models])).toEqual([
      ['deepinfra', 'listed'],
      ['fireworks-ai', 'listed'],
    ]);
    expect(endpoints.map(({ id, provider: owner, claims }) => [owner, id, claims])).toEqual([
      ['deepinfra', 'fp4', []],
      ['deepinfra', 'fp8', []],
    ]);
    expect(targets.map(shortTarget)).toEqual([
      'deepinfra/fp4/vendor/model-1 quantization=fp4 price_prompt=0.5 price_completion=2',
      'deepinfra/fp8/vendor/model-1 quantization=fp8 price_prompt=1 price_completion=3',
      'fireworks-ai/vendor/model-1 price_prompt=0.5 price_completion=2',
    ]);
    expect(targets.map(({ provider: owner, model, endpoint: at }) => [owner, model, at])).toEqual([
      ['deepinfra', 'vendor/model-1', 'fp4'],
      ['deepinfra', 'vendor/model-1', 'fp8'],
      ['fireworks-ai', 'vendor/model-1', undefined],
    ]);
  });

  it('never takes a list of endpoints for one of zero data retention', () => {
    const list = { data: [endpoint('deepinfra', { model_id: 'vendor/model-1', zdr: true })] };
    expect(targetsOf(list)).toEqual([
      'deepinfra/vendor/model-1 quantization=fp8 price_prompt=0.5 price_completion=2',
    ]);
  });

  it.each(['unknown', null])('makes no claim of the precision %s', (quantization) => {
    const list = ofModel([endpoint('deepinfra', { quantization, pricing: null })]);
    expect(targetsOf(list)).toEqual(['deepinfra/vendor/model-1']);
  });

  it('leaves out endpoints that name no model', () => {
    const result = readValue({ data: [endpoint('deepinfra')] });
    expect(result.document?.targets).toEqual([]);
    expect(codesOf(result)).toEqual(['warning entry_not_taken']);
  });

  it('takes 0 for a price only where the name says that it is free', () => {
    const pricing = { prompt: '0', completion: '0' };
    const free = ofModel([endpoint('deepinfra', { pricing })], 'vendor/model-1:free');
    expect(targetsOf(free)).toEqual([
      'deepinfra/vendor/model-1:free quantization=fp8 price_prompt=0 price_completion=0',
    ]);
    const plain = ofModel([endpoint('deepinfra', { pricing })]);
    expect(targetsOf(plain)).toEqual(['deepinfra/vendor/model-1 quantization=fp8']);
    expect(codesOf(readValue(plain))).toEqual(['warning unclear_claim']);
  });

  it('takes -1 for no price, even of what is free', () => {
    const pricing = { prompt: '-1', completion: '-1' };
    const list = ofModel([endpoint('deepinfra', { pricing })], 'vendor/model-1:free');
    expect(targetsOf(list)).toEqual(['deepinfra/vendor/model-1:free quantization=fp8']);
  });

  it('takes the price of reasoning where it is higher', () => {
    const pricing = { prompt: 0.000001, completion: '0.000002', internal_reasoning: '0.000003' };
    const list = ofModel([endpoint('deepinfra', { pricing, quantization: null })]);
    expect(targetsOf(list)).toEqual(['deepinfra/vendor/model-1 price_prompt=1 price_completion=3']);
  });

  it('takes of two entries for one endpoint only what both state', () => {
    const list = ofModel([endpoint('deepinfra'), endpoint('deepinfra', { quantization: 'fp4' })]);
    expect(targetsOf(list)).toEqual([
      'deepinfra/vendor/model-1 price_prompt=0.5 price_completion=2',
    ]);
    expect(codesOf(readValue(list))).toEqual(['warning unclear_claim']);
  });

  it.each([
    ['a router', ofModel([endpoint('deepinfra')], 'openrouter/auto'), 'router_in_list'],
    ['a gateway', ofModel([endpoint('openrouter')]), 'gateway_in_list'],
  ])('says of %s what the list does not', (_, list, code) => {
    const result = readValue(list);
    expect(result.document?.targets).toHaveLength(1);
    expect(codesOf(result)).toEqual([`warning ${code}`]);
  });

  it.each([
    ['an unheard precision', ofModel([endpoint('x', { quantization: 'fp7' })]), 'unknown_value'],
    ['a price in words', ofModel([endpoint('x', { pricing: { prompt: 'low' } })]), 'wrong_type'],
    ['an endpoint without a tag', ofModel([{ model_id: 'm' }]), 'missing_key'],
    ['a model without an id', { data: { endpoints: [endpoint('x')] } }, 'missing_key'],
    ['a mixed list', { data: [endpoint('x'), provider('y')] }, 'unknown_list'],
  ])('refuses %s', (_, list, code) => {
    const result = readValue(list);
    expect(result.document).toBeUndefined();
    expect(codesOf(result)).toEqual([`error ${code}`]);
  });
});
