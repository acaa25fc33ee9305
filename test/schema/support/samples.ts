import { SAMPLES, type Json, type Sample } from '../../dialects/native/samples';
import { SERVICE_LIMITS } from '../../../src/ports/service-limits';
import { judgeNative, judgeService, type Judge } from './judge';

/** A document that is right, and who judges it. */
export interface JudgedSample extends Sample {
  readonly judge: Judge;
}

const REQUEST = {
  model: 'gpt-4o',
  models: ['gpt-4o', 'mini'],
  model_id_style: 'auto',
  tenant: 'acme',
  scope: { team: 'search' },
  api: 'responses',
  features: ['store'],
  preferences: {
    only: ['openai'],
    ignore: [],
    order: ['openai', 'azure'],
    allow_fallbacks: false,
    zero_data_retention: true,
    no_training: true,
    data_collection: 'deny',
    max_retention_days: 0,
    processing_regions: ['eu'],
    quantizations: ['fp8'],
    max_price: { prompt: 1, completion: 2.5 },
  },
  attributes: { amount: 'large' },
  candidates: [
    'a/one',
    {
      ref: 'two',
      target: 'a/two',
      provider: 'openai',
      model: 'mini',
      region: 'eu',
      endpoint: 'primary',
      credential: 'ours',
      evidence: { source: 'a contract', assurance: 'contract' },
      claims: { gdpr: true },
    },
  ],
  caller: { rewrites_model: true, owns_claims: false },
};

const REASON = {
  code: 'claim_contrary',
  layer: 'requirements',
  policy: 'baseline',
  requirement: 'gdpr',
  claim: 'gdpr',
  state: 'contrary',
  expected: 'true',
  observed: 'false',
  message: 'a sentence',
};

const TEST: Readonly<Record<string, Json>> = {
  apiVersion: 'ambit/v1',
  kind: 'PolicyTest',
  metadata: { name: 'sample' },
  spec: {
    now: '2026-01-31',
    defaults: REQUEST,
    cases: [
      {
        name: 'something is left',
        now: '2026-01-31T09:30:00Z',
        request: { model: 'mini' },
        outcome: 'warn',
        eligible: ['a/one'],
        blocked: { two: 'claim_unknown', three: ['claim_unknown', REASON], four: REASON },
        unmet: { 'a/one': 'claim_contrary' },
        warnings: ['warn_policy_gave_way', 'unused_scope_key'],
      },
      {
        name: 'nothing is left',
        outcome: 'block',
        eligible: [],
        block: {
          code: 'no_compliant_provider',
          layer: 'requirements',
          policy: 'baseline',
          message: 'no',
          http_status: 403,
          content_type: 'application/json',
          providers_considered: ['openai'],
          body: { error: { message: 'no', param: null } },
        },
      },
      { name: 'the body is a text', block: { body: '{}' } },
    ],
  },
};

const SERVICE: Readonly<Record<string, Json>> = {
  apiVersion: 'ambit/v1',
  kind: 'Service',
  metadata: { name: 'production', description: 'what it is for' },
  spec: {
    policies: ['/etc/ambit/policy', { path: 'pack.yaml', dialect: 'keeptrusts' }],
    listeners: [
      { address: 'unix:/run/ambit/ambit.sock', caller: 'envoy' },
      {
        address: '0.0.0.0:9595',
        tls: {
          certificate_file: '/tls/tls.crt',
          private_key_file: '/tls/tls.key',
          client_ca_file: '/tls/ca.crt',
        },
      },
      {
        address: '[::1]:9597',
        caller: 'gateway',
        tls: { certificate_file: '/tls/tls.crt', private_key_env: 'TLS_KEY' },
      },
      { address: '10.0.0.1:9598', caller: 'gateway', insecure: true },
      { address: 'localhost:0', caller: 'gateway', insecure: false },
    ],
    http: [
      { address: 'unix:/run/ambit/http.sock', caller: 'envoy' },
      {
        address: '0.0.0.0:9600',
        tls: {
          certificate_file: '/tls/tls.crt',
          private_key_file: '/tls/tls.key',
          client_ca_file: '/tls/ca.crt',
        },
      },
    ],
    callers: [
      {
        name: 'envoy',
        certificate_uris: ['spiffe://prod/ns/ai/sa/envoy'],
        tenants: ['acme', 'umbra'],
        scopes: { team: ['search', 'ads'], environment: 'any' },
        model_id_style: 'pin',
        rewrites_model: true,
        owns_claims: false,
      },
      { name: 'gateway', tenants: 'any', scopes: 'any' },
    ],
    limits: Object.fromEntries(
      Object.entries(SERVICE_LIMITS).map(([name, limit]) => [name, limit.default]),
    ),
    client_preferences: { headers: ['only', 'order'], formats: 'none' },
    staleness: { max_seconds: 300 },
    shutdown: { drain_seconds: 0.5 },
    log: { level: 'warn', decisions: 'all' },
    diagnostics: { address: '127.0.0.1:9596', enabled: true },
    audit: {
      directory: '/var/lib/ambit/trail',
      mode: 'counted',
      private_key: { file: '/etc/ambit/trail.key.pem' },
      previous_key: { env: 'OLD_TRAIL_KEY' },
      decisions: 'all',
      attributes: ['region', 'team'],
      queue: 500,
      retention_days: 365,
      immutable: true,
      sinks: [
        {
          ...{ name: 'db', kind: 'postgres', host: 'db.internal', port: 5432, database: 'audit' },
          ...{ user: 'ambit', password: { env: 'DB_PASSWORD' }, table: 'audit.lines' },
          partition: 'month',
          tls: {
            ca_file: '/tls/ca.crt',
            certificate_file: '/tls/tls.crt',
            private_key: { file: '/tls/tls.key' },
          },
        },
        {
          ...{ name: 'stream', kind: 'nats', servers: ['nats.internal:4222', '[::1]:4222'] },
          ...{ subject: 'ambit.lines', stream: 'LINES', create_stream: true, insecure: true },
          ...{ user: 'ambit', password: { file: '/run/nats' } },
        },
        {
          ...{
            name: 'other',
            kind: 'nats',
            servers: ['localhost:4222'],
            subject: 's',
            stream: 'S',
          },
          token: { env: 'NATS_TOKEN' },
        },
        {
          ...{ name: 'third', kind: 'nats', servers: ['127.0.0.1:1'], subject: 's', stream: 'S' },
          ...{ creds: { file: '/run/creds' }, tls: 'system' },
        },
        {
          ...{ name: 'collector', kind: 'otlp', url: 'https://otlp.internal:4318/v1/logs' },
          headers: { authorization: { env: 'OTLP_TOKEN' } },
          resource: { 'service.instance.id': 'pod-1' },
        },
        { name: 'out', kind: 'stdout', fd: 3 },
      ],
    },
    keeptrusts: { status: 403 },
    tracing: {
      endpoint: 'https://collector.example:4318/v1/traces',
      headers: { authorization: { env: 'COLLECTOR_TOKEN' }, 'x-tenant': { file: '/etc/tenant' } },
      ratio: 0.25,
      timeout_seconds: 2.5,
      ca_file: '/tls/collector-ca.pem',
    },
  },
};

/** Documents that are right, of every kind; together they hold every key, some more than once. */
export const JUDGED_SAMPLES: readonly JudgedSample[] = [
  ...SAMPLES.map((sample) => ({ ...sample, judge: judgeNative })),
  { name: 'a test', value: TEST, judge: judgeNative },
  { name: 'a configuration', value: SERVICE, judge: judgeService },
];
