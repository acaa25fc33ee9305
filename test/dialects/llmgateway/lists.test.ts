import {
  catalogText,
  eligibleOf,
  findingsOf,
  parseSettings,
  partText,
  policyOf,
  policyText,
  shortList,
} from './support';

const MODELS = ['m', 'x'];

/** What is left of two providers with two models, whichever the request asks for. */
function left(
  settings: string,
  providers: readonly string[] = ['openai', 'azure'],
): readonly string[] {
  const catalog = catalogText(Object.fromEntries(providers.map((id) => [id, {}])), MODELS);
  return MODELS.flatMap((model) => eligibleOf({ catalog, settings }, { model }));
}

describe('a list of the policy', () => {
  it.each([
    ['blockedProviders: [openai, custom:acme]', 'provider deny: openai|* custom:acme|*'],
    ['allowedProviders: [openai]', 'provider allow: openai|*'],
    ['blockedModels: [gpt-5.2]', 'model deny: *|gpt-5.2 *|*/gpt-5.2'],
    ['allowedModels: [gpt-5.2]', 'model allow: *|gpt-5.2'],
    ['blockedModels: [acme/big]', 'model deny: *|acme/big custom:acme|big *|*/acme/big'],
    ['allowedModels: [acme/big/one]', 'model allow: *|acme/big/one custom:acme|big/one'],
  ])('is read: %s', (line, expected) => {
    const { lists } = policyOf(policyText(line));
    expect(lists.map(shortList)).toEqual([expected]);
    expect(lists[0]?.position).toMatchObject({ line: 4, column: 5 });
  });

  it('holds together with the others', () => {
    const lines = ['allowedProviders: [openai, azure]', 'blockedProviders: [azure]'];
    expect(left(policyText(...lines, 'allowedModels: [m]'))).toEqual(['openai/m']);
  });

  it.each([
    policyText('blockedModels: [m]'),
    partText('restriction', 'mode: deny', 'models: [m]'),
    partText('restriction', 'mode: deny', 'mappings: [azure/m]'),
  ])('bans a model under its name with the author, too: %s', (settings) => {
    const catalog = catalogText({ azure: {} }, ['openai/m', 'openai/x']);
    const asked = (model: string) =>
      eligibleOf({ catalog, settings }, { model, modelIdStyle: 'author' });
    expect([asked('openai/m'), asked('openai/x')]).toEqual([[], ['azure/openai/x']]);
  });

  it('restricts nothing where it is empty, and lint says so', () => {
    const text = policyText('requireGdpr: true', 'allowedProviders: []');
    expect(policyOf(text).lists).toEqual([]);
    expect(findingsOf(text)).toEqual(['warning list_restricts_nothing 5:5']);
  });

  it('means providers by LLMGateway’s ids, whatever the catalog calls them', () => {
    const settings = policyText('allowedProviders: [aws-bedrock, google-ai-studio, together-ai]');
    const ids = ['amazon-bedrock', 'google', 'togetherai', 'google-vertex'];
    expect(left(settings, ids)).toEqual([
      ...['amazon-bedrock/m', 'google/m', 'togetherai/m'],
      ...['amazon-bedrock/x', 'google/x', 'togetherai/x'],
    ]);
  });

  it('bans in any case, and allows in its own only', () => {
    expect(left(policyText('blockedProviders: [OpenAI]'))).toEqual(['azure/m', 'azure/x']);
    expect(left(policyText('allowedProviders: [OpenAI]'))).toEqual([]);
  });

  it.each([
    ['blockedProviders: ["open*"]', ['error invalid_text 4:24']],
    ['blockedProviders: [openai/m]', ['error invalid_text 4:24']],
    ['blockedProviders: ["custom:"]', ['error invalid_text 4:24']],
    ['blockedProviders: [""]', ['error empty_text 4:24']],
    ['allowedProviders: [openai, openai]', ['error duplicate_item 4:32']],
    ['allowedProviders: [moonshot, moonshotai]', ['error duplicate_item 4:34']],
    ['allowedProviders: openai', ['error wrong_type 4:23']],
    ['allowedModels: ["gpt-*"]', ['error invalid_text 4:21']],
    ['allowedModels: [5]', ['error wrong_type 4:21']],
    ['blockedModels: {m: true}', ['error wrong_type 4:20']],
  ])('is read strictly: %s', (line, expected) => {
    expect(findingsOf(policyText(line))).toEqual(expected);
  });
});

describe('a restriction', () => {
  it('that allows is one list of all that it names', () => {
    const lines = ['mode: allow', 'providers: [azure]', 'models: [m]', 'mappings: [xai/x]'];
    const text = partText('restriction', ...lines);
    expect(policyOf(text).lists.map(shortList)).toEqual(['provider allow: azure|* *|m xai|x']);
    expect(left(text, ['openai', 'azure', 'xai'])).toEqual([
      ...['openai/m', 'azure/m', 'xai/m'],
      ...['azure/x', 'xai/x'],
    ]);
  });

  it('that allows models alone is a list of models', () => {
    const text = partText('restriction', 'mode: allow', 'mappings: [openai/m, azure/a/b]');
    expect(policyOf(text).lists.map(shortList)).toEqual(['model allow: openai|m azure|a/b']);
  });

  it('that denies keeps out what any of its lists names', () => {
    const lines = ['mode: deny', 'providers: [xai]', 'models: [x]', 'mappings: [openai/m]'];
    const text = partText('restriction', ...lines);
    expect(policyOf(text).lists.map(shortList)).toEqual([
      'provider deny: xai|*',
      'model deny: *|x *|*/x openai|m openai|*/m',
    ]);
    expect(left(text, ['openai', 'azure', 'xai'])).toEqual(['azure/m']);
  });

  it.each([['mode: allow'], ['mode: allow\n    providers: []\n    models: []\n    mappings: []']])(
    'that allows nothing blocks everything, and lint says so: %j',
    (lines) => {
      const text = partText('restriction', lines);
      expect(policyOf(text).lists.map(shortList)).toEqual(['provider allow: ']);
      expect(findingsOf(text)).toEqual(['warning list_allows_nothing 2:3']);
      expect(left(text)).toEqual([]);
    },
  );

  it('that denies nothing is no policy, so that what no policy covers stays blocked', () => {
    const text = partText('restriction', 'mode: deny', 'providers: []');
    expect(parseSettings(text).document?.policies).toEqual([]);
    expect(findingsOf(text)).toEqual(['warning list_restricts_nothing 2:3']);
    expect(left(text)).toEqual([]);
  });

  it('may say why it was set', () => {
    expect(findingsOf(partText('restriction', 'mode: deny', 'models: [m]', 'note: abuse'))).toEqual(
      [],
    );
  });

  it.each([
    [['providers: [openai]'], ['error missing_key 2:3']],
    [['mode: alow', 'providers: [openai]'], ['error unknown_value 3:11']],
    [['mode: deny', 'mappings: [openai]'], ['error invalid_text 4:16']],
    [['mode: deny', 'mappings: [/m]'], ['error invalid_text 4:16']],
    [['mode: deny', 'provider: [openai]'], ['error unknown_key 4:5']],
    [['mode: allow', 'models: ["*"]'], ['error invalid_text 4:14']],
  ])('is read strictly: %j', (lines, expected) => {
    expect(findingsOf(partText('restriction', ...lines))).toEqual(expected);
  });
});
