import type { PolicySet } from '../../../src/core/model/policy-set';
import { ENVOY_CONFIG_FINDING_CODES } from '../../../src/pep/envoy-config/finding';
import { writeEnvoyConfig } from '../../../src/pep/envoy-config/write-envoy-config';
import type { EnvoyConfigOptions } from '../../../src/ports/envoy-config';
import { nativeCatalog } from '../../dialects/support/documents';
import { OPTIONS, provider, setOf, told } from './support/sets';

interface Case {
  /** Level and code of all that is found, in order. */
  readonly found: readonly string[];
  readonly set: PolicySet;
  readonly options?: Partial<EnvoyConfigOptions>;
}

const OPEN = { kind: 'tcp', host: '0.0.0.0', port: 9 } as const;
const at = (endpoint: object, rest: object = {}): object => provider({ endpoint, ...rest });
const many = (count: number): object => ({
  id: 'p',
  targets: Array.from({ length: count }, (_, index) => ({
    id: `t${String(index)}`,
    model: 'm',
    endpoint: { host: 'a.example' },
  })),
});

/** What leaves a target out, beside one that stays. */
const LEFT_OUT: readonly Case[] = [
  // Another model under the id of one that stays is told of: it is not what the configuration leads to.
  {
    found: ['warning no_address'],
    set: setOf([{ id: 'p', targets: [{ id: 'a', model: 'n' }] }], [provider({})]),
  },
  {
    found: ['warning no_address'],
    set: setOf([{ id: 'q', targets: [{ id: 'b', model: 'm' }] }, provider({})]),
  },
  {
    found: ['warning no_api'],
    set: setOf([
      {
        id: 'q',
        targets: [{ id: 'b', model: 'm', endpoint: { host: 'b.example', apis: ['batch'] } }],
      },
      provider({}),
    ]),
  },
];

/** What keeps the configuration from being written. */
const REFUSED: readonly Case[] = [
  { found: ['error no_targets'], set: setOf([{ id: 'p' }]) },
  { found: ['error reserved_name'], set: setOf([provider({ id: 'deny' })]) },
  { found: ['error reserved_name'], set: setOf([provider({ id: 'ambit' })]) },
  { found: ['error reserved_name'], set: setOf([provider({ id: 'targets' })]) },
  {
    found: ['error reserved_name'],
    set: setOf([provider({}), { ...provider({ id: 'a-origin' }), id: 'q' }]),
  },
  { found: ['error two_addresses'], set: setOf([provider({})], [at({ host: 'b.example' })]) },
  { found: ['error two_addresses'], set: setOf([provider({})], [provider({ model: 'n' })]) },
  {
    found: ['warning no_address', 'error no_targets'],
    set: setOf([{ id: 'p', targets: [{ id: 'a', model: 'm' }] }]),
  },
  {
    found: ['error plaintext_origin'],
    set: setOf([
      { ...provider({ endpoint: 'e' }), endpoints: [{ id: 'e', base_url: 'http://a.example' }] },
    ]),
  },
  {
    found: ['error unknown_auth'],
    set: setOf([at({ host: 'a.example', auth: 'basic' })]),
  },
  {
    found: ['error unusable_prefix'],
    set: setOf([at({ host: 'aiplatform.googleapis.com', path_prefix: '/v1/projects/p' })]),
  },
];

/** What is only said. */
const SAID: readonly Case[] = [
  { found: [], set: setOf([provider({})]) },
  { found: [], set: setOf([provider({})], [provider({})]) },
  { found: [], set: setOf([{ id: 'p', targets: [{ id: 'a', model: 'm' }] }], [provider({})]) },
  { found: [], set: setOf([many(64)]) },
  { found: ['info keys_not_watched'], set: setOf([many(65)]) },
  { found: ['warning exposed_admin'], set: setOf([provider({})]), options: { admin: OPEN } },
  { found: ['warning plaintext_ambit'], set: setOf([provider({})]), options: { ambit: OPEN } },
  { found: ['info plaintext_clients'], set: setOf([provider({})]), options: { listen: OPEN } },
  { found: ['info no_tenant'], set: setOf([provider({})]), options: { context: new Map() } },
];

const titled = (cases: readonly Case[]) =>
  cases.map((each) => [each.found.join(', ') || 'nothing', each] as const);

const write = ({ set, options }: Case) => writeEnvoyConfig(set, { ...OPTIONS, ...options });

describe('what is said of targets and options', () => {
  it.each(titled([...LEFT_OUT, ...SAID]))('%s, and is written', (_, each) => {
    const { findings, text, targetIds } = write(each);
    expect(told(findings)).toEqual(each.found);
    expect(text).toContain('address: a.example');
    expect(targetIds.length).toBeGreaterThan(0);
  });

  it.each(titled(LEFT_OUT))('%s, and leaves that target out', (_, each) => {
    const { text, targetIds } = write(each);
    expect(targetIds).toEqual(['a']);
    expect(text).not.toContain('b.example');
  });

  it.each(titled(REFUSED))('%s, and is not written', (_, each) => {
    const { findings, text } = write(each);
    expect(told(findings)).toEqual(each.found);
    expect(text).toBeUndefined();
  });

  it.each([
    [{ host: 'a.example', auth: 'basic' }, '"basic"'],
    [{ host: 'aiplatform.googleapis.com', path_prefix: '/v1/p' }, '"/v1/p"'],
  ])('%j is marked at its value', (endpoint, marked) => {
    const providers = [at(endpoint)];
    const [finding] = write({ found: [], set: setOf(providers) }).findings;
    const { position, endColumn } = finding ?? { position: { column: 0 }, endColumn: 0 };
    const [line] = nativeCatalog(providers).split('\n');
    expect(line?.slice(position.column - 1, endColumn - 1)).toBe(marked);
  });

  it.each([
    ['alone', {}, 'state `endpoint: { host: HOST }`'],
    [
      'at an endpoint',
      { endpoint: 'e' },
      'state `base_url: https://HOST` at the endpoint `e`, or `address: { host: HOST }` at the target',
    ],
  ])('says where the address of a target that stands %s is stated', (_how, rest, help) => {
    const set = setOf([{ id: 'p', endpoints: [{ id: 'e' }], targets: [{ model: 'm', ...rest }] }]);
    expect(write({ found: [], set }).findings.map((finding) => finding.help)).toEqual([
      help,
      'mend at least one, as the warnings say',
    ]);
  });

  it.each([
    ['body', ['batch'], 'state what it speaks in `apis`, such as `chat_completions`'],
    [
      'metadata',
      ['gemini'],
      'write `--read body`, or state in `apis` what else it speaks, such as `chat_completions`',
    ],
  ] as const)('says of what is read as %s and speaks %j what to write', (reading, apis, help) => {
    const set = setOf([provider({}), { ...provider({ id: 'b', apis }), id: 'q' }]);
    const { findings } = write({ found: [], set, options: { reading } });
    expect(findings.map((finding) => [finding.code, finding.help])).toEqual([['no_api', help]]);
  });

  it('sends who names no catalog for one', () => {
    const [finding] = write({ found: [], set: setOf([{ id: 'p' }]) }).findings;
    expect(finding?.help).toContain('name a catalog, too');
  });

  it('sends who has a pack to a catalog, for a pack has no place for an address', () => {
    const { settings, documents } = setOf([{ id: 'p', targets: [{ id: 'a', model: 'm' }] }]);
    const pack = documents.map(({ document }) => ({
      document: { ...document, dialect: 'keeptrusts' },
    }));
    const [finding] = write({ found: [], set: { settings, documents: pack } }).findings;
    expect(finding?.help).toContain('declare `a` in a catalog, too');
  });

  it('is every code that there is', () => {
    const cases = [...LEFT_OUT, ...REFUSED, ...SAID];
    const found = cases.flatMap((each) => write(each).findings.map(({ code }) => code));
    expect([...new Set(found)].sort()).toEqual(Object.keys(ENVOY_CONFIG_FINDING_CODES).sort());
  });
});
