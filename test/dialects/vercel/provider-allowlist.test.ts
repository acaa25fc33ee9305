import { VERCEL_PROVIDERS } from '../../../src/dialects/vercel/provider-names';
import { leftBy } from '../support/beside-catalog';
import {
  catalogText,
  decideBoth,
  findingsOf,
  parseSettings,
  policyOf,
  shortList,
  teamText,
} from './support';

const KNOWN = ['as_of: 2026-06-01', 'providers: [openai, azure, deepseek]'];

/** The refs that are left of a catalog whose providers claim nothing. */
function eligible(settings: string, providers: readonly string[]): readonly string[] {
  const catalog = catalogText(Object.fromEntries(providers.map((id) => [id, {}])));
  return leftBy(decideBoth({ catalog, settings }, { model: 'm' }));
}

describe('the provider allowlist', () => {
  it('is what is enabled', () => {
    const { lists } = policyOf('allowlist_on: true', 'enabled: [openai, bedrock]');
    expect(lists.map(shortList)).toEqual(['provider allow: openai bedrock']);
    expect(lists[0]?.position).toMatchObject({ line: 4, column: 5 });
    expect(lists[0]?.entries[1]?.position).toMatchObject({ line: 4, column: 23 });
  });

  it('is what was known and is not disabled; what is disabled stays off under any name', () => {
    const { lists } = policyOf('allowlist_on: true', 'disabled: [azure]', ...KNOWN);
    expect(lists.map(shortList)).toEqual([
      'provider allow: openai deepseek',
      'provider deny: azure',
    ]);
  });

  it('lets through what was known and keeps out what came later', () => {
    const settings = teamText('allowlist_on: true', 'disabled: [azure]', ...KNOWN);
    expect(eligible(settings, ['openai', 'azure', 'deepseek', 'new'])).toEqual([
      'openai/m',
      'deepseek/m',
    ]);
  });

  it('allows all that was known where nothing is disabled', () => {
    const text = teamText('allowlist_on: true', 'disabled: []', ...KNOWN);
    expect(findingsOf(text)).toEqual([]);
    expect(eligible(text, ['openai', 'new'])).toEqual(['openai/m']);
  });

  it('means providers by Vercel’s slugs, whatever the catalog calls them', () => {
    const settings = teamText('allowlist_on: true', 'enabled: [bedrock, vertex, fireworks]');
    const ids = ['amazon-bedrock', 'google-vertex', 'fireworks-ai', 'google'];
    expect(eligible(settings, ids)).toEqual([
      'amazon-bedrock/m',
      'google-vertex/m',
      'fireworks-ai/m',
    ]);
  });

  it('is exact: another case is another name', () => {
    expect(eligible(teamText('allowlist_on: true', 'enabled: [OpenAI]'), ['openai'])).toEqual([]);
  });

  it.each([[['enabled: []']], [['disabled: [openai, azure, deepseek]', ...KNOWN]]])(
    'that leaves nothing on blocks everything, and lint says so: %j',
    (lines) => {
      const text = teamText('allowlist_on: true', ...lines);
      expect(findingsOf(text)).toEqual(['warning list_allows_nothing 4:5']);
      expect(eligible(text, ['openai', 'azure', 'deepseek', 'new'])).toEqual([]);
    },
  );

  it.each([[['enabled: [openai]']], [['disabled: [azure]', ...KNOWN]]])(
    'that is off restricts nothing, and lint says so: %j',
    (lines) => {
      const text = teamText('allowlist_on: false', ...lines);
      expect(findingsOf(text)).toEqual([
        'warning policy_requires_nothing 2:3',
        'warning list_switched_off 4:5',
      ]);
      expect(eligible(text, ['openai', 'azure', 'new'])).toEqual(['openai/m', 'azure/m', 'new/m']);
    },
  );

  it.each([
    [['allowlist_on: true'], ['error missing_key 2:3']],
    [['enabled: [openai]'], ['error missing_key 2:3']],
    [['disabled: [azure]', ...KNOWN], ['error missing_key 2:3']],
    [['allowlist_on: on', 'enabled: [openai]'], ['error yaml_1_1_boolean 3:19']],
    [['allowlist_on: true', 'enabled: openai'], ['error wrong_type 4:14']],
    [['allowlist_on: true', 'enabled:'], ['error null_value 4:5']],
    [['allowlist_on: true', 'enabled: [1]'], ['error wrong_type 4:15']],
    [['allowlist_on: true', "enabled: ['*']"], ['error invalid_text 4:15']],
    [['allowlist_on: true', "enabled: ['openai*']"], ['error invalid_text 4:15']],
    [['allowlist_on: true', 'enabled: [openai/gpt-5]'], ['error invalid_text 4:15']],
    [['allowlist_on: true', 'enabled: [openai, openai]'], ['error duplicate_item 4:23']],
    [['allowlist_on: true', 'enabled: [openai, OpenAI]'], ['error duplicate_item 4:23']],
    [['allowlist_on: true', 'enabled: [vertex, google-vertex]'], ['error duplicate_item 4:23']],
    [
      ['allowlist_on: true', 'enabled: [openai]', 'disabled: [azure]', ...KNOWN],
      ['error contradiction 2:3'],
    ],
    [['allowlist_on: true', 'enabled: [openai]', 'as_of: 2026-06-01'], ['error missing_key 2:3']],
    [['allowlist_on: true', 'enabled: [openai]', 'providers: [a]'], ['error missing_key 2:3']],
    [
      ['allowlist_on: true', 'disabled: [azure]'],
      ['error missing_key 2:3', 'error missing_key 2:3'],
    ],
    [['allowlist_on: true', 'disabled: [azure]', 'providers: [azure]'], ['error missing_key 2:3']],
    [
      ['allowlist_on: true', 'disabled: []', 'as_of: 2026-06-01', 'providers: []'],
      ['error empty_list 6:16'],
    ],
    [
      ['allowlist_on: true', 'disabled: []', 'as_of: June', 'providers: [a]'],
      ['error invalid_text 5:12'],
    ],
    [
      ['allowlist_on: true', 'disabled: []', 'as_of: 2026-02-30', 'providers: [a]'],
      ['error invalid_text 5:12'],
    ],
    [['allowlist_on: true', 'disabled: [azur]', ...KNOWN], ['error unknown_value 4:16']],
    [['allowlist_on: false', 'disabled: [azur]', ...KNOWN], ['error unknown_value 4:16']],
  ])('is read strictly: %j', (lines, expected) => {
    const text = teamText(...lines);
    expect(findingsOf(text).filter((each) => each.startsWith('error'))).toEqual(expected);
    expect(parseSettings(text).document).toBeUndefined();
  });

  it('proposes the provider that a misspelt one was to disable', () => {
    const text = teamText('allowlist_on: true', 'disabled: [deepseak]', ...KNOWN);
    const [finding] = parseSettings(text).findings;
    expect(finding?.suggestion?.replacement).toBe('deepseek');
    expect(finding?.message).toBe(
      '`vercel.team.disabled` names `deepseak`, which `vercel.team.providers` does not',
    );
  });

  it('takes two names of one provider for the same one', () => {
    const lines = ['allowlist_on: true', 'disabled: [amazon-bedrock]', 'as_of: 2026-06-01'];
    const { lists } = policyOf(...lines, 'providers: [bedrock, openai]');
    expect(lists.map(shortList)).toEqual([
      'provider allow: openai',
      'provider deny: amazon-bedrock',
    ]);
  });
});

describe('the table of providers', () => {
  it('gives each slug one id, and no two slugs the same', () => {
    expect(VERCEL_PROVIDERS.size).toBeGreaterThan(40);
    expect(new Set(VERCEL_PROVIDERS.values()).size).toBe(VERCEL_PROVIDERS.size);
    expect(VERCEL_PROVIDERS.get('bedrock')).toBe('amazon-bedrock');
    expect(VERCEL_PROVIDERS.get('deepseek')).toBe('deepseek');
  });
});
