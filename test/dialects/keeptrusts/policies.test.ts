import { shortFindings } from '../support/findings';
import { documentOf, packText, parsePack } from './support';

/** The requirements of a policy with these settings, each with the column-free line it stands on. */
function requirementsOf(settings: string): readonly unknown[] {
  const policy = `policy:\n  data-routing-policy: {${settings}}`;
  return (documentOf(packText({ policy })).policies[0]?.requirements ?? []).map(({ rule }) => rule);
}

describe('the data-routing-policy', () => {
  it.each([
    ['require_zero_data_retention: true', { kind: 'require_zero_data_retention' }],
    ['require_no_training: true', { kind: 'require_no_training' }],
    ['max_retention_days: 0', { kind: 'max_retention_days', days: 0 }],
    ['max_retention_days: 30', { kind: 'max_retention_days', days: 30 }],
    ['require_in_memory_only: true', { kind: 'require_in_memory_only' }],
    ['require_tokenized_input_support: true', { kind: 'require_tokenized_input_support' }],
    ['allow_internet_egress: false', { kind: 'deny_internet_egress' }],
    ['local_only_processing: true', { kind: 'local_only_processing' }],
  ])('demands by %s', (settings, rule) => {
    expect(requirementsOf(settings)).toEqual([rule]);
  });

  it('states nothing by the documented defaults', () => {
    const settings =
      'require_zero_data_retention: false, require_no_training: false, require_in_memory_only: false, ' +
      'require_tokenized_input_support: false, allow_internet_egress: true, local_only_processing: false';
    expect(requirementsOf(settings)).toEqual([]);
  });

  it.each([
    ['', 'enforce', true],
    ['on_no_compliant_provider: block', 'enforce', true],
    ['on_no_compliant_provider: warn', 'warn', true],
    ['log_provider_selection: false', 'enforce', false],
  ])('reads its other settings: %j', (settings, mode, logSelection) => {
    const policy = `policy:\n  data-routing-policy: {require_no_training: true, ${settings}}`;
    expect(documentOf(packText({ policy })).policies).toMatchObject([{ mode, logSelection }]);
  });

  it('points at the key of each requirement', () => {
    const [policy] = documentOf(packText()).policies;
    expect(policy?.position).toMatchObject({ line: 13, column: 3 });
    expect(policy?.requirements[0]?.position).toMatchObject({ line: 14, column: 5 });
  });

  it.each([
    ['reqire_no_training: true', 'error unknown_key'],
    ['require_no_training: "true"', 'error quoted_boolean'],
    ['require_no_training: 1', 'error wrong_type'],
    ['max_retention_days: -1', 'error negative_number'],
    ['max_retention_days: none', 'error wrong_type'],
    ['max_retention_days:', 'error null_value'],
    ['on_no_compliant_provider: allow', 'error unknown_value'],
  ])('is read strictly: %s', (settings, expected) => {
    const policy = `policy:\n  data-routing-policy: {${settings}}`;
    const { document, findings } = parsePack(packText({ policy }));
    expect(document).toBeUndefined();
    expect(shortFindings(findings)).toEqual([expect.stringContaining(expected)]);
  });

  it('never proposes `warn` for a misspelt action', () => {
    const policy = 'policy:\n  data-routing-policy: {on_no_compliant_provider: wran}';
    expect(parsePack(packText({ policy })).findings[0]).not.toHaveProperty('suggestion');
  });

  it('is proposed the misspelt key', () => {
    const policy = 'policy:\n  data-routing-policy: {reqire_no_training: true}';
    const { findings } = parsePack(packText({ policy }));
    expect(findings[0]?.suggestion?.replacement).toBe('require_no_training');
  });
});

describe('the chain', () => {
  it('runs only what it names', () => {
    const { document, findings } = parsePack(packText({ chain: '[audit-logger]' }));
    expect(document?.policies).toEqual([]);
    expect(shortFindings(findings)).toEqual(['warning policy_not_in_chain 13:3']);
  });

  it('finds mistakes in what it does not run', () => {
    const policy = 'policy:\n  data-routing-policy: {reqire_no_training: true}';
    const { document, findings } = parsePack(packText({ chain: '[audit-logger]', policy }));
    expect(document).toBeUndefined();
    expect(shortFindings(findings)).toContain('error unknown_key 13:25');
  });

  it('runs an unconfigured policy by its defaults, which require nothing', () => {
    const { document, findings } = parsePack(packText({ policy: '', rest: '' }));
    expect(document?.policies).toMatchObject([
      { requirements: [], mode: 'enforce', logSelection: true },
    ]);
    expect(shortFindings(findings)).toEqual(['warning policy_not_configured 11:11']);
  });

  it('says so where a configured policy requires nothing', () => {
    const policy = 'policy:\n  data-routing-policy: {require_no_training: false}';
    expect(shortFindings(parsePack(packText({ policy })).findings)).toEqual([
      'warning policy_requires_nothing 13:3',
    ]);
  });

  it('leaves policies on content to the gateway, with their settings', () => {
    const { document, findings } = parsePack(
      packText({
        chain: '[pii-detector, data-routing-policy, dlp-filter]',
        policy:
          'policy:\n  data-routing-policy: {require_no_training: true}\n  pii-detector: {action: redact}\n  rbac: {}',
      }),
    );
    expect(document?.policies).toHaveLength(1);
    expect(shortFindings(findings)).toEqual([
      'info content_policy 11:11',
      'info content_policy 11:46',
      'info content_policy 15:3',
    ]);
  });

  it.each([
    'data-routing-polcy',
    'data_routing_policy',
    'Data-Routing-Policy',
    'data-routing',
    'audit-loger',
  ])('never takes the misspelt %s for a policy that it does not know', (kind) => {
    const chained = parsePack(packText({ chain: `[${kind}]` }));
    expect(chained.document).toBeUndefined();
    expect(shortFindings(chained.findings)).toContain('error unknown_policy_kind 11:11');
    const configured = parsePack(
      packText({ policy: `policy:\n  ${kind}: {require_no_training: true}` }),
    );
    expect(configured.document).toBeUndefined();
    expect(shortFindings(configured.findings)).toContain('error unknown_policy_kind 13:3');
  });

  it.each([
    [{ chain: '[data-routing-policy, novel-thing]' }, '11:32'],
    [{ policy: 'policy:\n  novel-thing: {}' }, '13:3'],
    [{ policy: 'policy:\n  safety-filtr: {}' }, '13:3'],
  ])('refuses policies that nothing is known of: %j', (parts, at) => {
    const { document, findings } = parsePack(packText(parts));
    expect(document).toBeUndefined();
    expect(shortFindings(findings)).toEqual([`error unknown_policy_kind ${at}`]);
    expect(findings[0]).not.toHaveProperty('suggestion');
  });

  it('that names nothing which restricts targets is reported', () => {
    const { document, findings } = parsePack(packText({ chain: '[audit-logger]', policy: '' }));
    expect(document?.policies).toEqual([]);
    expect(shortFindings(findings)).toEqual(['info no_routing_policy 11:3']);
  });

  it('names each policy once', () => {
    const { findings } = parsePack(packText({ chain: '[audit-logger, audit-logger]' }));
    expect(shortFindings(findings)).toContain('error duplicate_item 11:25');
  });
});

describe('the blocks of `policy`', () => {
  const NESTED = 'x]\n  policy:\n    data-routing-policy: {require_no_training: true}';

  it('may stand in `policies`', () => {
    const text = packText({ chain: NESTED.replace('x]', '[data-routing-policy]'), policy: '' });
    expect(documentOf(text).policies[0]?.requirements).toHaveLength(1);
  });

  it('cannot stand in both places', () => {
    const text = packText({ chain: NESTED.replace('x]', '[data-routing-policy]') });
    const { document, findings } = parsePack(text);
    expect(document).toBeUndefined();
    expect(findings).toMatchObject([{ severity: 'error', code: 'contradiction' }]);
    expect(findings[0]?.related).toHaveLength(1);
  });
});

describe('the settings of policies on content', () => {
  it.each([
    ['{data-routing-policy: {require_no_training: true}}', 'data-routing-policy'],
    ['{require_no_training: true}', 'require_no_training'],
    ['{rules: [{max_retention_days: 0}]}', 'max_retention_days'],
    ['{audit-logger: {}}', 'audit-logger'],
  ])('hide nothing that restricts targets: %s', (settings, key) => {
    const { document, findings } = parsePack(
      packText({ policy: `policy:\n  pii-detector: ${settings}` }),
    );
    expect(document).toBeUndefined();
    const [misplaced] = findings.filter(({ severity }) => severity === 'error');
    expect(misplaced?.code).toBe('misplaced_key');
    expect(misplaced?.message).toContain(`\`${key}\``);
  });

  it('are otherwise not looked at', () => {
    const policy = 'policy:\n  pii-detector: {a: [1, {b: yes}], retention_days: -1}';
    expect(parsePack(packText({ policy })).document).toBeDefined();
  });
});

describe('what has no meaning for eligibility', () => {
  const SECTIONS = 'logging: {redact_message_bodies: true}\nhistory: {enabled: false}\ncache: {}';

  it('may stand at the top level, and not in two places', () => {
    const { document, findings } = parsePack(packText({ rest: SECTIONS }));
    expect(document).toBeDefined();
    expect(findings.map(({ code }) => code)).toEqual(
      Array.from({ length: 3 }, () => 'no_meaning_for_eligibility'),
    );
    const twice = parsePack(packText({ rest: SECTIONS, providers: '  cache: {}' }));
    expect(twice.document).toBeUndefined();
    expect(shortFindings(twice.findings)).toContain('error contradiction 18:1');
  });

  it('is accepted and listed', () => {
    const { document, findings } = parsePack(
      packText({
        providers:
          '  logging: {redact_message_bodies: true, redact_api_keys: false}\n  history: {enabled: true}\n  cache: {enabled: true}',
        policy:
          'policy:\n  data-routing-policy: {require_no_training: true}\n  audit-logger: {immutable: true, retention_days: 365, log_all_access: false}',
      }),
    );
    expect(document).toBeDefined();
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(
      Array.from({ length: 4 }, () => 'info no_meaning_for_eligibility'),
    );
  });

  it.each([
    [{ providers: '  logging: {redact: true}' }],
    [{ providers: '  history: {enabled: 1}' }],
    [{ providers: '  cache: {ttl: 1}' }],
    [{ providers: '  loging: {}' }],
    [{ policy: 'policy:\n  audit-logger: {retention_days: -1}' }],
    [{ policy: 'policy:\n  audit-logger: {immutible: true}' }],
  ])('is read strictly: %j', (parts) => {
    const { document, findings } = parsePack(packText(parts));
    expect(document).toBeUndefined();
    expect(findings.filter(({ severity }) => severity === 'error')).toHaveLength(1);
  });
});
