import { catalogText, decideBoth, findingsOf, parseSettings, policyText } from './support';

/** A file with one custom provider and, where it is given, its attestation. */
function customText(attestation?: string, ...policy: readonly string[]): string {
  const stated = attestation === undefined ? '' : `, attestation: ${attestation}`;
  return `${policyText(...policy)}\n  customProviders:\n    - {name: acme${stated}}`;
}

/** What is declared of the custom provider, as `claim: value`. */
function claimsOf(attestation: string): readonly string[] {
  const { document } = parseSettings(customText(attestation, 'requireGdpr: true'));
  const claims = document?.providers[0]?.claims ?? [];
  return claims.map(({ name, value }) => `${name}: ${JSON.stringify(value)}`);
}

/** Why a model of the custom provider is blocked; undefined where it is not. */
function reasonsOf(settings: string, provider = 'custom:acme'): readonly string[] | undefined {
  const candidate = { ref: 'custom', provider, model: 'big', claims: [] };
  const catalog = catalogText({ openai: {} });
  const [verdict] = decideBoth({ catalog, settings }, { model: 'big' }, [candidate]).verdicts;
  if (verdict === undefined || verdict.eligible) return undefined;
  return verdict.reasons.map(({ code, requirement }) => `${code} ${requirement}`.trim());
}

describe('the attestation of a custom provider', () => {
  it('becomes claims that are declared', () => {
    const text = customText('{soc2: 2}', 'requireSoc2: true');
    expect(parseSettings(text).document?.providers).toMatchObject([
      {
        id: 'custom:acme',
        aliases: [],
        models: 'any',
        claims: [
          { name: 'soc2', value: 'type2', assurance: 'declared' },
          { name: 'label:stealth' },
        ],
      },
    ]);
    expect(findingsOf(text)).toEqual([]);
  });

  it.each([
    ['{soc2: 1}', ['soc2: "type1"']],
    ['{soc2: 2}', ['soc2: "type2"']],
    ['{iso27001: true, gdpr: false}', ['iso27001: true', 'gdpr: false']],
    ['{apiTraining: false}', ['training_opt_out: true']],
    ['{apiTraining: true}', ['training_opt_out: false']],
    ['{promptLogging: false}', ['prompt_logging: false']],
    ['{headquarters: us}', ['headquarters: ["US"]']],
    ['{soc2: null, gdpr: null, headquarters: null}', []],
    ['{attestedAt: "2026-01-01", attestedByUserId: u1}', []],
    ['{}', []],
    ['{retentionPeriod: 0 days}', ['retention_days: 0']],
    ['{retentionPeriod: 24 hours}', ['retention_days: 1']],
    ['{retentionPeriod: 25 Hours}', ['retention_days: 2']],
    ['{retentionPeriod: 1 minute}', ['retention_days: 1']],
    ['{retentionPeriod: 1 month}', ['retention_days: 31']],
    ['{retentionPeriod: 2 weeks}', ['retention_days: 14']],
  ])('states what it says, and nothing else: %s', (attestation, expected) => {
    expect(claimsOf(attestation)).toEqual([...expected, 'label:stealth: "false"']);
  });

  it.each(['varies by service', '-1 days', '0', '1.5 days', 'up to 30 days'])(
    'a period that states no days leaves the retention unknown: %s',
    (period) => {
      const text = customText(`{retentionPeriod: "${period}"}`, 'requireGdpr: true');
      expect(findingsOf(text)).toEqual(['warning no_meaning_for_eligibility 6:51']);
      expect(claimsOf(`{retentionPeriod: "${period}"}`)).toEqual(['label:stealth: "false"']);
    },
  );

  it.each([
    ['{soc2: 3}', ['error out_of_range 6:40']],
    ['{soc2: true}', ['error wrong_type 6:40']],
    ['{soc2: type2}', ['error wrong_type 6:40']],
    ['{gdpr: 1}', ['error wrong_type 6:40']],
    ['{headquarters: EU}', ['error unknown_value 6:48']],
    ['{iso27002: true}', ['error unknown_key 6:34']],
    ['[soc2]', ['error wrong_type 6:33']],
  ])('is read strictly: %s', (attestation, expected) => {
    expect(findingsOf(customText(attestation, 'requireGdpr: true'))).toEqual(expected);
  });
});

describe('a custom provider', () => {
  it('passes what it attests', () => {
    const all = '{soc2: 2, promptLogging: false, retentionPeriod: 0 days, headquarters: DE}';
    const lines = ['requireSoc2Type2: true', 'zeroDataRetention: true', 'allowedCountries: [DE]'];
    expect(reasonsOf(customText(all, ...lines, 'blockStealthProviders: true'))).toBeUndefined();
    expect(reasonsOf(customText(all, 'requireGdpr: true'))).toEqual(['claim_unknown gdpr']);
    expect(reasonsOf(customText('{gdpr: false}', 'requireGdpr: true'))).toEqual([
      'claim_contrary gdpr',
    ]);
  });

  it.each([[undefined], ['null']])(
    'is unknown without an attestation, and lint says so: %j',
    (attestation) => {
      const text = customText(attestation);
      expect(findingsOf(text)).toContain('warning target_declares_nothing 5:14');
      expect(parseSettings(text).document?.providers).toEqual([]);
      expect(reasonsOf(text)).toEqual(['unknown_target']);
    },
  );

  it('never speaks for a provider of the catalog', () => {
    const settings = customText('{soc2: 2}', 'requireSoc2: true').replace('acme', 'openai');
    const catalog = catalogText({ openai: {} });
    const { verdicts } = decideBoth({ catalog, settings }, { model: 'm' });
    expect(verdicts.map(({ ref, eligible }) => [ref, eligible])).toEqual([['openai/m', false]]);
  });

  it('is on lists by its name', () => {
    const attested = '{soc2: 2}';
    expect(reasonsOf(customText(attested, 'blockedProviders: [custom:acme]'))).toEqual([
      'provider_denied providers.deny',
    ]);
    expect(reasonsOf(customText(attested, 'blockedModels: [acme/big]'))).toEqual([
      'model_denied models.deny',
    ]);
    expect(reasonsOf(customText(attested, 'blockedModels: [other/big]'))).toBeUndefined();
    expect(reasonsOf(customText(attested, 'allowedModels: [acme/big]'))).toBeUndefined();
    expect(reasonsOf(customText(attested, 'allowedModels: [big]'))).toBeUndefined();
  });

  it.each([
    ['[{name: Acme, attestation: {gdpr: true}}]', ['error invalid_text 5:28']],
    ['[{name: "custom:acme", attestation: {gdpr: true}}]', ['error invalid_text 5:28']],
    ['[{attestation: {gdpr: true}}]', ['error missing_key 5:21']],
    ['[{name: a, attestation: {}}, {name: a, attestation: {}}]', ['error duplicate_item 5:56']],
    ['[{name: a, attestation: {}, plan: x}]', ['error unknown_key 5:48']],
    ['[a]', ['error wrong_type 5:21']],
    ['[]', ['error empty_list 5:20']],
  ])('is read strictly: %s', (list, expected) => {
    const text = `${policyText('requireGdpr: true')}\n  customProviders: ${list}`;
    expect(findingsOf(text)).toEqual(expected);
  });
});
