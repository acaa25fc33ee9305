import fc from 'fast-check';

/** The configuration of a gateway as a file states it. */
export type Config = Readonly<Record<string, unknown>>;

/** Providers and models of the generated configurations, and of the catalog that they are asked about. */
export const PROVIDERS = ['openai', 'google', 'acme', 'boreal'] as const;
export const MODELS = ['m', 'n', 'o'] as const;

/** A provider as the generated configurations have it. */
interface Provider {
  readonly id: string;
  readonly disabled?: boolean;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly models?: readonly { readonly id: string; readonly disabled?: boolean }[];
}

const anyModels = fc
  .subarray([...MODELS])
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.record({ id: fc.constant(id), disabled: seldom() }, { requiredKeys: ['id'] }),
      ),
    ),
  );

function seldom(): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 5 }).map((each) => each === 0);
}

function anyProvider(id: string): fc.Arbitrary<Provider> {
  return fc.record(
    {
      id: fc.constant(id),
      disabled: seldom(),
      metadata: fc.record({ tier: fc.constantFrom('gold', 'silver') }),
      models: anyModels,
      api_keys: fc.constant([{ value: "${secrets.get('a', 'b')}" }]),
    },
    { requiredKeys: ['id'] },
  );
}

const anyProviders = fc
  .subarray([...PROVIDERS], { minLength: 1 })
  .chain((ids) => fc.tuple(...ids.map(anyProvider)));

/** Steps, each with what it keeps of providers and labels. */
const STEPS: Readonly<Record<string, (provider: string, tier: string | undefined) => boolean>> = {
  'ai.models': () => true,
  "ai.models.onlyProviders(['openai', 'acme'])": (provider) =>
    ['openai', 'acme'].includes(provider),
  "ai.models.filter(m, m.provider_id != 'google').randomize()": (provider) => provider !== 'google',
  "ai.models.filter(m, m.getMetadata('tier') == 'gold')": (_provider, tier) => tier === 'gold',
};

const anySteps = fc.array(fc.constantFrom(...Object.keys(STEPS)), { minLength: 1, maxLength: 2 });

/** Any configuration that is well formed. */
export const anyConfig: fc.Arbitrary<Config> = fc.record(
  {
    only_allow_configured_providers: fc.boolean(),
    only_allow_configured_models: seldom(),
    providers: anyProviders,
    model_selection: fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: anySteps
          .filter(([first, second]) => first !== second)
          .map((strategy) => ({ strategy })),
      },
    ),
    total_timeout: fc.constant('30s'),
    max_input_tokens: fc.nat(),
  },
  { requiredKeys: ['providers'] },
);

/** Whether the configuration lets a provider serve a model, told from the data alone. */
export function allows(config: Config, provider: string, model: string): boolean {
  const all = config['providers'] as readonly Provider[];
  const own = all.find(({ id }) => id === provider);
  const ownModel = own?.models?.find(({ id }) => id === model);
  if (own?.disabled === true || ownModel?.disabled === true) return false;
  if (config['only_allow_configured_providers'] === true && own === undefined) return false;
  if (config['only_allow_configured_models'] === true && ownModel === undefined) return false;
  const selection = config['model_selection'] as { strategy?: readonly string[] } | undefined;
  const keeps = STEPS[selection?.strategy?.[0] ?? 'ai.models'];
  return keeps?.(provider, own?.metadata?.['tier']) ?? false;
}
