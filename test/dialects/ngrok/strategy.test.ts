import { parseStrategy } from '../../../src/dialects/ngrok/strategy';
import { leftBy } from '../support/beside-catalog';
import { catalogText, decideBoth, gatewayText, policyOf, shortList } from './support';

const only = (...names: readonly string[]) => ({ kind: 'only_providers', names });
const ignore = (...names: readonly string[]) => ({ kind: 'ignore_providers', names });
const label = (key: string, value: string) => ({ kind: 'label', key, value });

describe('a step of a strategy', () => {
  it.each([
    ['ai.models', []],
    [' ai.models .randomize( ) ', []],
    ["ai.models.sortBy('price').random()", []],
    ["ai.models.filter(m, m.provider_id == 'openai')", [only('openai')]],
    ['ai.models.filter(x, x.provider_id in ["a", \'b\']).random()', [only('a', 'b')]],
    ["ai.models.filter(m, m.provider_id != 'google')", [ignore('google')]],
    ["ai.models.onlyProviders(['a', 'b']).ignoreProviders(['b'])", [only('a', 'b'), ignore('b')]],
    ['ai.models.onlyProviders([])', [only()]],
    [
      "ai.models.filter(m, m.getMetadata('compliance') == 'hipaa' && m.getMetadata('tier') == 'gold')",
      [label('compliance', 'hipaa'), label('tier', 'gold')],
    ],
  ])('%s', (text, links) => {
    expect(parseStrategy(text)).toEqual(links);
  });

  it.each([
    '',
    'ai.model',
    'ai.models_',
    'ai.providers',
    'ai.models[0]',
    "ai.models.filter(m, m.metadata.tier == 'gold')",
    "ai.models.filter(m, m.getMetadata('deep.tier') == 'gold')",
    "ai.models.only(['gpt-4o'])",
    "ai.models.inCountryCode('DE')",
    "ai.models.underCost('text.input', 1.0)",
    "ai.models.filter(m, m.provider_id == 'a' || m.provider_id == 'b')",
    "ai.models.filter(m, !(m.provider_id == 'a'))",
    "ai.models.filter(m, n.provider_id == 'a')",
    "ai.models.filter(m, m.provider_id == 'a'",
    "ai.models.filter(m, m.provider_id == 'a' + 'b')",
    "ai.models.filter(m, m.provider_id == 'a\\'b')",
    "ai.models.filter(m, 'openai' in m.provider_id_aliases)",
    'ai.models + ai.models',
  ])('is not guessed: %j', (text) => {
    expect(parseStrategy(text)).toBeUndefined();
  });
});

describe('the first step of a selection', () => {
  const selection = (...steps: readonly string[]) =>
    `model_selection: {strategy: ${JSON.stringify(steps)}}`;

  it('is a list or a requirement of the policy', () => {
    const policy = policyOf(
      selection(
        "ai.models.filter(m, m.provider_id != 'google' && m.getMetadata('tier') == 'gold').onlyProviders(['a'])",
      ),
    );
    expect(policy.lists.map(shortList)).toEqual(['provider deny: google', 'provider allow: a']);
    expect(policy.requirements.map(({ rule }) => rule)).toEqual([
      { kind: 'labels', labels: new Map([['tier', 'gold']]) },
    ]);
  });

  it('keeps out what it does not keep, although a later one takes everything', () => {
    const catalog = catalogText({ openai: ['m'], google: ['m'] });
    const decide = (gateway: string) => leftBy(decideBoth({ catalog, gateway }, { model: 'm' }));
    const first = "ai.models.filter(m, m.provider_id == 'openai')";
    expect(decide(gatewayText(selection(first, 'ai.models')))).toEqual(['openai/m']);
    expect(decide(gatewayText(selection('ai.models', first)))).toEqual(['openai/m', 'google/m']);
  });

  it('holds a provider to its label', () => {
    const catalog = catalogText({ a: ['m'], b: ['m'], c: ['m'] });
    const gateway = gatewayText(
      'providers: [{id: a, metadata: {compliance: hipaa}}, {id: b, metadata: {compliance: standard}}]',
      selection("ai.models.filter(m, m.getMetadata('compliance') == 'hipaa')", 'ai.models'),
    );
    const left = leftBy(decideBoth({ catalog, gateway }, { model: 'm' }));
    expect(left).toEqual(['a/m']);
  });

  it('holds a model to its own label, and takes nothing for text that is none', () => {
    const catalog = catalogText({ a: ['m', 'n'], b: ['m'] });
    const gateway = gatewayText(
      'providers:',
      '  - {id: a, metadata: {ok: "true"}, models: [{id: n, metadata: {ok: "false"}}]}',
      '  - {id: b, metadata: {ok: true}}',
      selection("ai.models.filter(m, m.getMetadata('ok') == 'true')"),
    );
    const left = leftBy(decideBoth({ catalog, gateway }, {}));
    expect(left).toEqual(['a/m']);
  });
});
