import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { completeConfig } from '../../../src/platform/config/complete';
import { CONFIG_KEYS, variableOf } from '../../../src/platform/config/config-keys';
import { readConfig } from '../../../src/platform/config/read-config';
import { PREFERENCE_WORDS } from '../../../src/ports/client-preferences';
import { DEFAULT_LIMITS } from '../../../src/ports/service-limits';

const HEAD = 'apiVersion: ambit/v1\nkind: Service\nspec:\n';

/** What is found, as `file:line:column code`. */
function found(spec: string, environment: Readonly<Record<string, string>> = {}): string[] {
  const { findings } = readConfig({
    file: { name: 'ambit.yaml', text: HEAD + spec },
    environment,
  });
  return findings.map(
    ({ position, code }) =>
      `${position.file}:${String(position.line)}:${String(position.column)} ${code}`,
  );
}

const CALLER = '  callers: [{ name: envoy, tenants: [acme] }]\n';

describe('a configuration', () => {
  it('is read whole, with paths beside its file', () => {
    const text = `${HEAD}  policies: [policy, { path: /etc/pack.yaml, dialect: keeptrusts }]
  listeners:
    - { address: 'unix:/run/a.sock', caller: envoy }
    - address: 0.0.0.0:9595
      tls: { certificate_file: tls.crt, private_key_env: KEY, client_ca_file: /ca.crt }
  http: { address: 'unix:/run/http.sock', caller: envoy }
  callers:
    - name: envoy
      certificate_uris: [spiffe://a/b]
      tenants: any
      scopes: { team: [search], environment: any }
      model_id_style: pin
      rewrites_model: false
      owns_claims: true
  limits: { candidates: 7 }
  client_preferences: { headers: [order, only], formats: all }
  staleness: { max_seconds: 300 }
  shutdown: { drain_seconds: 3 }
  log: { level: warn, decisions: all }
  diagnostics: { enabled: false }
  keeptrusts: { status: 403 }
  tracing:
    endpoint: https://collector:4318/v1/traces
    headers: { authorization: { env: TOKEN }, x-tenant: { file: tenant } }
    ratio: 0.5
    ca_file: ca.pem
`;
    const { draft, findings } = readConfig({
      file: { name: '/etc/ambit/ambit.yaml', text },
      environment: {},
    });
    expect(findings).toEqual([]);
    expect(completeConfig(draft, { insecure: false })).toEqual({
      roots: [{ path: '/etc/ambit/policy' }, { path: '/etc/pack.yaml', dialect: 'keeptrusts' }],
      listeners: [
        { address: 'unix:/run/a.sock', caller: 'envoy', insecure: false },
        {
          address: '0.0.0.0:9595',
          insecure: false,
          tls: {
            certificateFile: '/etc/ambit/tls.crt',
            privateKey: { env: 'KEY' },
            clientCaFile: '/ca.crt',
          },
        },
      ],
      httpListeners: [{ address: 'unix:/run/http.sock', caller: 'envoy', insecure: false }],
      callers: [
        {
          name: 'envoy',
          certificateUris: ['spiffe://a/b'],
          tenants: 'any',
          scopes: new Map<string, unknown>([
            ['team', ['search']],
            ['environment', 'any'],
          ]),
          modelIdStyle: 'pin',
          traits: { rewritesModel: false, ownsClaims: true },
        },
      ],
      limits: { ...DEFAULT_LIMITS, candidates: 7 },
      clientPreferences: {
        headers: ['order', 'only'],
        formats: ['vercel', 'openrouter', 'llmgateway'],
      },
      maxStalenessMs: 300_000,
      drainTimeoutMs: 3000,
      logLevel: 'warn',
      recordedDecisions: 'all',
      keeptrustsStatus: 403,
      tracing: {
        endpoint: 'https://collector:4318/v1/traces',
        headers: { authorization: { env: 'TOKEN' }, 'x-tenant': { file: '/etc/ambit/tenant' } },
        ratio: 0.5,
        timeoutMs: 5000,
        caFile: '/etc/ambit/ca.pem',
      },
    });
  });

  it.each([
    ['', [], ['vercel', 'openrouter']],
    ['  client_preferences: { headers: all, formats: none }\n', PREFERENCE_WORDS, []],
    ['  client_preferences: { headers: none, formats: [llmgateway] }\n', [], ['llmgateway']],
  ])(
    '%j reads of the preferences of clients the headers %j and the formats %j',
    (spec, ...read) => {
      const file = { name: 'ambit.yaml', text: `${HEAD}  policies: [p]\n${spec}` };
      const { draft, findings } = readConfig({ file, environment: {} });
      expect(findings).toEqual([]);
      const { headers, formats } = completeConfig(draft, { insecure: false }).clientPreferences;
      expect([headers, formats]).toEqual(read);
    },
  );

  it.each([
    ['  listeners: [{ address: 0.0.0.0:1 }]\n', ['ambit.yaml:4:26 plaintext_listener']],
    ['  client_preferences: { headers: [onyl] }\n', ['ambit.yaml:4:35 unknown_value']],
    ['  client_preferences: { headers: only }\n', ['ambit.yaml:4:34 unknown_value']],
    ['  client_preferences: { headers: [] }\n', ['ambit.yaml:4:34 empty_list']],
    ['  client_preferences: { formats: [vercel, vercel] }\n', ['ambit.yaml:4:43 duplicate_item']],
    ['  client_preferences: { formats: [ngrok] }\n', ['ambit.yaml:4:35 unknown_value']],
    ['  client_preferences: { body: [vercel] }\n', ['ambit.yaml:4:25 unknown_key']],
    [
      `${CALLER}  listeners: [{ address: 127.0.0.1:1 }]\n`,
      ['ambit.yaml:4:21 unreachable_caller', 'ambit.yaml:5:26 caller_unknown_at_listener'],
    ],
    [
      `${CALLER}  listeners: [{ address: 127.0.0.1:1, caller: envoi }]\n`,
      ['ambit.yaml:4:21 unreachable_caller', 'ambit.yaml:5:47 unknown_caller'],
    ],
    [
      '  listeners: [{ address: 127.0.0.1:1, tls: { certificate_file: a, private_key_file: b, client_ca_file: c } }]\n',
      ['ambit.yaml:4:88 certificates_without_callers'],
    ],
    [
      `${CALLER}  listeners: [{ address: 127.0.0.1:1, tls: { certificate_file: a, private_key_file: b, client_ca_file: c } }]\n`,
      ['ambit.yaml:4:21 unreachable_caller'],
    ],
    ['  listeners: [{ address: nowhere }]\n', ['ambit.yaml:4:26 invalid_text']],
    ['  http: { address: 0.0.0.0:1 }\n', ['ambit.yaml:4:20 plaintext_listener']],
    [
      `${CALLER}  http: [{ address: 127.0.0.1:1 }]\n`,
      ['ambit.yaml:5:21 caller_unknown_at_listener'],
    ],
    [
      '  listeners: [{ address: 127.0.0.1:1 }]\n  http: { address: 127.0.0.1:1 }\n',
      ['ambit.yaml:5:20 duplicate_item'],
    ],
    ['  http: []\n', ['ambit.yaml:4:9 empty_list']],
    ['  http: 8080\n', ['ambit.yaml:4:9 wrong_type']],
    ['  callers: [{ name: a }]\n', ['ambit.yaml:4:13 missing_key']],
    ['  callers: [{ name: a, tenants: [] }]\n', ['ambit.yaml:4:33 empty_list']],
    ['  callers: [{ name: a, tenants: [any] }]\n', ['ambit.yaml:4:34 contradiction']],
    ['  limits: { candidates: 0 }\n', ['ambit.yaml:4:25 out_of_range']],
    ["  limits: { candidates: '7' }\n", ['ambit.yaml:4:25 quoted_number']],
    ['  limits: { candidate: 7 }\n', ['ambit.yaml:4:13 unknown_key']],
    ['  stalenes: { max_seconds: 3 }\n', ['ambit.yaml:4:3 unknown_key']],
    ['  keeptrusts: { status: 500 }\n', ['ambit.yaml:4:25 unknown_value']],
    ['  tracing: { ratio: 0.5 }\n', ['ambit.yaml:4:14 missing_key']],
    ['  tracing: { endpoint: "http://u:p@h/v1/traces" }\n', ['ambit.yaml:4:14 invalid_text']],
    ['  tracing: { endpoint: "grpc://h:4317" }\n', ['ambit.yaml:4:14 invalid_text']],
    [
      '  tracing: { endpoint: "https://h/", headers: { a: SECRET, B: { env: C }, host: { env: D } } }\n',
      [
        'ambit.yaml:4:49 secret_value',
        'ambit.yaml:4:60 invalid_text',
        'ambit.yaml:4:75 invalid_text',
      ],
    ],
    [
      '  tracing: { endpoint: "https://h/", headers: { a: { env: C, file: D }, b: { envv: C } } }\n',
      [
        'ambit.yaml:4:49 contradiction',
        'ambit.yaml:4:73 contradiction',
        'ambit.yaml:4:78 unknown_key',
      ],
    ],
    [
      '  tracing: { endpoint: "http://h/", headers: { a: { env: C } }, ca_file: ca.pem }\n',
      ['ambit.yaml:4:37 contradiction', 'ambit.yaml:4:65 contradiction'],
    ],
    ['  tracing: { endpoint: "http://[::1]/", headers: { a: { env: C } }, ratio: 1 }\n', []],
    ['  tracing: { endpoint: "https://h/", ratio: 1.5 }\n', ['ambit.yaml:4:45 out_of_range']],
    [
      '  listeners: [{ address: 127.0.0.1:1, tls: { certificate_file: a } }]\n',
      ['ambit.yaml:4:39 missing_key'],
    ],
    ['  policies: [a]\n---\nx: 1\n', ['ambit.yaml:6:1 contradiction']],
    ['  callers: [{ name: a, tenants: any, scopes: [team] }]\n', ['ambit.yaml:4:46 wrong_type']],
    ['  callers: [{ name: a, tenants: any, scopes: all }]\n', ['ambit.yaml:4:46 wrong_type']],
    [
      "  listeners: [{ address: 127.0.0.1:1, tls: { certificate_file: a, private_key: '1' } }]\n",
      ['ambit.yaml:4:67 secret_value'],
    ],
    [
      "  listeners: [{ address: 'unix:/a', caller: a }]\n  callers: [{ name: a, tenants: 7 }]\n",
      ['ambit.yaml:5:33 wrong_type'],
    ],
  ])('is refused at its word: %j', (spec, expected) => {
    expect(found(spec)).toEqual(expected);
  });

  it.each([
    '  callers: []\n',
    '  callers: [{ name: a, tenants: [] }]\n',
    '  callers: [{ name: a, tenants: any, scopes: [team] }]\n',
    '  callers: [{ name: a, tenants: any, scopes: all }]\n',
  ])('is never mended by what lets a caller claim more: %j', (spec) => {
    const { findings } = readConfig({
      file: { name: 'ambit.yaml', text: HEAD + spec },
      environment: {},
    });
    expect(findings.map(({ help }) => help)).toEqual([expect.stringMatching(/^name (?!.*any)/u)]);
    expect(findings.map(({ help }) => help).join()).not.toContain('remove');
  });

  it.each([
    ['http: unix:/a', '{address: "unix:/a"}'],
    ['http: [127.0.0.1:1]', '{address: "127.0.0.1:1"}'],
    ['http: /a', '{address: "HOST:PORT"}'],
    ['http: 8080', '{address: "HOST:PORT"}'],
    ['listeners: unix:/a', '[{address: "unix:/a"}]'],
    ["listeners: ['unix:/a']", '{address: "unix:/a"}'],
  ])('shows an address that stands alone where it belongs: %s', (spec, written) => {
    const text = `${HEAD}  policies: [p]\n  ${spec}\n`;
    const { findings } = readConfig({ file: { name: 'a.yaml', text }, environment: {} });
    expect(findings.map(({ code, help }) => [code, help])).toEqual([
      ['wrong_type', `write \`${written}\``],
    ]);
  });

  it.each(['Policy', 'Catalog', 'Bundle', 'PolicyTest'])(
    'says of a %s once that it is none',
    (kind) => {
      const text = `apiVersion: ambit/v1\nkind: ${kind}\nspec: { requirements: {} }\n---\na: 1\n`;
      const { findings } = readConfig({ file: { name: 'a.yaml', text }, environment: {} });
      expect(findings).toMatchObject([
        {
          code: 'unknown_value',
          position: { line: 2, column: 7 },
          help: expect.stringContaining('--policy') as string,
        },
      ]);
    },
  );

  it('proposes no key that nobody may write', () => {
    const tls = 'tls: { certificate_file: a, private_key_file: b, key: c }';
    const { findings } = readConfig({
      file: {
        name: 'ambit.yaml',
        text: `${HEAD}  listeners: [{ address: 127.0.0.1:1, ${tls} }]\n`,
      },
      environment: {},
    });
    expect(findings.map(({ help }) => help)).toEqual([
      'known keys are `private_key_env`, `client_ca_file`',
    ]);
  });
});

describe('the environment', () => {
  const POLICIES = '  policies: [a]\n';

  it('has a variable for each key, which beats the file', () => {
    const { draft, findings } = readConfig({
      file: { name: 'ambit.yaml', text: `${HEAD}  limits: { candidates: 7 }\n` },
      environment: {
        AMBIT_LIMITS_CANDIDATES: '9',
        AMBIT_CALLERS: '[{ name: a, tenants: any }]',
        AMBIT_LISTENERS: "[{ address: 'unix:/a', caller: a }]",
      },
    });
    expect(findings).toEqual([]);
    expect(draft.limits).toEqual({ candidates: 9 });
    expect(draft.callers?.map(({ name }) => name)).toEqual(['a']);
    expect(new Set([...CONFIG_KEYS.keys()].map(variableOf)).size).toBe(CONFIG_KEYS.size);
  });

  it.each([
    ['AMBIT_STALENESS_MAX_SECOND', '3', ['AMBIT_STALENESS_MAX_SECOND:1:1 unknown_variable']],
    ['AMBIT_LIMITS_CANDIDATES', 'many', ['AMBIT_LIMITS_CANDIDATES:1:1 wrong_type']],
    ['AMBIT_LOG_LEVEL', 'loud', ['AMBIT_LOG_LEVEL:1:1 unknown_value']],
    ['AMBIT_LOG_LEVEL', '', ['AMBIT_LOG_LEVEL:1:1 empty_text']],
    ['AMBIT_LOG_DECISIONS', 'all', []],
    ['AMBIT_LOG_DECISIONS', 'none', ['AMBIT_LOG_DECISIONS:1:1 unknown_value']],
    ['AMBIT_CALLERS', '', ['AMBIT_CALLERS:1:1 empty_text']],
    ['AMBIT_CALLERS', ' \n', ['AMBIT_CALLERS:1:1 empty_text']],
    ['AMBIT_CALLER', '', ['AMBIT_CALLER:1:1 unknown_variable']],
    ['AMBIT_DEBUG', '1', []],
    ['AMBIT_PORT', 'tcp://10.0.0.1:9595', []],
    ['AMBIT_PORT', '9595', ['AMBIT_PORT:1:1 unknown_variable']],
    ['AMBIT_PORT', 'http://10.0.0.1:9595', ['AMBIT_PORT:1:1 unknown_variable']],
    ['AMBIT_PORT', '', ['AMBIT_PORT:1:1 unknown_variable']],
    ['AMBIT_PORT', 'udp://[fd00::1]:53', []],
    ['AMBIT_SERVICE_HOST', '10.0.0.1', []],
    ['AMBIT_SERVICE_HOST', 'fd00::1', []],
    ['AMBIT_SERVICE_HOST', 'localhost', ['AMBIT_SERVICE_HOST:1:1 unknown_variable']],
    ['AMBIT_SERVICE_PORT', '9595', []],
    ['AMBIT_SERVICE_PORT', 'tcp', ['AMBIT_SERVICE_PORT:1:1 unknown_variable']],
    ['AMBIT_PORT_9595_TCP', 'tcp://10.0.0.1:9595', []],
    ['AMBIT_PORT_9595_TCP_PORT', '9595', []],
    ['AMBIT_PORT_9595_TCP_PROTO', 'tcp', []],
    ['AMBIT_PORT_9595_TCP_PROTO', 'quic', ['AMBIT_PORT_9595_TCP_PROTO:1:1 unknown_variable']],
    ['AMBIT_PORT_9595_TCP_ADDR', '10.0.0.1', []],
    ['AMBIT_ENVOY_SERVICE_PORT_GRPC', '1', []],
    ['OTHER', 'x', []],
  ])('%s=%s', (name, value, expected) => {
    expect(found(POLICIES, { [name]: value })).toEqual(expected);
  });
});

describe('docs/configuration.md', () => {
  it('has a row for each key, with its variable', () => {
    const page = readFileSync(join(__dirname, '../../../docs/configuration.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z_.]+|limits\.NAME)` \| `(AMBIT_[A-Z_]+)` \|/gm)];
    const keys = [...CONFIG_KEYS.keys()].filter((key) => !key.startsWith('limits.'));
    expect(rows.map(([, key, variable]) => [key, variable]).toSorted()).toEqual(
      [...keys, 'limits.NAME'].map((key) => [key, variableOf(key)]).toSorted(),
    );
  });
});
