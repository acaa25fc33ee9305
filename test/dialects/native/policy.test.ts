import type { Policy } from '../../../src/core/model/policy';
import { document, findingsOf, parse, requirements } from './support';

function policyOf(text: string): Policy {
  const { document: read, findings } = parse(text);
  expect(findings).toEqual([]);
  const policy = read?.policies[0];
  if (policy === undefined) throw new Error('the file states no policy');
  return policy;
}

test('defaults: enforce, everybody, 403, logged', () => {
  expect(policyOf(requirements('gdpr: true'))).toEqual({
    id: 'test',
    mode: 'enforce',
    scope: new Map(),
    lists: [],
    requirements: [
      {
        rule: { kind: 'gdpr' },
        position: { file: 'policy.yaml', line: 6, column: 5, endColumn: 9 },
      },
    ],
    block: { status: 403 },
    logSelection: true,
    position: { file: 'policy.yaml', line: 3, column: 19, endColumn: 23 },
    places: { scope: new Map() },
  });
});

test('everything that a policy can say beside its rules', () => {
  const spec = [
    'mode: shadow',
    'scope: { tenant: acme, team: [a, b], data_class: any }',
    'on_no_eligible: { status: 451, message: "none of {providers} may serve {model}" }',
    'log_provider_selection: false',
    'unrestricted: true',
  ];
  expect(policyOf(document('Policy', spec.join('\n')))).toMatchObject({
    mode: 'shadow',
    scope: new Map<string, unknown>([
      ['tenant', ['acme']],
      ['team', ['a', 'b']],
      ['data_class', 'any'],
    ]),
    block: { status: 451, message: 'none of {providers} may serve {model}' },
    logSelection: false,
    places: {
      mode: { line: 5, column: 9, endColumn: 15 },
      status: { line: 7, column: 29, endColumn: 32 },
    },
  });
  const { scope } = policyOf(document('Policy', spec.join('\n'))).places ?? {};
  expect([...(scope ?? [])]).toMatchObject([
    ['tenant', { key: { column: 12, endColumn: 18 }, values: [{ column: 20, endColumn: 24 }] }],
    ['team', { key: { column: 26 }, values: [{ column: 33, endColumn: 34 }, { column: 36 }] }],
    ['data_class', { values: [] }],
  ]);
});

const KINDS: readonly (readonly [line: string, rule: object])[] = [
  ['require_zero_data_retention: true', { kind: 'require_zero_data_retention' }],
  ['require_no_training: true', { kind: 'require_no_training' }],
  ['no_prompt_logging: true', { kind: 'no_prompt_logging' }],
  ['max_retention_days: 0', { kind: 'max_retention_days', days: 0 }],
  ['require_in_memory_only: true', { kind: 'require_in_memory_only' }],
  ['require_tokenized_input_support: true', { kind: 'require_tokenized_input_support' }],
  ['allow_internet_egress: false', { kind: 'deny_internet_egress' }],
  ['local_only_processing: true', { kind: 'local_only_processing' }],
  ['user_data_collection: deny', { kind: 'deny_user_data_collection' }],
  ['analytics_collection: deny', { kind: 'deny_analytics_collection' }],
  ['soc2: true', { kind: 'soc2' }],
  ['soc2_type2: true', { kind: 'soc2_type2' }],
  ['iso27001: true', { kind: 'iso27001' }],
  ['soc2_or_iso27001: true', { kind: 'soc2_or_iso27001' }],
  ['gdpr: true', { kind: 'gdpr' }],
  [
    'certifications: { all_of: [hipaa_baa], any_of: [pci_dss, fedramp], max_age_days: 365 }',
    {
      kind: 'certifications',
      allOf: ['hipaa_baa'],
      anyOf: ['pci_dss', 'fedramp'],
      maxAgeDays: 365,
    },
  ],
  ['processing_regions: [EU, ch, US]', { kind: 'processing_regions', regions: ['eu', 'CH', 'US'] }],
  ['storage_regions: [eea]', { kind: 'storage_regions', regions: ['eea'] }],
  [
    'headquarters: { allow: [eu], deny: [HU] }',
    { kind: 'headquarters', allow: ['eu'], deny: ['HU'] },
  ],
  ['headquarters: { deny: [cn] }', { kind: 'headquarters', deny: ['CN'] }],
  ['quantizations: [fp16, bf16]', { kind: 'quantizations', allowed: ['fp16', 'bf16'] }],
  ['max_price: { prompt: 2.5, completion: 0 }', { kind: 'max_price', prompt: 2.5, completion: 0 }],
  ['labels: { tier: gold }', { kind: 'labels', labels: new Map([['tier', 'gold']]) }],
];

test.each(KINDS)('%s', (line, rule) => {
  const endColumn = 5 + line.indexOf(':');
  expect(policyOf(requirements(line)).requirements).toEqual([
    { rule, position: { file: 'policy.yaml', line: 6, column: 5, endColumn } },
  ]);
});

test('expressions are compiled, one or several, with the claims that they name', () => {
  const text = requirements('expression:\n  - claims.soc2 == "type2"\n  - has(claims.gdpr)');
  const rules = policyOf(text).requirements.map(({ rule }) => rule);
  expect(rules).toMatchObject([
    { kind: 'expression', text: 'claims.soc2 == "type2"', claims: ['soc2'] },
    { kind: 'expression', text: 'has(claims.gdpr)', claims: ['gdpr'] },
  ]);
  const holds = rules.map((rule) =>
    rule.kind === 'expression'
      ? rule.program({ claims: new Map([['soc2', 'type1']]), attributes: new Map() })
      : undefined,
  );
  expect(holds).toEqual([{ holds: false }, { holds: false }]);
});

test('minimum assurance is about the claims of all other requirements', () => {
  const rules = policyOf(
    requirements('minimum_assurance: contract\ngdpr: true\nsoc2: true'),
  ).requirements;
  expect(rules.map(({ rule }) => rule)).toEqual([
    { kind: 'soc2' },
    { kind: 'gdpr' },
    { kind: 'minimum_assurance', level: 'contract', of: [{ kind: 'soc2' }, { kind: 'gdpr' }] },
  ]);
});

test('list entries: names, patterns and pairs', () => {
  const spec = [
    'providers:',
    '  allow: [openai, { provider: azure, region: eu, endpoint: e, credential: c }]',
    '  deny: [{ provider: newcomer, future: true }, { provider: openai, model: "*preview*" }]',
    'models:',
    '  deny: [gpt-3*, { target: "x/*" }]',
  ];
  const { lists } = policyOf(document('Policy', spec.join('\n')));
  expect(lists).toMatchObject([
    {
      subject: 'provider',
      effect: 'allow',
      position: { line: 6, column: 5 },
      entries: [
        {
          pattern: { provider: 'openai' },
          text: 'openai',
          future: false,
          position: { line: 6, column: 13 },
        },
        { pattern: { provider: 'azure', region: 'eu', endpoint: 'e', credential: 'c' } },
      ],
    },
    {
      subject: 'provider',
      effect: 'deny',
      entries: [
        { pattern: { provider: 'newcomer' }, future: true },
        { pattern: { provider: 'openai', model: '*preview*' }, future: false },
      ],
    },
    {
      subject: 'model',
      effect: 'deny',
      entries: [
        { pattern: { model: 'gpt-3*' } },
        { pattern: { target: 'x/*' }, text: 'target=x/*' },
      ],
    },
  ]);
});

const MISTAKES: readonly (readonly [name: string, text: string, found: readonly string[]])[] = [
  ['no rule at all', document('Policy', 'mode: warn'), ['4:1-5 states_nothing']],
  [
    'unrestricted beside rules',
    document('Policy', 'unrestricted: true\nmodels: { deny: [x] }'),
    ['5:17-21 contradiction'],
  ],
  [
    'not unrestricted',
    document('Policy', 'unrestricted: false\nmodels: { deny: [x] }'),
    ['5:17-22 states_nothing'],
  ],
  ['a switch that is off', requirements('gdpr: false'), ['6:11-16 states_nothing']],
  [
    'egress that is allowed',
    requirements('allow_internet_egress: true'),
    ['6:28-32 states_nothing'],
  ],
  [
    'collection that is allowed',
    requirements('user_data_collection: allow'),
    ['6:27-32 states_nothing'],
  ],
  ['a negative bound', requirements('max_retention_days: -1'), ['6:25-27 negative_number']],
  [
    'a bound with a fraction',
    requirements('max_retention_days: 0.5'),
    ['6:25-28 fractional_number'],
  ],
  ['a bound in quotes', requirements('max_retention_days: "0"'), ['6:25-28 quoted_number']],
  ['a letter for a digit', requirements('max_retention_days: O'), ['6:25-26 wrong_type']],
  ['a bound without a value', requirements('max_retention_days:'), ['6:5-23 null_value']],
  [
    'regions in which nothing lies',
    requirements('processing_regions: [global, mars]'),
    ['6:26-32 unknown_value', '6:34-38 unknown_value'],
  ],
  ['one region twice', requirements('storage_regions: [DE, de]'), ['6:27-29 duplicate_item']],
  ['a region that is no list', requirements('storage_regions: eu'), ['6:22-24 wrong_type']],
  [
    'certifications of nothing',
    requirements('certifications: { max_age_days: 3 }'),
    ['6:5-19 states_nothing'],
  ],
  ['an empty choice', requirements('certifications: { any_of: [] }'), ['6:31-33 empty_list']],
  [
    'a seat that is allowed and denied',
    requirements('headquarters: { allow: [DE], deny: [eu] }'),
    ['6:29-31 contradiction'],
  ],
  ['bounds on no price', requirements('max_price: {}'), ['6:5-14 states_nothing']],
  ['assurance alone', requirements('minimum_assurance: audited'), ['6:5-22 states_nothing']],
  ['no requirement', document('Policy', 'requirements: {}'), ['5:3-15 empty_map']],
  ['an empty list', document('Policy', 'providers: { allow: [] }'), ['5:23-25 empty_list']],
  ['lists of nothing', document('Policy', 'providers: {}'), ['5:3-12 empty_map']],
  [
    'an entry that names nothing',
    document('Policy', 'models: { deny: [{}] }'),
    ['5:20-21 states_nothing'],
  ],
  [
    'a star in a provider',
    document('Policy', 'providers: { allow: ["*"] }'),
    ['5:24-27 invalid_text'],
  ],
  [
    'a future that is allowed',
    document('Policy', 'providers: { allow: [{ provider: x, future: true }] }'),
    ['5:39-45 unknown_key'],
  ],
  [
    'allowed and denied',
    document('Policy', 'providers:\n  allow: [x, y]\n  deny: [Y]'),
    ['6:16-17 contradiction'],
  ],
  [
    'a pair of a denied provider',
    document('Policy', 'models: { allow: [{ provider: x, model: m }] }\nproviders: { deny: [x] }'),
    ['5:21-22 contradiction'],
  ],
  [
    'a denied pair of an allowed provider is fine',
    document('Policy', 'providers: { allow: [x], deny: [{ provider: x, model: m }] }'),
    [],
  ],
  ['an entry twice', document('Policy', 'providers: { deny: [x, X] }'), ['5:26-27 duplicate_item']],
  ['an empty scope', document('Policy', 'scope: {}\nunrestricted: true'), ['5:3-8 empty_map']],
  [
    'any in a list',
    document('Policy', 'scope: { team: [any, a] }\nunrestricted: true'),
    ['5:19-22 contradiction'],
  ],
  [
    'a status that clients misread',
    document('Policy', 'on_no_eligible: { status: 500 }\nunrestricted: true'),
    ['5:29-32 unknown_value'],
  ],
  [
    'a word in braces that stands for nothing',
    document('Policy', 'on_no_eligible: { message: "{modl}" }\nunrestricted: true'),
    ['5:30-38 invalid_text'],
  ],
  [
    'an expression at the very word',
    requirements('expression: claims.gdpr && claims.zdr'),
    ['6:39-42 invalid_expression'],
  ],
  [
    'a mode that does not exist',
    document('Policy', 'mode: warm\nunrestricted: true'),
    ['5:9-13 unknown_value'],
  ],
];

test.each(MISTAKES)('%s', (_, text, found) => {
  expect(findingsOf(text)).toEqual(found);
});

test('a near miss of a usual scope key is said and changes nothing', () => {
  const { document: read, findings } = parse(
    document('Policy', 'scope: { tenat: a }\nunrestricted: true'),
  );
  expect(findings).toMatchObject([
    { severity: 'warning', code: 'unusual_scope_key', position: { line: 5, column: 12 } },
  ]);
  expect(read?.policies[0]?.scope.get('tenat')).toEqual(['a']);
});

test('a contradiction names both places', () => {
  const { findings } = parse(document('Policy', 'providers:\n  allow: [x]\n  deny: [x]'));
  expect(findings).toMatchObject([
    {
      message: '`x` is allowed at 6:13, denied at 7:12',
      related: [{ position: { line: 7, column: 12 } }],
    },
  ]);
});
