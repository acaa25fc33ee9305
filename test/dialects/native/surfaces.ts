import { document } from './support';

/** The three kinds of documents. */
export type Surface = 'Policy' | 'Catalog' | 'Bundle';

/** One mistake as it looks in a document of each kind, of which line 5 is the first of the spec. */
export interface Mistake {
  readonly name: string;
  readonly texts: Readonly<Record<Surface, string>>;
}

type Specs = Readonly<Record<Surface, string>>;

/** A mistake in the spec of each kind. */
function inSpec(name: string, specs: Specs): Mistake {
  return {
    name,
    texts: {
      Policy: document('Policy', specs.Policy),
      Catalog: document('Catalog', specs.Catalog),
      Bundle: document('Bundle', specs.Bundle),
    },
  };
}

const GOOD: Specs = {
  Policy: 'requirements: { gdpr: true }',
  Catalog: 'targets: [{ provider: p, model: m }]',
  Bundle: 'revision: 1',
};

/** A mistake of the whole file, the same for each kind. */
function inFile(name: string, change: (text: string) => string): Mistake {
  const { texts } = inSpec(name, GOOD);
  const { Policy, Catalog, Bundle } = texts;
  return {
    name,
    texts: { Policy: change(Policy), Catalog: change(Catalog), Bundle: change(Bundle) },
  };
}

const deep = `deep: ${'['.repeat(40)}${']'.repeat(40)}`;

/** Categories of mistakes, each on each surface. */
export const MISTAKES: readonly Mistake[] = [
  inSpec('an unknown key', {
    Policy: 'requirement: { gdpr: true }\nunrestricted: true',
    Catalog: 'target: [{ provider: p, model: m }]',
    Bundle: 'tenant: [acme]',
  }),
  inSpec('a key of another kind', {
    Policy: 'unrestricted: true\ntenants: [acme]',
    Catalog: 'mode: enforce',
    Bundle: 'requirements: { gdpr: true }',
  }),
  inSpec('a duplicate key', {
    Policy: 'mode: enforce\nunrestricted: true\nmode: shadow',
    Catalog: 'targets: [{ provider: p, model: m, model: n }]',
    Bundle: 'default: block\ndefault: allow',
  }),
  inSpec('a list in place of a mapping', {
    Policy: 'requirements: [gdpr]',
    Catalog: 'providers: [{ id: p, claims: [gdpr] }]',
    Bundle: 'scope_values: [team]',
  }),
  inSpec('a mapping in place of a list', {
    Policy: 'providers: { allow: { openai: true } }',
    Catalog: 'targets: { provider: p, model: m }',
    Bundle: 'include: { file: a.yaml }',
  }),
  inSpec('a text in place of a list', {
    Policy: 'models: { deny: gpt-3 }',
    Catalog: 'targets: [{ provider: p, model: m, apis: responses }]',
    Bundle: 'tenants: acme',
  }),
  inSpec('an empty list', {
    Policy: 'providers: { allow: [] }',
    Catalog: 'targets: []',
    Bundle: 'tenants: []',
  }),
  inSpec('an empty mapping', {
    Policy: 'requirements: {}',
    Catalog: 'providers: [{ id: p, claims: {} }]',
    Bundle: 'scope_values: {}',
  }),
  inSpec('an empty text', {
    Policy: 'scope: { team: "" }\nunrestricted: true',
    Catalog: 'targets: [{ provider: p, model: "" }]',
    Bundle: 'tenants: [""]',
  }),
  inSpec('no value', {
    Policy: 'providers: { allow: }',
    Catalog: 'providers: [{ id: p, claims: }]',
    Bundle: 'include: [{ file: a.yaml, scope: }]',
  }),
  inSpec('a tilde', {
    Policy: 'mode: ~\nunrestricted: true',
    Catalog: 'targets: [{ provider: p, model: ~ }]',
    Bundle: 'default: ~',
  }),
  inSpec('a truth value of YAML 1.1', {
    Policy: 'log_provider_selection: no\nunrestricted: true',
    Catalog: 'providers: [{ id: p, claims: { gdpr: on } }]',
    Bundle: 'default: no',
  }),
  inSpec('a truth value in quotes', {
    Policy: 'unrestricted: "true"',
    Catalog: 'providers: [{ id: p, claims: { gdpr: "true" } }]',
    Bundle: 'revision: "true"',
  }),
  inSpec('a number in quotes', {
    Policy: 'requirements: { max_retention_days: "0" }',
    Catalog: 'providers: [{ id: p, claims: { retention_days: "0" } }]',
    Bundle: 'revision: "1"',
  }),
  inSpec('a hexadecimal number', {
    Policy: 'requirements: { max_retention_days: 0x10 }',
    Catalog: 'providers: [{ id: p, claims: { retention_days: 0x10 } }]',
    Bundle: 'revision: 0x10',
  }),
  inSpec('a number that starts with 0', {
    Policy: 'requirements: { max_retention_days: 08 }',
    Catalog: 'providers: [{ id: p, claims: { retention_days: 08 } }]',
    Bundle: 'revision: 08',
  }),
  inSpec('infinity', {
    Policy: 'requirements: { max_retention_days: .inf }',
    Catalog: 'providers: [{ id: p, claims: { retention_days: .inf } }]',
    Bundle: 'revision: .inf',
  }),
  inSpec('a number below zero', {
    Policy: 'requirements: { max_retention_days: -1 }',
    Catalog: 'providers: [{ id: p, claims: { retention_days: -1 } }]',
    Bundle: 'revision: -1',
  }),
  inSpec('a number that would become 0', {
    Policy: 'requirements: { max_price: { prompt: 1e-400 } }',
    Catalog: 'providers: [{ id: p, claims: { retention_days: 1e-400 } }]',
    Bundle: 'revision: 1e-400',
  }),
  inSpec('a date in place of a number', {
    Policy: 'requirements: { max_retention_days: 2026-01-01 }',
    Catalog: 'providers: [{ id: p, claims: { retention_days: 2026-01-01 } }]',
    Bundle: 'revision: 2026-01-01',
  }),
  inSpec('a number in place of a text', {
    Policy: 'scope: { team: 1.0 }\nunrestricted: true',
    Catalog: 'targets: [{ provider: p, model: 1.0 }]',
    Bundle: 'tenants: [1.0]',
  }),
  inSpec('an anchor and an alias', {
    Policy: 'providers: { allow: &a [x], deny: *a }',
    Catalog: 'targets: [{ provider: &a p, model: *a }]',
    Bundle: 'tenants: &a [x]\nscope_values: { team: *a }',
  }),
  inSpec('a merge key', {
    Policy: 'unrestricted: true\n<<: { mode: shadow }',
    Catalog: 'targets: [{ provider: p, model: m, <<: { region: eu } }]',
    Bundle: 'revision: 1\n<<: { default: allow }',
  }),
  inSpec('a tag', {
    Policy: 'unrestricted: !!bool "true"',
    Catalog: 'targets: [{ provider: p, model: !!str 1 }]',
    Bundle: 'revision: !!int "1"',
  }),
  inSpec('a key that is a list', {
    Policy: 'unrestricted: true\n? [mode]\n: shadow',
    Catalog: 'targets: [{ provider: p, model: m, [region]: eu }]',
    Bundle: 'revision: 1\n? [default]\n: allow',
  }),
  inSpec('a key of the language', {
    Policy: 'unrestricted: true\n__proto__: { mode: shadow }',
    Catalog: 'targets: [{ provider: p, model: m, constructor: x }]',
    Bundle: 'revision: 1\n__proto__: { default: allow }',
  }),
  inSpec('nesting that is too deep', {
    Policy: `unrestricted: true\n${deep}`,
    Catalog: `targets: [{ provider: p, model: m }]\n${deep}`,
    Bundle: `revision: 1\n${deep}`,
  }),
  inSpec('a letter of another script', {
    Policy: 'providers: { deny: [\u043Epenai] }',
    Catalog: 'targets: [{ provider: \u043Epenai, model: m }]',
    Bundle: 'include: [{ file: a.yaml, dialect: n\u0430tive }]',
  }),
  inSpec('a letter of another script in a key', {
    Policy: 'unrestricted: true\nm\u043Ede: shadow',
    Catalog: 'targets: [{ provider: p, model: m, reg\u0456on: eu }]',
    Bundle: 'revision: 1\ndef\u0430ult: allow',
  }),
  inSpec('a zero-width space', {
    Policy: 'providers: { deny: [open\u200Bai] }',
    Catalog: 'targets: [{ provider: open\u200Bai, model: m }]',
    Bundle: 'tenants: [ac\u200Bme]',
  }),
  inSpec('a zero-width space as an escape', {
    Policy: 'providers: { deny: ["open\\u200Bai"] }',
    Catalog: 'targets: [{ provider: "open\\u200Bai", model: m }]',
    Bundle: 'tenants: ["ac\\u200Bme"]',
  }),
  inSpec('a NUL as an escape', {
    Policy: 'providers: { deny: ["open\\0ai"] }',
    Catalog: 'targets: [{ provider: "open\\0ai", model: m }]',
    Bundle: 'tenants: ["ac\\0me"]',
  }),
  inSpec('a line break in a value', {
    Policy: 'scope: { team: "a\\nb" }\nunrestricted: true',
    Catalog: 'targets: [{ provider: "p\\nq", model: m }]',
    Bundle: 'tenants: ["a\\nb"]',
  }),
  inSpec('a second value on a line', {
    Policy: 'mode: enforce: shadow\nunrestricted: true',
    Catalog: 'targets: [{ provider: p: q, model: m }]',
    Bundle: 'default: block: allow',
  }),
  inSpec('a bracket that is not closed', {
    Policy: 'providers: { deny: [x }',
    Catalog: 'targets: [{ provider: p, model: m ]',
    Bundle: 'tenants: [x',
  }),
  inFile('a tab', (text) => text.replace('\n  ', '\n\t')),
  inFile('a NUL', (text) => text.replace('test', 'te\0st')),
  inFile('a byte order mark', (text) => `\uFEFF${text}`),
  inFile('UTF-16', (text) => text.replace(/[\s\S]/gu, '$&\0')),
  inFile('bytes that are not UTF-8', (text) => text.replace('test', 'te\uFFFDst')),
  inFile('a lone carriage return', (text) => text.replace('spec:\n', 'spec:\r\r\n')),
  inFile('a directive', (text) => `%YAML 1.1\n---\n${text}`),
  inFile('a second document that is broken', (text) => `${text}---\nkind: : x\n`),
  inFile('a document that is a list', (text) => `${text}---\n- x\n`),
  inFile('a key of another case', (text) => text.replace('apiVersion', 'apiversion')),
  inFile('another version', (text) => text.replace('ambit/v1', 'ambit/v2')),
  inFile('no content', (text) => text.replace(/^(?=.)/gmu, '#')),
];
