import {
  catalogText,
  eligibleOf,
  findingsOf,
  parseSettings,
  partText,
  policyOf,
  policyText,
} from './support';

/** The rules of a policy, with the lines at which they stand. */
function rulesOf(...lines: readonly string[]): readonly unknown[] {
  return policyOf(policyText(...lines)).requirements.map(({ rule, position }) => [
    rule,
    position.line,
  ]);
}

const NOT_STEALTH = { kind: 'labels', labels: new Map([['stealth', 'false']]) };

describe('a switch of the policy', () => {
  it.each([
    ['requireSoc2', [{ kind: 'soc2' }]],
    ['requireSoc2Type2', [{ kind: 'soc2_type2' }]],
    ['requireIso27001', [{ kind: 'iso27001' }]],
    ['requireSoc2OrIso27001', [{ kind: 'soc2_or_iso27001' }]],
    ['requireGdpr', [{ kind: 'gdpr' }]],
    ['blockApiTraining', [{ kind: 'require_no_training' }]],
    ['blockPromptLogging', [{ kind: 'no_prompt_logging' }]],
    ['zeroDataRetention', [{ kind: 'no_prompt_logging' }, { kind: 'max_retention_days', days: 0 }]],
    ['blockStealthProviders', [NOT_STEALTH]],
  ])('%s demands what it is documented to', (key, rules) => {
    expect(rulesOf(`${key}: true`)).toEqual(rules.map((rule) => [rule, 4]));
  });

  it('demands nothing where it is off, and each rule stands once', () => {
    expect(
      rulesOf('requireGdpr: false', 'zeroDataRetention: true', 'blockPromptLogging: true'),
    ).toEqual([
      [{ kind: 'no_prompt_logging' }, 6],
      [{ kind: 'max_retention_days', days: 0 }, 5],
    ]);
  });

  it('is met only by what states it', () => {
    const catalog = catalogText({
      type2: { soc2: 'type2' },
      type1: { soc2: 'type1' },
      none: { soc2: 'none' },
      silent: {},
      iso: { iso27001: true },
    });
    const left = (line: string): readonly string[] =>
      eligibleOf({ catalog, settings: policyText(line) }, { model: 'm' });
    expect(left('requireSoc2: true')).toEqual(['type2/m', 'type1/m']);
    expect(left('requireSoc2Type2: true')).toEqual(['type2/m']);
    expect(left('requireSoc2OrIso27001: true')).toEqual(['type2/m', 'iso/m']);
  });

  it('zero data retention is no logging and a retention of nothing', () => {
    const catalog = catalogText({
      both: { prompt_logging: false, retention_days: 0 },
      day: { prompt_logging: false, retention_days: 1 },
      unknown: { prompt_logging: false },
      logs: { prompt_logging: true, retention_days: 0 },
      claimed: { zero_data_retention: true },
    });
    const settings = policyText('zeroDataRetention: true');
    expect(eligibleOf({ catalog, settings }, { model: 'm' })).toEqual(['both/m']);
  });
});

describe('countries and residency', () => {
  it.each([
    ['allowedCountries: [US, de]', { kind: 'headquarters', allow: ['US', 'DE'] }],
    ['dataResidency: eu', { kind: 'processing_regions', regions: ['eu'] }],
    ['dataResidency: EU', { kind: 'processing_regions', regions: ['eu'] }],
    ['dataResidency: us', { kind: 'processing_regions', regions: ['US'] }],
  ])('are read: %s', (line, rule) => {
    expect(rulesOf(line)).toEqual([[rule, 4]]);
  });

  it.each([
    ['allowedCountries: [USA]', ['error unknown_value 4:24']],
    ['allowedCountries: [eu]', ['error unknown_value 4:24']],
    ['allowedCountries: [DE, de]', ['error duplicate_item 4:28']],
    ['allowedCountries: DE', ['error wrong_type 4:23']],
    ['dataResidency: global', ['error unknown_value 4:20']],
    ['dataResidency: europe', ['error unknown_value 4:20']],
    ['dataResidency: [eu]', ['error wrong_type 4:20']],
    ['dataResidency: ""', ['error empty_text 4:20']],
  ])('are names that there are: %s', (line, expected) => {
    expect(findingsOf(policyText(line))).toEqual(expected);
  });

  it('propose what was meant', () => {
    const replacement = (line: string): string | undefined =>
      parseSettings(policyText(line)).findings[0]?.suggestion?.replacement;
    expect(replacement('allowedCountries: [UK]')).toBe('GB');
    expect(replacement('dataResidency: europe')).toBe('eu');
    expect(replacement('allowedCountries: [europe]')).toBeUndefined();
  });

  it('seats never count for residency', () => {
    const catalog = catalogText({
      seat: { headquarters: ['DE'] },
      inside: { processing_regions: ['DE'] },
      everywhere: { processing_regions: ['global'] },
    });
    const settings = policyText('dataResidency: eu');
    expect(eligibleOf({ catalog, settings }, { model: 'm' })).toEqual(['inside/m']);
  });
});

describe('a policy that names no condition', () => {
  it.each([
    [[]],
    [['requireSoc2: false']],
    [['allowedProviders: []', 'blockedModels: []']],
    [['allowedCountries: []']],
  ])('keeps out stealth providers, and lint says so: %j', (lines) => {
    expect(policyOf(policyText(...lines)).requirements.map(({ rule }) => rule)).toEqual([
      NOT_STEALTH,
    ]);
    expect(findingsOf(policyText(...lines))).toContain('warning policy_requires_nothing 2:3');
  });

  it('lets everything pass only where that is written', () => {
    const text = policyText('blockStealthProviders: false');
    expect(policyOf(text)).toMatchObject({ lists: [], requirements: [] });
    expect(findingsOf(text)).toEqual(['warning policy_requires_nothing 2:3']);
  });

  it('is none where it has a list', () => {
    expect(policyOf(policyText('blockedProviders: [xai]')).requirements).toEqual([]);
  });

  it('lets through who is disclosed', () => {
    const catalog = catalogText({
      open: { labels: { stealth: 'false' } },
      hidden: { labels: { stealth: 'true' } },
      silent: {},
    });
    const files = { catalog, settings: policyText() };
    expect(eligibleOf(files, { model: 'm' })).toEqual(['open/m']);
  });

  it('that is switched off counts as a policy without requirements, and lint says so', () => {
    const text = partText('policy', 'enabled: false', 'requireSoc2: true', 'blockedModels: [m]');
    expect(policyOf(text)).toMatchObject({ lists: [], requirements: [] });
    expect(findingsOf(text)).toEqual(['warning policy_requires_nothing 2:3']);
    expect(
      eligibleOf({ catalog: catalogText({ any: {} }), settings: text }, { model: 'm' }),
    ).toEqual(['any/m']);
  });

  it('that has an error is not said to restrict nothing', () => {
    const text = partText('policy', 'enabled: false', 'requireSoc: true');
    expect(findingsOf(text)).toEqual(['error unknown_key 4:5']);
  });
});
