import { native } from '../support/documents';
import type { FileCase } from '../support/matrix';

const service = (spec: string): string => native('Service', spec);

/** One listener, which begins in line 6, column 5. */
const listener = (text: string): string => service(`listeners:\n  - ${text}`);

/** One caller, which begins in line 6, column 5, at a socket of its own. */
const caller = (text: string): string =>
  service(`callers:\n  - ${text}\nlisteners: [{ address: 'unix:/run/a.sock', caller: envoy }]`);

const TLS = 'certificate_file: a.crt, private_key_file: a.key';

/** Mistakes that only the configuration of the service can hold. */
export const SERVICE_CASES: readonly FileCase[] = [
  { category: 'truncated', name: 'cut within a listener', content: listener('address:') },
  {
    category: 'truncated',
    name: 'cut before the tenants of a caller',
    content: caller('name: envoy'),
  },
  {
    category: 'invisible',
    name: 'a terminal escape in a caller',
    content: caller('{ name: "\\e[2J", tenants: any }'),
  },
  {
    category: 'invisible',
    name: 'a terminal escape in an address',
    content: listener('address: "\\e[31m:1"'),
  },
  {
    category: 'lookalike',
    name: 'a caller in another case',
    content: caller('{ name: Envoy, tenants: any }'),
  },
  {
    category: 'lookalike',
    name: 'an address in another width',
    content: listener('address: \uFF11\uFF12\uFF17.0.0.1:9595'),
  },
  {
    category: 'lookalike',
    name: 'a tenant in two widths',
    content: caller('{ name: envoy, tenants: [acme, \uFF41cme] }'),
  },
  {
    category: 'prototype',
    name: '__proto__ as a limit',
    content: service('limits: { __proto__: 1 }'),
  },
  {
    category: 'prototype',
    name: 'constructor as a caller',
    content: listener("{ address: 'unix:/run/a.sock', caller: constructor }"),
  },
  {
    category: 'prototype',
    name: '__proto__ as a scope',
    content: caller('{ name: envoy, tenants: any, scopes: { __proto__: any } }'),
  },
  {
    category: 'path',
    name: 'a socket in the folder above',
    content: listener('address: unix:../a.sock'),
  },
  {
    category: 'path',
    name: 'a socket with a path of 200 bytes',
    content: listener(`address: unix:/${'a'.repeat(200)}`),
  },
  { category: 'path', name: 'a NUL', content: service('policies: ["/etc/\\0"]') },
  {
    category: 'contradictory',
    name: 'a caller by listener and by certificate',
    content: service(
      `callers: [{ name: envoy, tenants: any }]\nlisteners: [{ address: '127.0.0.1:1', caller: envoy, tls: { ${TLS}, client_ca_file: ca.crt } }]`,
    ),
  },
  {
    category: 'contradictory',
    name: 'one certificate for two callers',
    content: service(
      `callers:\n  - { name: a, tenants: any, certificate_uris: ['spiffe://x/a'] }\n  - { name: b, tenants: any, certificate_uris: ['spiffe://x/a'] }\nlisteners: [{ address: '127.0.0.1:1', tls: { ${TLS}, client_ca_file: ca.crt } }]`,
    ),
  },
  {
    category: 'contradictory',
    name: 'any among the tenants',
    content: caller('{ name: envoy, tenants: [acme, any] }'),
  },
  {
    category: 'contradictory',
    name: 'two private keys',
    content: listener(`{ address: '127.0.0.1:1', tls: { ${TLS}, private_key_env: KEY } }`),
  },
  {
    category: 'contradictory',
    name: 'plaintext for everybody',
    content: listener('address: 0.0.0.0:9595'),
  },
  {
    category: 'contradictory',
    name: 'insecure, and TLS',
    content: listener(`{ address: '127.0.0.1:1', insecure: true, tls: { ${TLS} } }`),
  },
  {
    category: 'duplicate',
    name: 'an address twice',
    content: service('listeners: [{ address: 127.0.0.1:1 }, { address: 127.0.0.1:1 }]'),
  },
  {
    category: 'duplicate',
    name: 'a caller twice',
    content: caller('{ name: envoy, tenants: any }\n  - { name: envoy, tenants: [acme] }'),
  },
  {
    category: 'duplicate',
    name: 'a second document',
    content: `${service('log: { level: info }')}---\n${service('log: { level: warn }')}`,
  },
  {
    category: 'version',
    name: 'a version that is to come',
    content: service('log: { level: info }').replace('ambit/v1', 'ambit/v2'),
  },
  { category: 'type', name: 'a limit in quotes', content: service('limits: { candidates: "10" }') },
  {
    category: 'type',
    name: 'a truth value in quotes',
    content: listener("{ address: 127.0.0.1:1, insecure: 'false' }"),
  },
  {
    category: 'type',
    name: 'yes',
    content: caller('{ name: envoy, tenants: any, owns_claims: yes }'),
  },
  { category: 'type', name: 'a text for a listener', content: service('listeners: [127.0.0.1:1]') },
  {
    category: 'type',
    name: 'a mapping for the callers',
    content: service('callers: { envoy: { tenants: any } }'),
  },
  {
    category: 'type',
    name: 'seconds with a unit',
    content: service('shutdown: { drain_seconds: 10s }'),
  },
  { category: 'empty', name: 'no spec', content: service('') },
  { category: 'empty', name: 'no listener', content: service('listeners: []') },
  { category: 'empty', name: 'no caller', content: service('callers: []') },
  { category: 'empty', name: 'no tenant', content: caller('{ name: envoy, tenants: [] }') },
  {
    category: 'empty',
    name: 'no scope',
    content: caller('{ name: envoy, tenants: any, scopes: {} }'),
  },
  { category: 'empty', name: 'no limit', content: service('limits: {}') },
  { category: 'unknown key', name: 'of the spec', content: service('listener: []') },
  { category: 'unknown key', name: 'of a limit', content: service('limits: { candidate: 10 }') },
  {
    category: 'unknown key',
    name: 'of a caller',
    content: caller('{ name: envoy, tenants: any, tenant: acme }'),
  },
  {
    category: 'unknown value',
    name: 'a kind',
    content: service('log: { level: info }').replace('Service', 'Server'),
  },
  { category: 'unknown value', name: 'a level', content: service('log: { level: verbose }') },
  {
    category: 'unknown value',
    name: 'a style',
    content: caller('{ name: envoy, tenants: any, model_id_style: guess }'),
  },
  {
    category: 'unknown value',
    name: 'a caller of a listener',
    content: listener("{ address: 'unix:/run/a.sock', caller: nobody }"),
  },
  { category: 'unknown value', name: 'a status', content: service('keeptrusts: { status: 200 }') },
  { category: 'number', name: 'below zero', content: service('staleness: { max_seconds: -1 }') },
  {
    category: 'number',
    name: 'zero, which would be always stale',
    content: service('staleness: { max_seconds: 0 }'),
  },
  { category: 'number', name: 'infinity', content: service('staleness: { max_seconds: .inf }') },
  {
    category: 'number',
    name: 'beyond what a number holds',
    content: service('shutdown: { drain_seconds: 1e309 }'),
  },
  {
    category: 'number',
    name: 'beyond the bound of a limit',
    content: service('limits: { candidates: 1025 }'),
  },
  {
    category: 'number',
    name: 'a fraction of a byte',
    content: service('limits: { request_bytes: 65536.5 }'),
  },
  { category: 'number', name: 'hexadecimal', content: service('limits: { candidates: 0x10 }') },
  {
    category: 'number',
    name: 'a port beyond the last one',
    content: listener('address: 127.0.0.1:65536'),
  },
  {
    category: 'number',
    name: 'a leading zero in a port',
    content: listener('address: 127.0.0.1:09595'),
  },
  {
    category: 'missing',
    name: 'the kind',
    content: service('log: { level: info }').replace('kind: Service\n', ''),
  },
  { category: 'missing', name: 'the address of a listener', content: listener('caller: envoy') },
  {
    category: 'missing',
    name: 'the tenants of a caller',
    content: caller('{ name: envoy, scopes: any }'),
  },
  {
    category: 'missing',
    name: 'the private key',
    content: listener("{ address: '127.0.0.1:1', tls: { certificate_file: a.crt } }"),
  },
  {
    category: 'missing',
    name: 'who asks at a listener',
    content: service(
      'callers: [{ name: envoy, tenants: any }]\nlisteners: [{ address: 127.0.0.1:1 }]',
    ),
  },
];
