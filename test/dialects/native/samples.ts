/** A value as JSON has it. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A native document as a value. */
export interface Sample {
  readonly name: string;
  readonly value: Readonly<Record<string, Json>>;
}

function sample(name: string, kind: string, spec: Readonly<Record<string, Json>>): Sample {
  const metadata = { name: 'sample', description: 'what it is for' };
  return { name, value: { apiVersion: 'ambit/v1', kind, metadata, spec } };
}

const FOUNDED = {
  source: 'https://example.com/trust',
  assurance: 'contract',
  checked_at: '2026-01-31',
  expires_at: '2027-01-31T09:30:00Z',
};

const CLAIMS = {
  zero_data_retention: { value: true, ...FOUNDED, apis: ['responses'], features: ['store'] },
  training_opt_out: true,
  prompt_logging: false,
  retention_days: 0,
  retention_purpose: 'abuse',
  in_memory_only: true,
  accepts_tokenized_input: true,
  allow_internet_egress: false,
  local_only_processing: true,
  analytics_collection: 'deny',
  user_data_collection: 'deny',
  soc2: 'type2',
  iso27001: true,
  gdpr: true,
  headquarters: ['US'],
  processing_regions: ['eu', 'US'],
  storage_regions: ['DE'],
  nested_gateway: 'fallback_off',
  quantization: 'fp8',
  price: { prompt: 0.5, completion: 2 },
  certifications: { hipaa_baa: true },
  labels: { tier: 'gold' },
};

const ENTRY = {
  provider: 'openai',
  model: 'gpt-*',
  region: 'eu',
  endpoint: 'primary',
  credential: 'ours',
  target: 'a/*',
};

/**
 * Documents that together hold every key that the native dialect knows, each with a value that is right. Keys that
 * exclude each other are in different ones.
 */
export const SAMPLES: readonly Sample[] = [
  sample('a policy with rules', 'Policy', {
    mode: 'enforce',
    scope: { tenant: 'acme', team: ['a', 'b'], data_class: 'any' },
    providers: { allow: ['openai', ENTRY], deny: ['umbra', { provider: 'next', future: true }] },
    models: { allow: ['gpt-4o*'], deny: [{ model: 'gpt-3*' }] },
    requirements: {
      require_zero_data_retention: true,
      require_no_training: true,
      no_prompt_logging: true,
      max_retention_days: 30,
      require_in_memory_only: true,
      require_tokenized_input_support: true,
      allow_internet_egress: false,
      local_only_processing: true,
      user_data_collection: 'deny',
      analytics_collection: 'deny',
      soc2: true,
      soc2_type2: true,
      iso27001: true,
      soc2_or_iso27001: true,
      gdpr: true,
      certifications: { all_of: ['hipaa_baa'], any_of: ['pci_dss', 'fedramp'], max_age_days: 365 },
      processing_regions: ['eu', 'CH'],
      storage_regions: ['DE'],
      headquarters: { allow: ['US', 'eea'], deny: ['CN'] },
      quantizations: ['fp16'],
      max_price: { prompt: 2.5, completion: 10 },
      labels: { tier: 'gold' },
      expression: ['claims.retention_days <= 30', 'claims.gdpr'],
      minimum_assurance: 'contract',
    },
    on_no_eligible: {
      status: 451,
      message: 'none of {providers} may serve {model_name}. {contact}',
      wording: 'vercel',
      contact: 'Ask us.',
    },
    provider_names: 'ngrok',
    log_provider_selection: true,
  }),
  sample('a policy without rules', 'Policy', { unrestricted: true }),
  sample('a policy for the models of some authors', 'Policy', {
    applies_to: { model_authors: ['anthropic'] },
    requirements: { gdpr: true },
  }),
  sample('a policy for the models of all but some authors', 'Policy', {
    applies_to: { model_authors_except: ['anthropic'] },
    requirements: { gdpr: true },
  }),
  sample('a catalog', 'Catalog', {
    providers: [
      {
        id: 'openai',
        aliases: ['oai'],
        models: 'listed',
        evidence: FOUNDED,
        claims: CLAIMS,
        endpoints: [
          {
            id: 'primary',
            base_url: 'https://eu.api.example.com/v1',
            region: 'eu',
            evidence: FOUNDED,
            claims: { gdpr: true },
          },
        ],
        credentials: [{ id: 'ours', owner: 'customer', evidence: FOUNDED, claims: { gdpr: true } }],
        targets: [
          {
            id: 'a/one',
            model: 'gpt-4o',
            endpoint: 'primary',
            region: 'eu',
            credential: 'ours',
            apis: ['responses'],
            serves: ['chat'],
            reaches: ['a/two'],
            pool: 'one',
            claims_stated_on: 'credential',
            address: { host: 'api.example.com', port: 443, path_prefix: '/v1', auth: 'bearer' },
            evidence: FOUNDED,
            claims: { gdpr: true },
          },
        ],
      },
    ],
    targets: [
      {
        id: 'a/two',
        provider: 'openai',
        model: 'mini',
        endpoint: {
          host: 'api.example.com',
          port: 443,
          path_prefix: '/v1',
          auth: 'bearer',
          apis: ['embeddings'],
        },
      },
    ],
  }),
  sample('a bundle', 'Bundle', {
    revision: 7,
    default: 'block',
    tenants: ['acme'],
    scope_values: { team: ['a', 'b'], key: 'any' },
    contact: 'Ask security@acme.example.',
    include: [{ file: 'packs/acme.yaml', dialect: 'keeptrusts', scope: { tenant: 'acme' } }],
  }),
];
