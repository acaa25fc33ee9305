import { leftBy } from '../support/beside-catalog';
import {
  decideBoth,
  catalogText,
  documentOf,
  findingsOf,
  gatewayText,
  parseGateway,
  policyOf,
  shortList,
} from './support';

const lists = (...lines: readonly string[]) => policyOf(...lines).lists.map(shortList);

describe('the lists of a gateway', () => {
  const PROVIDERS =
    'providers: [{id: openai, models: [{id: gpt-4o}]}, {id: acme, disabled: true, models: [{id: m}]}]';

  it.each([
    ['neither flag', [], ['provider deny: acme']],
    [
      'providers',
      ['only_allow_configured_providers: true'],
      ['provider allow: openai', 'provider deny: acme'],
    ],
    [
      'models',
      ['only_allow_configured_models: true'],
      ['model allow: openai:gpt-4o', 'provider deny: acme'],
    ],
    [
      'both',
      ['only_allow_configured_providers: true', 'only_allow_configured_models: true'],
      ['provider allow: openai', 'model allow: openai:gpt-4o', 'provider deny: acme'],
    ],
    [
      'flags that are off',
      ['only_allow_configured_providers: false', 'only_allow_configured_models: false'],
      ['provider deny: acme'],
    ],
  ])('with %s', (_what, flags, expected) => {
    expect(lists(PROVIDERS, ...flags)).toEqual(expected);
  });

  it('allow a model by its id, also with its author in front, and by no alias', () => {
    expect(
      lists(
        'only_allow_configured_models: true',
        'providers: [{id: openrouter, models: [{id: llama, author_id: meta, id_aliases: [l]}]}]',
      ),
    ).toEqual(['model allow: openrouter:llama openrouter:meta/llama']);
  });

  it('deny a disabled model under every name that it has', () => {
    expect(
      lists(
        'providers: [{id: openai, models: [{id: a, author_id: x, id_aliases: [b], disabled: true}]}]',
      ),
    ).toEqual(['model deny: openai:a openai:x/a openai:*/a openai:b']);
  });

  it('say where each entry stands', () => {
    const [list] = policyOf(
      'only_allow_configured_providers: true',
      'providers: [{id: openai}]',
    ).lists;
    expect(list?.position).toMatchObject({ line: 4, column: 7 });
    expect(list?.entries[0]?.position).toMatchObject({ line: 5, column: 24 });
  });

  it('let nothing through where nothing is configured, and say so', () => {
    const text = gatewayText(
      'only_allow_configured_providers: true',
      'only_allow_configured_models: true',
    );
    expect(findingsOf(text)).toEqual([
      'warning list_allows_nothing 4:7',
      'warning list_allows_nothing 5:7',
    ]);
    expect(documentOf(text).policies[0]?.lists.map(shortList)).toEqual([
      'provider allow:',
      'model allow:',
    ]);
  });
});

describe('what a gateway declares', () => {
  it('is each provider, with all its models, aliases and labels', () => {
    const { providers } = documentOf(
      gatewayText(
        'providers:',
        '  - id: acme',
        '    id_aliases: [ac]',
        '    metadata: {team: ml, n: 1, on: true, deep: {a: b}}',
      ),
    );
    expect(providers).toEqual([
      expect.objectContaining({ id: 'acme', aliases: ['ac'], models: 'any' }),
    ]);
    expect(providers[0]?.claims.map(({ name, value }) => [name, value])).toEqual([
      ['label:team', 'ml'],
      ['label:n', '1'],
      ['label:on', 'true'],
    ]);
  });

  it('is a built-in provider under its common id', () => {
    const { providers } = documentOf(gatewayText('providers: [{id: inceptionlabs}, {id: gemini}]'));
    expect(providers.map(({ id, aliases }) => [id, aliases])).toEqual([
      ['inception', ['inceptionlabs']],
      ['google', ['gemini']],
    ]);
  });

  it('is found by the name of the file, of the rule, or by its number', () => {
    const action = '{type: ai-gateway, config: {only_allow_configured_models: false}}';
    const text = `on_http_request: [${action}, {name: own, actions: [${action}]}, ${action}]`;
    const { document } = parseGateway(text, 'some/where/prod.yaml');
    expect(document?.policies.map(({ id }) => id)).toEqual([
      'ngrok/prod',
      'ngrok/own',
      'ngrok/prod#3',
    ]);
  });

  it('is one provider where two gateways configure it', () => {
    const action = (extra: string): string =>
      `{type: ai-gateway, config: {providers: [{id: acme, ${extra}}]}}`;
    const { providers } = documentOf(
      `on_http_request: [${action('id_aliases: [a]')}, ${action('id_aliases: [b], metadata: {k: v}')}]`,
    );
    expect(providers).toHaveLength(1);
    expect(providers[0]?.aliases).toEqual(['a', 'b']);
    expect(providers[0]?.claims).toHaveLength(1);
  });
});

describe('a request to a gateway', () => {
  const catalog = catalogText({ openai: ['gpt-4o', 'gpt-4.1'], google: ['gemini'] });
  const eligible = (gateway: string, model: string): readonly string[] =>
    leftBy(decideBoth({ catalog, gateway }, { model }));

  it('names a provider by an alias, and a model that nothing lists', () => {
    const gateway = gatewayText(
      'only_allow_configured_providers: true',
      'providers: [{id: acme, id_aliases: [gpt], base_url: "https://acme.example"}]',
    );
    expect(eligible(gateway, 'gpt:new-model')).toEqual(['acme/new-model']);
    expect(eligible(gateway, 'openai:gpt-4o')).toEqual([]);
  });

  it('is under every gateway of the file, whatever their conditions', () => {
    const gateway = [
      'on_http_request:',
      '  - expressions: ["req.url.path == \'/a\'"]',
      '    actions:',
      '      - {type: ai-gateway, config: {only_allow_configured_providers: true, providers: [{id: openai}]}}',
      '  - {type: ai-gateway, config: {providers: [{id: openai, models: [{id: gpt-4.1, disabled: true}]}]}}',
    ].join('\n');
    expect(findingsOf(gateway)).toEqual(['warning condition_not_evaluated 2:5']);
    expect(eligible(gateway, 'gpt-4o')).toEqual(['openai/gpt-4o']);
    expect(eligible(gateway, 'gpt-4.1')).toEqual([]);
    expect(eligible(gateway, 'gemini')).toEqual([]);
  });

  it('keeps the claims of a provider from whoever else has its name', () => {
    expect(findingsOf(gatewayText('providers: [{id: acme, id_aliases: [openai]}]'))).toEqual([
      'error contradiction 4:43',
    ]);
  });
});
