import type { Claim } from '../../../src/core/model/claim';
import { document, findingsOf, parse } from './support';

/** The claims of a provider whose `claims`, from line 7 on, are those given. */
function provider(lines: string): string {
  const claims = lines.replace(/^(?=.)/gmu, '      ');
  return document('Catalog', `providers:\n  - id: p\n    claims:\n${claims}`);
}

function claimsOf(text: string): readonly Claim[] {
  const { document: read, findings } = parse(text);
  expect(findings).toEqual([]);
  return read?.providers[0]?.claims ?? [];
}

const VALUES: readonly (readonly [line: string, name: string, value: unknown])[] = [
  ['zero_data_retention: true', 'zero_data_retention', true],
  ['training_opt_out: false', 'training_opt_out', false],
  ['prompt_logging: false', 'prompt_logging', false],
  ['retention_days: 0', 'retention_days', 0],
  ['retention_days: 29.1', 'retention_days', 30],
  ['retention_purpose: abuse_monitoring', 'retention_purpose', 'abuse_monitoring'],
  ['in_memory_only: true', 'in_memory_only', true],
  ['accepts_tokenized_input: true', 'accepts_tokenized_input', true],
  ['allow_internet_egress: false', 'allow_internet_egress', false],
  ['local_only_processing: true', 'local_only_processing', true],
  ['analytics_collection: deny', 'analytics_collection', 'deny'],
  ['user_data_collection: allow', 'user_data_collection', 'allow'],
  ['soc2: type2', 'soc2', 'type2'],
  ['soc2: none', 'soc2', 'none'],
  ['iso27001: true', 'iso27001', true],
  ['gdpr: true', 'gdpr', true],
  ['headquarters: [us]', 'headquarters', ['US']],
  ['processing_regions: [EU, us, global]', 'processing_regions', ['eu', 'US', 'global']],
  ['storage_regions: [eea]', 'storage_regions', ['eea']],
  ['nested_gateway: true', 'nested_gateway', 'routes_on'],
  ['nested_gateway: false', 'nested_gateway', 'none'],
  ['nested_gateway: fallback_off', 'nested_gateway', 'fallback_off'],
  ['quantization: fp8', 'quantization', 'fp8'],
  ['price: { prompt: 0.25 }', 'price_prompt', 0.25],
  ['price: { completion: 10 }', 'price_completion', 10],
  ['certifications: { hipaa_baa: true }', 'certification:hipaa_baa', true],
  ['labels: { tier: gold }', 'label:tier', 'gold'],
];

test.each(VALUES)('%s', (line, name, value) => {
  expect(claimsOf(provider(line))).toMatchObject([{ name, value, assurance: 'declared' }]);
});

test('a claim says where it stands, where it comes from and what it covers', () => {
  const lines = [
    'zero_data_retention:',
    '  value: true',
    '  source: https://example.com/zdr',
    '  assurance: contract',
    '  checked_at: 2026-05-01',
    '  expires_at: 2027-01-01T00:00:00+02:00',
    '  apis: [chat_completions, responses]',
    '  features: [store]',
  ];
  expect(claimsOf(provider(lines.join('\n')))).toEqual([
    {
      name: 'zero_data_retention',
      value: true,
      position: { file: 'policy.yaml', line: 8, column: 9, endColumn: 28 },
      evidence: 'https://example.com/zdr',
      assurance: 'contract',
      checkedAtMs: Date.UTC(2026, 4, 1),
      expiresAtMs: Date.UTC(2026, 11, 31, 22),
      apis: ['chat_completions', 'responses'],
      features: ['store'],
    },
  ]);
});

test('evidence founds the claims beside it and none below', () => {
  const text = document(
    'Catalog',
    [
      'providers:',
      '  - id: p',
      '    evidence: { source: s, assurance: audited, checked_at: 2026-05-01, expires_at: 2027-05-01 }',
      '    claims: { gdpr: true, soc2: { value: type2, assurance: declared } }',
      '    targets: [{ model: m, claims: { gdpr: false } }]',
    ].join('\n'),
  );
  const { document: read } = parse(text);
  const founded = {
    evidence: 's',
    checkedAtMs: Date.UTC(2026, 4, 1),
    expiresAtMs: Date.UTC(2027, 4, 1),
  };
  expect(read?.providers[0]?.claims).toMatchObject([
    { name: 'soc2', assurance: 'declared', ...founded },
    { name: 'gdpr', assurance: 'audited', ...founded },
  ]);
  const [below] = read?.targets[0]?.claims ?? [];
  expect(below).toEqual({
    name: 'gdpr',
    value: false,
    assurance: 'declared',
    position: { file: 'policy.yaml', line: 9, column: 39, endColumn: 43 },
  });
});

test('a provider with everything under it, and targets apart', () => {
  const text = document(
    'Catalog',
    `
providers:
  - id: openai
    aliases: [oai]
    models: any
    endpoints: [{ id: eu, base_url: "https://eu.api.openai.com/v1", region: eu }]
    credentials: [{ id: ours, owner: operator }, { id: theirs, owner: customer, claims: { gdpr: true } }]
    targets:
      - { model: gpt-4o, region: eu, endpoint: eu, credential: ours, apis: [responses], serves: [chat] }
      - { id: router, model: auto, reaches: [openai/gpt-4o@eu] }
      - model: mini
        endpoint: { host: api.openai.com, port: 443, path_prefix: /v1, auth: bearer, apis: [embeddings] }
targets:
  - { id: here, provider: local, model: llama, address: { host: "[::1]", port: 8080 } }`,
  );
  const { document: read, findings } = parse(text);
  expect(findings).toEqual([]);
  expect(read?.providers).toMatchObject([{ id: 'openai', aliases: ['oai'], models: 'any' }]);
  expect(read?.endpoints).toMatchObject([
    { id: 'eu', provider: 'openai', baseUrl: 'https://eu.api.openai.com/v1', region: 'eu' },
  ]);
  expect(read?.credentials).toMatchObject([
    { id: 'ours', provider: 'openai', owner: 'operator', claims: [] },
    { id: 'theirs', provider: 'openai', owner: 'customer', claims: [{ name: 'gdpr' }] },
  ]);
  expect(read?.targets).toMatchObject([
    {
      id: 'openai/gpt-4o@eu',
      provider: 'openai',
      model: 'gpt-4o',
      endpoint: 'eu',
      region: 'eu',
      credential: 'ours',
      apis: ['responses'],
      serves: ['chat'],
      claimsStatedOn: 'target',
    },
    { id: 'router', model: 'auto', reaches: ['openai/gpt-4o@eu'] },
    {
      id: 'openai/mini',
      apis: ['embeddings'],
      address: { host: 'api.openai.com', port: 443, pathPrefix: '/v1', auth: 'bearer' },
    },
    { id: 'here', provider: 'local', address: { host: '[::1]', port: 8080 } },
  ]);
});

const MISTAKES: readonly (readonly [name: string, text: string, found: readonly string[]])[] = [
  ['a claim that does not exist', provider('zero_data_retension: true'), ['8:9-28 unknown_key']],
  ['a claim in quotes', provider('gdpr: "false"'), ['8:15-22 quoted_boolean']],
  ['a report that does not exist', provider('soc2: type3'), ['8:15-20 unknown_value']],
  ['a report that is just true', provider('soc2: true'), ['8:15-19 unknown_value']],
  ['days below zero', provider('retention_days: -1'), ['8:25-27 negative_number']],
  ['days in words', provider('retention_days: 30d'), ['8:25-28 wrong_type']],
  ['an empty list of regions', provider('processing_regions: []'), ['8:29-31 empty_list']],
  ['a place that is no region', provider('headquarters: [uk]'), ['8:24-26 unknown_value']],
  ['nesting that is text', provider('nested_gateway: maybe'), ['8:25-30 wrong_type']],
  ['the flat name of a price', provider('price_prompt: 1'), ['8:9-21 unknown_key']],
  [
    'a certification that is text',
    provider('certifications: { hipaa_baa: yes }'),
    ['8:38-41 yaml_1_1_boolean'],
  ],
  ['a long form without a value', provider('gdpr: { source: s }'), ['8:9-13 missing_key']],
  [
    'a long form with a slip',
    provider('gdpr: { value: true, expires: 2027-01-01 }'),
    ['8:30-37 unknown_key'],
  ],
  [
    'a day that the calendar lacks',
    provider('gdpr: { value: true, expires_at: 2026-02-30 }'),
    ['8:42-52 invalid_text'],
  ],
  [
    'a time without a zone',
    provider('gdpr: { value: true, expires_at: "2026-02-03T10:00:00" }'),
    ['8:42-63 invalid_text'],
  ],
  [
    'an expiry before the check',
    provider('gdpr: { value: true, checked_at: 2026-02-03, expires_at: 2026-02-03 }'),
    ['8:9-13 contradiction'],
  ],
  [
    'an assurance that does not exist',
    provider('gdpr: { value: true, assurance: audit }'),
    ['8:41-46 unknown_value'],
  ],
  [
    'an api that does not exist',
    provider('gdpr: { value: true, apis: [chat] }'),
    ['8:37-41 unknown_value'],
  ],
  [
    'a feature that does not exist',
    provider('gdpr: { value: true, features: [stor] }'),
    ['8:41-45 unknown_value'],
  ],
  ['no claims', document('Catalog', 'providers: [{ id: p, claims: {} }]'), ['5:24-30 empty_map']],
  [
    'evidence of nothing',
    document('Catalog', 'providers: [{ id: p, evidence: { source: s } }]'),
    ['5:24-32 states_nothing'],
  ],
  [
    'a provider without an id, and what is wrong below it',
    document('Catalog', 'providers: [{ targets: [{ modle: m }] }]'),
    ['5:15-16 missing_key', '5:27-28 missing_key', '5:29-34 unknown_key'],
  ],
  [
    'an address of another form',
    document(
      'Catalog',
      'targets: [{ provider: p, model: m, address: { host: "https://x", port: 0, path_prefix: v1 } }]',
    ),
    ['5:55-66 invalid_text', '5:74-75 out_of_range', '5:90-92 invalid_text'],
  ],
  [
    'two addresses',
    document(
      'Catalog',
      'targets: [{ provider: p, model: m, endpoint: { host: x }, address: { host: y } }]',
    ),
    ['5:61-68 contradiction'],
  ],
  [
    'a target without a provider',
    document('Catalog', 'targets: [{ model: m }]'),
    ['5:13-14 missing_key'],
  ],
  [
    'a secret in an address',
    document(
      'Catalog',
      'providers: [{ id: p, endpoints: [{ id: e, base_url: "https://u:pw@h/" }] }]',
    ),
    ['5:55-72 invalid_text'],
  ],
  [
    'no address',
    document('Catalog', 'providers: [{ id: p, endpoints: [{ id: e, base_url: api.x.com }] }]'),
    ['5:55-64 invalid_text'],
  ],
  [
    'an owner that does not exist',
    document('Catalog', 'providers: [{ id: p, credentials: [{ id: c, owner: operater }] }]'),
    ['5:54-62 unknown_value'],
  ],
  [
    'a name with a star',
    document('Catalog', 'targets: [{ provider: p, model: "m*" }]'),
    ['5:35-39 invalid_text'],
  ],
  [
    'a credential of nobody',
    document('Catalog', 'providers: [{ id: p, credentials: [{ id: c }] }]'),
    ['5:38-39 missing_key'],
  ],
  [
    'a password in the source of a claim',
    provider('gdpr: { value: true, source: "https://u:pw@h/" }'),
    ['8:38-55 secret_value'],
  ],
  ['an empty catalog', document('Catalog', 'providers: []'), ['5:14-16 empty_list']],
];

test.each(MISTAKES)('%s', (_, text, found) => {
  expect(findingsOf(text)).toEqual(found);
});

test.each([
  ['soc2: type3', 'type2'],
  ['gdpr: { value: true, assurance: audite }', 'audited'],
])('for `%s` the better `%s` is not proposed', (line, better) => {
  const [finding] = parse(provider(line)).findings;
  expect(finding?.code).toBe('unknown_value');
  expect(finding?.suggestion?.replacement).not.toBe(better);
});

test('a secret in an address is not repeated', () => {
  const text = document(
    'Catalog',
    'providers: [{ id: p, endpoints: [{ id: e, base_url: "https://u:pw@h/" }] }]',
  );
  expect(JSON.stringify(parse(text).findings)).not.toContain('pw@');
});

test.each([
  'api_key: sk-live-1234567890',
  'secret: { value: sk-live-1234567890 }',
  'apis: sk-live-1234567890, token: x',
  'credentials: [{ id: c, owner: operator, key: sk-live-1234567890 }]',
  'endpoints: [{ id: e, base_url: "https://sk-live-1234567890@h/" }]',
])('a secret that stands where none belongs is neither kept nor repeated: %s', (line) => {
  const { document: read, findings } = parse(
    document('Catalog', `providers: [{ id: p, ${line} }]`),
  );
  expect(read).toBeUndefined();
  expect(findings.length).toBeGreaterThan(0);
  expect(JSON.stringify(findings)).not.toContain('sk-live');
});

describe('a key among certifications that means something elsewhere', () => {
  const helpOf = (entry: string): readonly string[] =>
    parse(provider(`certifications: { ${entry}: true }`)).findings.map(
      ({ code, help }) => `${code}: ${help ?? ''}`,
    );

  it.each([
    ['soc2_type1', 'write `soc2: type1` in `claims`'],
    ['soc2_type2', 'write `soc2: type2` in `claims`'],
    ['soc2', 'indent it less, or choose another name'],
  ])('has the way out that is right: %s', (key, help) => {
    expect(helpOf(key)).toEqual([`misplaced_key: ${help}`]);
  });
});
