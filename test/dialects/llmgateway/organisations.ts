import fc from 'fast-check';

/** Settings of an organisation as a file states them. */
export type Organisation = Readonly<Record<string, unknown>>;

/** Providers of the generated lists and of the catalog that they are asked about, by LLMGateway's ids. */
export const PROVIDERS = ['openai', 'azure', 'aws-bedrock', 'deepseek'] as const;

/** The models of the generated lists, and of the catalog. */
export const MODELS = ['gpt-5', 'claude', 'deepseek-v3.2'] as const;

/** What catalogs commonly call a provider. */
export function idOf(provider: string): string {
  return provider === 'aws-bedrock' ? 'amazon-bedrock' : provider;
}

const providers = fc.subarray([...PROVIDERS]);
const models = fc.subarray([...MODELS]);
const countries = fc.subarray(['US', 'DE', 'CN']);
const mappings = fc.subarray(
  PROVIDERS.flatMap((provider) => MODELS.map((model) => `${provider}/${model}`)),
  { maxLength: 4 },
);

const SWITCHES = [
  'requireSoc2',
  'requireSoc2Type2',
  'requireIso27001',
  'requireSoc2OrIso27001',
  'requireGdpr',
  'blockApiTraining',
  'blockPromptLogging',
  'zeroDataRetention',
  'blockStealthProviders',
] as const;

const switches = fc
  .subarray([...SWITCHES], { maxLength: 2 })
  .map((on) => Object.fromEntries(on.map((key) => [key, true])));

const lists = fc
  .record({
    blockedProviders: fc.subarray([...PROVIDERS], { maxLength: 2 }),
    allowedProviders: providers,
    blockedModels: fc.subarray([...MODELS], { maxLength: 1 }),
    allowedModels: models,
    allowedCountries: countries,
    dataResidency: fc.constantFrom('eu', 'US'),
    stated: fc.subarray(
      [
        'blockedProviders',
        'allowedProviders',
        'blockedModels',
        'allowedModels',
        'allowedCountries',
        'dataResidency',
      ],
      { maxLength: 2 },
    ),
  })
  .map(({ stated, ...all }) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => stated.includes(key))),
  );

const policy = fc
  .record({ isOff: fc.integer({ min: 0, max: 5 }), switches, lists })
  .map((parts) => ({ enabled: parts.isOff > 0, ...parts.switches, ...parts.lists }));

const restriction = fc.record({
  mode: fc.constantFrom('allow', 'deny'),
  providers: fc.subarray([...PROVIDERS], { maxLength: 2 }),
  models: fc.subarray([...MODELS], { maxLength: 2 }),
  mappings,
});

/** Any settings that are well formed. */
export const anyOrganisation: fc.Arbitrary<Organisation> = fc.oneof(
  fc.record({ policy }),
  fc.record({ restriction }),
  fc.record({ policy, restriction }),
);

/** Claims of one provider of the catalog that the settings are asked about. */
export interface Claims {
  readonly soc2?: string;
  readonly iso27001?: boolean;
  readonly gdpr?: boolean;
  readonly training_opt_out?: boolean;
  readonly prompt_logging?: boolean;
  readonly retention_days?: number;
  readonly headquarters?: readonly string[];
  readonly processing_regions?: readonly string[];
  readonly labels?: { readonly stealth: string };
}

const good = fc.constantFrom(true, true, true, false);

/** What each provider of a catalog claims. */
export const anyClaims: fc.Arbitrary<readonly Claims[]> = fc.array(
  fc.record(
    {
      soc2: fc.constantFrom('type2', 'type2', 'type1', 'none'),
      iso27001: good,
      gdpr: good,
      training_opt_out: good,
      prompt_logging: good.map((value) => !value),
      retention_days: fc.constantFrom(0, 0, 1),
      headquarters: fc.subarray(['US', 'DE', 'CN'], { minLength: 1 }),
      processing_regions: fc.constantFrom(['eu'], ['DE'], ['US'], ['global'], ['eu', 'US']),
      labels: fc.constantFrom('false', 'false', 'true').map((stealth) => ({ stealth })),
    },
    { requiredKeys: [] },
  ),
  { minLength: PROVIDERS.length, maxLength: PROVIDERS.length },
);
