import { leftBy } from '../support/beside-catalog';
import { nativeCatalog } from '../support/documents';
import {
  catalogText,
  decideBoth,
  findingsOf,
  parseSettings,
  policyOf,
  shortList,
  teamText,
} from './support';

/** The rules of a team, with the lines at which they stand. */
function rulesOf(...lines: readonly string[]): readonly unknown[] {
  return policyOf(...lines).requirements.map(({ rule, position }) => [rule, position.line]);
}

describe('zero data retention and training on prompts', () => {
  it('zero data retention demands that nobody trains, too', () => {
    expect(rulesOf('zdr: true')).toEqual([
      [{ kind: 'require_zero_data_retention' }, 3],
      [{ kind: 'require_no_training' }, 3],
    ]);
  });

  it('each rule stands once', () => {
    expect(rulesOf('disallow_prompt_training: true', 'zdr: true')).toEqual([
      [{ kind: 'require_zero_data_retention' }, 4],
      [{ kind: 'require_no_training' }, 4],
    ]);
  });

  it('training alone demands nothing of retention', () => {
    expect(rulesOf('disallow_prompt_training: true')).toEqual([
      [{ kind: 'require_no_training' }, 3],
    ]);
  });

  it('a key of the customer’s own needs a statement of its own', () => {
    const catalog = nativeCatalog([
      {
        id: 'openai',
        claims: { zero_data_retention: true, training_opt_out: true },
        credentials: [
          { id: 'system', owner: 'operator' },
          { id: 'byok', owner: 'customer' },
          {
            id: 'marked',
            owner: 'customer',
            claims: { zero_data_retention: true, training_opt_out: true },
          },
        ],
        targets: ['system', 'byok', 'marked'].map((credential) => ({
          id: credential,
          model: 'm',
          credential,
        })),
      },
    ]);
    const left = (line: string): readonly string[] =>
      leftBy(decideBoth({ catalog, settings: teamText(line) }, { model: 'm' }));
    expect(left('zdr: true')).toEqual(['system', 'marked']);
    expect(left('disallow_prompt_training: true')).toEqual(['system', 'marked']);
  });
});

describe('provider headquarters', () => {
  it.each([
    ['headquarters: {allow: [US, de]}', { allow: ['US', 'DE'] }],
    ['headquarters: {deny: [CN]}', { deny: ['CN'] }],
  ])('are a list that allows or one that denies: %s', (line, lists) => {
    expect(rulesOf(line)).toEqual([[{ kind: 'headquarters', ...lists }, 3]]);
  });

  it('a provider without a country on record gets nothing, even where few are excluded', () => {
    const catalog = catalogText({
      openai: { headquarters: ['US'] },
      deepseek: { headquarters: ['CN'] },
      unknown: {},
    });
    const settings = teamText('headquarters: {deny: [CN]}');
    const left = leftBy(decideBoth({ catalog, settings }, { model: 'm' }));
    expect(left).toEqual(['openai/m']);
  });

  it.each([
    ['headquarters: {}', 'error missing_key 3:5'],
    ['headquarters: US', 'error wrong_type 3:19'],
    ['headquarters: {allow: []}', 'error empty_list 3:27'],
    ['headquarters: {deny: []}', 'error empty_list 3:26'],
    ['headquarters: {allow: [US], deny: [CN]}', 'error contradiction 3:5'],
    ['headquarters: {allow: [eu]}', 'error unknown_value 3:28'],
    ['headquarters: {allow: [global]}', 'error unknown_value 3:28'],
    ['headquarters: {allow: [USA]}', 'error unknown_value 3:28'],
    ['headquarters: {allow: [US, us]}', 'error duplicate_item 3:32'],
    ['headquarters: {alow: [US], deny: [CN]}', 'error unknown_key 3:20'],
  ])('are read strictly: %s', (line, expected) => {
    const text = teamText(line);
    expect(findingsOf(text)).toEqual([expected]);
    expect(parseSettings(text).document).toBeUndefined();
  });

  it('propose the country that was meant', () => {
    const { findings } = parseSettings(teamText('headquarters: {allow: [USA]}'));
    expect(findings[0]?.suggestion?.replacement).toBe('US');
  });
});

describe('the model allowlist', () => {
  it('names models in full, and as their creator serves them', () => {
    const { lists } = policyOf('model_allowlist: [openai/gpt-5]');
    expect(lists.map(shortList)).toEqual(['model allow: openai/gpt-5 openai/gpt-5']);
    expect(lists[0]?.entries.map(({ pattern }) => pattern)).toEqual([
      { model: 'openai/gpt-5' },
      { provider: 'openai', model: 'gpt-5' },
    ]);
  });

  it('lets nothing through by a bare name that another provider gives a model', () => {
    const catalog = nativeCatalog([
      { id: 'openai', targets: [{ model: 'gpt-5', serves: ['openai/gpt-5'] }] },
      { id: 'azure', targets: [{ model: 'openai/gpt-5' }] },
      { id: 'other', targets: [{ model: 'gpt-5', serves: ['openai/gpt-5'] }] },
    ]);
    const settings = teamText('model_allowlist: [openai/gpt-5]');
    const left = leftBy(decideBoth({ catalog, settings }, { model: 'openai/gpt-5' }));
    expect(left).toEqual(['openai/gpt-5', 'azure/openai/gpt-5']);
  });

  it('that is empty blocks everything, and lint says so', () => {
    const settings = teamText('model_allowlist: []');
    expect(findingsOf(settings)).toEqual(['warning list_allows_nothing 3:5']);
    const catalog = catalogText({ openai: {} });
    expect(decideBoth({ catalog, settings }, { model: 'm' }).outcome).toBe('block');
  });

  it.each([
    ['model_allowlist: [gpt-5]', 'error invalid_text 3:23'],
    ["model_allowlist: ['openai/*']", 'error invalid_text 3:23'],
    ["model_allowlist: ['*/gpt-5']", 'error invalid_text 3:23'],
    ['model_allowlist: [/gpt-5]', 'error invalid_text 3:23'],
    ['model_allowlist: [openai/]', 'error invalid_text 3:23'],
    ['model_allowlist: openai/gpt-5', 'error wrong_type 3:22'],
    ['model_allowlist: [a/b, a/b]', 'error duplicate_item 3:28'],
    ['model_allowlist: true', 'error wrong_type 3:22'],
  ])('is read strictly: %s', (line, expected) => {
    const text = teamText(line);
    expect(findingsOf(text)).toEqual([expected]);
    expect(parseSettings(text).document).toBeUndefined();
  });
});
