import { document, requirements } from '../dialects/native/support';
import { BEYOND_SCHEMAS } from './support/beyond';
import { judgeNative, judgeService, type Judge } from './support/judge';

/** A file that is valid under the schemas, with the only codes that the decoder finds in it. */
interface Case {
  readonly name: string;
  readonly text: string;
  readonly codes: readonly string[];
  readonly judge: Judge;
}

type NativeCase = readonly [name: string, text: string, code: string, ...more: readonly string[]];

const rules = requirements('gdpr: true');
const target = (rest: string): string =>
  document('Catalog', `targets: [{ provider: p, model: m, ${rest} }]`);
const policyTest = (spec: string): string =>
  document('PolicyTest', `now: 2026-01-31\ncases:\n  - name: a\n    ${spec}`);

const NATIVE: readonly NativeCase[] = [
  ['a region in two cases', requirements('storage_regions: [DE, de]'), 'duplicate_item'],
  [
    'an entry as a name and as a mapping',
    document('Policy', 'providers: { allow: [openai, { provider: openai }] }'),
    'duplicate_item',
  ],
  [
    'an entry allowed and denied',
    document('Policy', 'models: { allow: [a], deny: [a] }'),
    'contradiction',
  ],
  [
    'seats allowed and denied',
    requirements('headquarters: { allow: [DE], deny: [eu] }'),
    'contradiction',
  ],
  [
    'a claim that expires before it is checked',
    target('claims: { gdpr: { value: true, checked_at: 2026-01-31, expires_at: 2026-01-30 } }'),
    'contradiction',
  ],
  [
    'a second Bundle',
    `${document('Bundle', 'revision: 1')}---\n${document('Bundle', 'revision: 1')}`,
    'contradiction',
  ],
  [
    'an include for an undeclared tenant',
    document('Bundle', 'tenants: [a]\ninclude: [{ file: f, scope: { tenant: b } }]'),
    'unknown_value',
  ],
  [
    'a URL without a host',
    document('Catalog', 'providers: [{ id: p, endpoints: [{ id: e, base_url: "https://" }] }]'),
    'invalid_text',
  ],
  [
    'a value that is too long where characters count twice',
    document('Policy', `unrestricted: true\nscope: { team: ${'\u{1F600}'.repeat(129)} }`),
    'invalid_text',
  ],
  [
    'a source with a password',
    target('evidence: { source: "https://u:p@a.b" }, claims: { gdpr: true }'),
    'secret_value',
  ],
  [
    'an expression that is none',
    requirements('expression: "claims.gdpr =="'),
    'invalid_expression',
  ],
  [
    'a number of many digits',
    requirements('max_price: { prompt: 1.0000000000000001 }'),
    'out_of_range',
  ],
  ['a number that would become 0', requirements('max_price: { prompt: 1e-400 }'), 'out_of_range'],
  ['a hexadecimal number', requirements('max_retention_days: 0x1E'), 'wrong_type'],
  ['a number with a leading zero', requirements('max_retention_days: 08'), 'wrong_type'],
  [
    'an expectation in two lists',
    policyTest('eligible: [a]\n    blocked: { a: claim_unknown }'),
    'contradiction',
  ],
  [
    'two cases of one name',
    policyTest('outcome: block\n  - { name: a, outcome: allow, eligible: [x] }'),
    'duplicate_item',
  ],
  [
    'two candidates of one ref',
    policyTest('outcome: block\n    request: { candidates: [a, { ref: a }] }'),
    'duplicate_item',
  ],
  [
    'a key twice',
    `{"apiVersion":"ambit/v1","kind":"Policy","metadata":{"name":"a"},"spec":{"unrestricted":true,"mode":"warn","mode":"shadow"}}`,
    'duplicate_key',
  ],
  ['an alias', document('Policy', 'providers: { allow: &a [x] }\nmodels: { deny: *a }'), 'anchor'],
  ['a tag', document('Policy', 'unrestricted: !!bool true'), 'tag'],
  ['a directive', `%YAML 1.2\n---\n${rules}`, 'directive'],
  ['a key that is a list', policyTest('blocked: { ? [x] : claim_unknown }'), 'complex_key'],
  [
    'a deep body',
    policyTest(`block: { body: { a: ${'['.repeat(40)}1${']'.repeat(40)} } }`),
    'too_deep',
  ],
  ['a hidden character in a comment', `# a\u200Bb\n${rules}`, 'control_character'],
  ['a broken character in a comment', `# a\uFFFDb\n${rules}`, 'invalid_encoding'],
  ['a byte order mark', `\uFEFF${rules}`, 'byte_order_mark'],
  ['a NUL in a comment', `# a\0b\n${rules}`, 'binary_file'],
  ['a large comment', `# ${'a'.repeat(8 * 1024 * 1024)}\n${rules}`, 'file_too_large'],
  ['a file of comments', '# nothing\n', 'empty_file'],
  [
    'very many hidden characters',
    `# ${'\u200B'.repeat(200)}\n${rules}`,
    'control_character',
    'too_many_findings',
  ],
];

const service = (spec: string): string => {
  const indented = spec.replace(/^(?=.)/gmu, '  ');
  return `apiVersion: ambit/v1\nkind: Service\nspec:\n${indented}\n`;
};
const CALLER = 'callers: [{ name: a, tenants: any, certificate_uris: ["spiffe://a"] }]';
const CERTIFICATES = 'tls: { certificate_file: c, private_key_file: k, client_ca_file: a }';

const SERVICE: readonly NativeCase[] = [
  ['an address that is none', service('listeners: [{ address: "[::g]:1" }]'), 'invalid_text'],
  [
    'one address twice',
    service('listeners: [{ address: "127.0.0.1:1" }, { address: "127.0.0.1:1", insecure: true }]'),
    'duplicate_item',
  ],
  [
    'a caller that is not declared',
    service(
      `${CALLER}\nlisteners: [{ address: "unix:/a", caller: b }, { address: "unix:/b", ${CERTIFICATES} }]`,
    ),
    'unknown_caller',
  ],
  [
    'a listener where nothing tells who asks',
    service(
      `${CALLER}\nlisteners: [{ address: "unix:/a" }, { address: "unix:/b", ${CERTIFICATES} }]`,
    ),
    'caller_unknown_at_listener',
  ],
  [
    'plaintext on all addresses',
    service('listeners: [{ address: "[::]:1" }]'),
    'plaintext_listener',
  ],
  [
    'evidence in plaintext to all addresses',
    service(
      'audit: { directory: t, private_key: { env: K }, sinks: [{ name: a, kind: nats, servers: ["[::]:1"], subject: s, stream: S }] }',
    ),
    'plaintext_sink',
  ],
  [
    'one address twice, for gRPC and HTTP',
    service('listeners: [{ address: "127.0.0.1:1" }]\nhttp: { address: "127.0.0.1:1" }'),
    'duplicate_item',
  ],
  [
    'a certificate of two callers',
    service(
      'callers:\n  - { name: a, tenants: any, certificate_uris: ["x:y"] }\n  - { name: b, tenants: any, certificate_uris: ["x:y"] }',
    ),
    'contradiction',
  ],
  [
    'a second document',
    `${service('log: { level: info }')}---\n${service('log: { level: warn }')}`,
    'contradiction',
  ],
];

const casesOf = (list: readonly NativeCase[], judge: Judge): readonly Case[] =>
  list.map(([name, text, ...codes]) => ({ name, text, codes, judge }));

const CASES = [...casesOf(NATIVE, judgeNative), ...casesOf(SERVICE, judgeService)];

test.each(CASES)('$name is valid under the schema, and found by Ambit', (one) => {
  const { complaints, errors, missed } = one.judge(one.text);
  expect({ complaints, missed }).toEqual({ complaints: [], missed: [] });
  const codes = new Set(errors.map(({ code }) => code));
  expect([...codes].sort()).toEqual([...one.codes].sort());
});

test('each rule of the list that docs/editors.md has is met, and no other', () => {
  const met = new Set(CASES.flatMap(({ codes }) => codes));
  expect([...met].sort()).toEqual([...BEYOND_SCHEMAS].sort());
});
