import { shortFindings } from '../support/findings';
import { documentOf, packText, parsePack } from './support';

/** Claims of the one target as `name: value`, each with the line that it stands on. */
function claimsOf(target: string): readonly string[] {
  const [first] = documentOf(packText({ target })).targets;
  return (first?.claims ?? []).map(
    ({ name, value, position }) => `${name}: ${String(value)} @${String(position.line)}`,
  );
}

describe('a target', () => {
  it('states all seven declarations on its own credential', () => {
    const target = [
      '      data_policy:',
      '        zero_data_retention: true',
      '        training_opt_out: false',
      '        retention_days: 0',
      '        in_memory_only: true',
      '        accepts_tokenized_input: false',
      '        allow_internet_egress: false',
      '        local_only_processing: true',
    ].join('\n');
    expect([...claimsOf(target)].sort()).toEqual([
      'accepts_tokenized_input: false @14',
      'allow_internet_egress: false @15',
      'in_memory_only: true @13',
      'local_only_processing: true @16',
      'retention_days: 0 @12',
      'training_opt_out: false @11',
      'zero_data_retention: true @10',
    ]);
    expect(documentOf(packText({ target })).targets[0]?.claimsStatedOn).toBe('credential');
  });

  it('that declares nothing is reported where its own pack does not ask for claims', () => {
    const target = '      data_policy: {}\n    - {id: two-zdr, provider: p, model: m}';
    const silent = ['info target_declares_nothing 6:11', 'info target_declares_nothing 10:12'];
    const { findings } = parsePack(packText({ target, chain: '[audit-logger]', policy: '' }));
    expect(shortFindings(findings)).toEqual([...silent, 'info no_routing_policy 12:3']);
    expect(parsePack(packText({ target })).findings).toEqual([]);
  });

  it('that declares nothing claims nothing', () => {
    expect(claimsOf('      data_policy: {}')).toEqual([]);
    expect(claimsOf('')).toEqual([]);
  });

  it.each(['true', 'false'])('states zero retention by zdr: %s', (value) => {
    expect(claimsOf(`      zdr: ${value}`)).toEqual([`zero_data_retention: ${value} @9`]);
  });

  it('may state zero retention both ways if they agree', () => {
    const target = '      zdr: true\n      data_policy: {zero_data_retention: true}';
    expect(claimsOf(target)).toEqual(['zero_data_retention: true @10']);
  });

  it.each([
    ['true', 'false'],
    ['false', 'true'],
  ])('cannot state zdr: %s against zero_data_retention: %s', (zdr, block) => {
    const target = `      zdr: ${zdr}\n      data_policy: {zero_data_retention: ${block}}`;
    const { document, findings } = parsePack(packText({ target }));
    expect(document).toBeUndefined();
    expect(shortFindings(findings)).toEqual(['error contradiction 9:7']);
    expect(findings[0]?.message).toContain('pack.yaml:10:21');
    expect(findings[0]?.related?.[0]?.position).toMatchObject({ line: 10, column: 21 });
  });

  it.each(['allow', 'deny'])(
    'states analytics by data_collection: %s, and nothing else',
    (value) => {
      expect(claimsOf(`      data_collection: ${value}`)).toEqual([
        `analytics_collection: ${value} @9`,
      ]);
    },
  );

  it.each([
    ['      data_collection: maybe', 'error unknown_value 9:24'],
    ['      data_policy: {zero_data_retention: "true"}', 'error quoted_boolean 9:42'],
    ['      data_policy: {zero_data_retention: yes}', 'error yaml_1_1_boolean 9:42'],
    ['      data_policy: {zero_retention: true}', 'error unknown_key 9:21'],
    ['      data_policy: {retention_days: -1}', 'error negative_number 9:37'],
    ['      data_policy: {retention_days: 0.5}', 'error fractional_number 9:37'],
    ['      data_policy: {retention_days: "0"}', 'error quoted_number 9:37'],
    ['      data_policy: [zdr]', 'error wrong_type 9:20'],
    ['      zdr: 1', 'error wrong_type 9:12'],
    ['      zero_data_retention: true', 'error unknown_key 9:7'],
    ['      zdr:', 'error null_value 9:7'],
    ['    - {id: one, provider: p, model: m}', 'error duplicate_item 9:12'],
    ['    - {provider: p, model: m}', 'error missing_key 9:7'],
    ['    - {id: two, model: m}', 'error missing_key 9:7'],
    ['    - {id: two, provider: p}', 'error missing_key 9:7'],
    ['    - text', 'error wrong_type 9:7'],
  ])('is read strictly: %s', (target, expected) => {
    const { document, findings } = parsePack(packText({ target }));
    expect(shortFindings(findings)).toEqual([expected]);
    expect(document).toBeUndefined();
  });
});

describe('a secret', () => {
  it.each([
    ['{env: OPENAI_API_KEY}', 'env:OPENAI_API_KEY', 'OPENAI_API_KEY'],
    ['{store: team/openai-key}', 'store:team/openai-key', 'team/openai-key'],
  ])('is known by its reference %s', (reference, credential, secretRef) => {
    const { targets } = documentOf(packText({ target: `      secret_key_ref: ${reference}` }));
    expect(targets[0]).toMatchObject({ credential, secretRef });
  });

  it('need not be referred to', () => {
    const [target] = documentOf(packText()).targets;
    expect(target).not.toHaveProperty('credential');
    expect(target).not.toHaveProperty('secretRef');
  });

  it.each([
    '{}',
    '{env: A, store: b}',
    '{env: sk-canary-1234}',
    '{environment: A}',
    'sk-canary-1234',
    '{env: gsk_canary12345678}',
    '{store: sk-canary-1234}',
    '{store: eyJcanary12345678}',
    '{env: Canary0canary0Canary0canary0}',
    '{env: [sk-canary-1234]}',
    '{env: {canary: 1}}',
  ])('is not referred to by %s', (reference) => {
    const result = parsePack(packText({ target: `      secret_key_ref: ${reference}` }));
    expect(result.document).toBeUndefined();
    expect(result.findings.map(({ severity }) => severity)).toContain('error');
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('of digits alone is not shown either', () => {
    const result = parsePack(packText({ target: '      secret_key_ref: {env: 90210777}' }));
    expect(shortFindings(result.findings)).toEqual(['error wrong_type 9:29']);
    expect(JSON.stringify(result)).not.toContain('90210777');
  });

  it.each(['OPENAI_API_KEY', 'sk_key', 'hf_production', 'Key2', 'team/prod/OpenAiKey1'])(
    'may have the name %s',
    (name) => {
      const target = `      secret_key_ref: {store: ${name}}`;
      expect(documentOf(packText({ target })).targets[0]?.secretRef).toBe(name);
    },
  );

  it.each(['api_key', 'secret_key'])('under %s is accepted and not kept', (key) => {
    const result = parsePack(packText({ target: `      ${key}: sk-canary-1234` }));
    expect(shortFindings(result.findings)).toEqual(['warning secret_value 9:7']);
    expect(result.document?.targets).toHaveLength(1);
    expect(JSON.stringify(result)).not.toContain('canary');
  });
});
