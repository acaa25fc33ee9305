import { leftBy } from '../support/beside-catalog';
import { nativeCatalog } from '../support/documents';
import { accountText, decideBoth, guardrailText, policyOf, shortList } from './support';

const CATALOG = nativeCatalog([
  {
    id: 'google-vertex',
    endpoints: [{ id: 'special' }],
    targets: [
      { id: 'vertex', model: 'google/gemini' },
      { id: 'vertex-us', model: 'google/gemini', region: 'us-east5' },
      { id: 'google-vertex/us-central1', model: 'google/gemini' },
      { id: 'vertex-special', model: 'google/gemini', endpoint: 'special' },
    ],
  },
  { id: 'openai', targets: [{ id: 'openai/m', model: 'gpt-5', serves: ['google/gemini'] }] },
  { id: 'openai/priority', targets: [{ id: 'fast', model: 'gpt-5', serves: ['google/gemini'] }] },
  {
    id: 'togetherai',
    targets: [{ id: 'together', model: 'google/gemini:free', serves: ['google/gemini'] }],
  },
]);

const ALL = [
  'vertex',
  'vertex-us',
  'google-vertex/us-central1',
  'vertex-special',
  'openai/m',
  'fast',
  'together',
];

function left(...lines: readonly string[]): readonly string[] {
  const both = { catalog: CATALOG, settings: accountText(...lines) };
  return leftBy(decideBoth(both, { model: 'google/gemini' }));
}

describe('lists of providers', () => {
  it.each([
    ['google-vertex', ['vertex', 'vertex-us', 'google-vertex/us-central1', 'vertex-special']],
    ['google-vertex/us-east5', ['vertex-us']],
    ['google-vertex/us-central1', ['google-vertex/us-central1']],
    ['google-vertex/special', ['vertex-special']],
    ['openai', ['openai/m']],
    ['openai/priority', ['fast']],
    ['together', ['together']],
    ['togetherai', ['together']],
    ['OpenAI', []],
    ['nobody', []],
  ])('allow by the slug %s what it names and nothing else', (slug, expected) => {
    expect(left(`allowed_providers: [${slug}]`)).toEqual(expected);
  });

  it.each([
    ['google-vertex', ['openai/m', 'fast', 'together']],
    ['google-vertex/us-east5', ALL.filter((id) => id !== 'vertex-us')],
    ['google-vertex/us-central1', ALL.filter((id) => !id.includes('central'))],
    ['OPENAI', ALL.filter((id) => id !== 'openai/m' && id !== 'fast')],
    ['openai/priority', ALL.filter((id) => id !== 'fast')],
    ['together', ALL.filter((id) => id !== 'together')],
  ])('ignore by the slug %s, and by a bare one the service tiers, too', (slug, expected) => {
    expect(left(`ignored_providers: [${slug}]`)).toEqual(expected);
  });

  it.each([
    ['together', ['togetherai/flex', 'together/flex']],
    ['TogetherAI', ['togetherai/flex', 'together/flex']],
    ['fireworks/turbo', ['fireworks-ai/turbo']],
  ])('ignore %s under every name of the provider, with a suffix, too', (slug, expected) => {
    const ids = ['togetherai/flex', 'together/flex', 'fireworks-ai/turbo'];
    const catalog = nativeCatalog(ids.map((id) => ({ id, targets: [{ id, model: 'a/m' }] })));
    const settings = accountText(`ignored_providers: [${slug}]`);
    const { verdicts } = decideBoth({ catalog, settings }, { model: 'a/m' });
    expect(verdicts.filter(({ eligible }) => !eligible).map(({ ref }) => ref)).toEqual(expected);
  });

  it('take the bare slug for the provider as a whole, and never a slug with a suffix', () => {
    const { lists } = policyOf(accountText('allowed_providers: [deepinfra, deepinfra/turbo]'));
    expect(lists.map(shortList)).toEqual([
      'provider allow: deepinfra deepinfra/turbo deepinfra+turbo deepinfra+turbo deepinfra+deepinfra/turbo',
    ]);
  });
});

describe('lists of models', () => {
  it.each([
    ['google/gemini', ['vertex', 'vertex-us', 'google-vertex/us-central1', 'vertex-special']],
    ['google/gemini:free', ['together']],
    ['openai/gpt-5', ['openai/m']],
    [
      "'google/*'",
      ['vertex', 'vertex-us', 'google-vertex/us-central1', 'vertex-special', 'together'],
    ],
    ['other/gpt-5', []],
    // A bare name at an author's own service may be anybody's model, and so may one that has an author.
    ["'openai/*'", []],
  ])('allow %s by its full name, and the bare name at its author only', (name, expected) => {
    expect(left(`allowed_models: [${name}]`)).toEqual(expected);
  });

  it.each([
    ['google/gemini', ['openai/m', 'fast']],
    ['openai/gpt-5', ALL.filter((id) => id !== 'openai/m' && id !== 'fast')],
    ["'google/*'", ['openai/m', 'fast']],
    ["'openai/*'", ALL.filter((id) => id !== 'openai/m')],
    ['google/gemini:free', ALL.filter((id) => id !== 'together')],
  ])('ignore %s under its bare name everywhere, with all its variants', (name, expected) => {
    expect(left(`ignored_models: [${name}]`)).toEqual(expected);
  });
});

describe('lists of guardrails and account', () => {
  const both = (...allowed: readonly string[]): string =>
    [
      accountText('allowed_providers: [openai, together]'),
      '  guardrails:',
      ...allowed.map(
        (names, index) => `    - { name: g${String(index)}, allowed_providers: ${names} }`,
      ),
    ].join('\n');

  it.each([
    [['[openai, google-vertex]'], ['openai/m']],
    [['[openai, together]', '[together]'], ['together']],
    [['[openai]', '[together]'], []],
    [['[]'], ['openai/m', 'together']],
  ])('intersect: %j', (allowed, expected) => {
    const settings = both(...allowed);
    expect(leftBy(decideBoth({ catalog: CATALOG, settings }, { model: 'google/gemini' }))).toEqual(
      expected,
    );
  });

  it('have the statuses that OpenRouter documents', () => {
    expect(policyOf(accountText('zdr: true')).block).toEqual({
      status: 404,
      wording: 'openrouter',
    });
    expect(policyOf(guardrailText('enforce_zdr: true')).block).toEqual({
      status: 403,
      wording: 'openrouter',
    });
  });
});
