import fc from 'fast-check';

/** Settings as a file states them. */
export interface Settings {
  readonly account?: Part;
  readonly guardrails?: readonly Part[];
}

/** An account, or a guardrail. */
export type Part = Readonly<Record<string, unknown>>;

/** Providers of the generated lists, as OpenRouter calls them; the last is in none. */
export const PROVIDERS = ['openai', 'together', 'google-vertex', 'new'] as const;
const NAMED = PROVIDERS.slice(0, -1);

/** Authors of the models of the catalog: each has a group but the last. */
export const AUTHORS = ['anthropic', 'openai', 'google', 'x-ai', 'mistralai'] as const;
const MODELS = AUTHORS.map((author) => `${author}/m`);

const GROUPS = ['anthropic', 'openai', 'google', 'xai', 'other'] as const;

/** What catalogs commonly call a provider. */
export function idOf(provider: string): string {
  return provider === 'together' ? 'togetherai' : provider;
}

const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 4, arbitrary }, { weight: 1, arbitrary: fc.constant(null) });

const COMMON = {
  allowed_providers: orNull(fc.subarray([...NAMED])),
  ignored_providers: orNull(fc.subarray([...NAMED], { maxLength: 1 })),
  allowed_models: orNull(fc.subarray(MODELS, { minLength: 2 })),
  ignored_models: orNull(fc.subarray(MODELS, { maxLength: 1 })),
  enforce_zdr: orNull(fc.boolean()),
  enable_paid_model_training: orNull(fc.boolean()),
  enable_free_model_training: orNull(fc.boolean()),
  enable_free_model_publication: orNull(fc.boolean()),
  ...Object.fromEntries(GROUPS.map((group) => [`enforce_zdr_${group}`, orNull(fc.boolean())])),
};

/** An account states no nulls. */
function withoutNulls(
  keys: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): Readonly<Record<string, fc.Arbitrary<unknown>>> {
  return Object.fromEntries(
    Object.entries(keys).map(([key, any]) => [key, any.filter((value) => value !== null)]),
  );
}

/** Of all keys few are stated, so that something is left. */
function partOf(keys: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Part> {
  return fc
    .record({
      stated: fc.subarray(Object.keys(keys), { minLength: 1, maxLength: 4 }),
      all: fc.record(keys),
    })
    .map(({ stated, all }) =>
      Object.fromEntries(Object.entries(all).filter(([key]) => stated.includes(key))),
    );
}

const account = partOf({
  ...withoutNulls(COMMON),
  zdr: fc.boolean(),
  data_collection: fc.constantFrom('allow', 'deny'),
});

const guardrail = partOf({
  ...COMMON,
  description: fc.constant('text'),
  limit_usd: fc.constantFrom(null, 5),
});

const guardrails = fc
  .array(guardrail, { minLength: 1, maxLength: 2 })
  .map((parts) => parts.map((part, index) => ({ name: `g${String(index)}`, ...part })));

/** Any settings; they are well formed unless they contradict themselves. */
export const anySettings: fc.Arbitrary<Settings> = fc.oneof(
  fc.record({ account }),
  fc.record({ guardrails }),
  fc.record({ account, guardrails }),
);

/** True if no switch for all models is on against a group that is off. */
export function isWellFormed(settings: Settings): boolean {
  return partsOf(settings).every(
    (part) => !isForAll(part) || GROUPS.every((group) => part[`enforce_zdr_${group}`] !== false),
  );
}

/** What one target of the catalog is and claims. */
export interface Target {
  readonly provider: string;
  readonly author: string;
  readonly claims: Claims;
}

/** Claims of one target. */
export interface Claims {
  readonly zero_data_retention?: boolean;
  readonly training_opt_out?: boolean;
  readonly user_data_collection?: 'allow' | 'deny';
}

/** Claims of one target of the catalog that the settings are asked about. */
export const anyClaims: fc.Arbitrary<Claims> = fc.record(
  {
    zero_data_retention: fc.constantFrom(true, true, false),
    training_opt_out: fc.constantFrom(true, true, true, false),
    user_data_collection: fc.constantFrom('deny', 'deny', 'allow'),
  },
  { requiredKeys: [] },
);

/** Whether the settings let a target serve, told from the data alone. */
export function allows(settings: Settings, target: Target): boolean {
  return partsOf(settings).every((part) => isListed(part, target) && meets(part, target));
}

function partsOf({ account: part, guardrails: parts = [] }: Settings): readonly Part[] {
  return part === undefined ? parts : [part, ...parts];
}

function isListed(part: Part, { provider, author }: Target): boolean {
  const list = (key: string): readonly string[] => (part[key] ?? []) as readonly string[];
  const passes = (key: string, name: string): boolean =>
    list(key).length === 0 || list(key).includes(name);
  const isIgnored =
    list('ignored_providers').includes(provider) || list('ignored_models').includes(`${author}/m`);
  return (
    passes('allowed_providers', provider) && passes('allowed_models', `${author}/m`) && !isIgnored
  );
}

function isForAll(part: Part): boolean {
  return part['zdr'] === true || part['enforce_zdr'] === true;
}

function needsZdr(part: Part, author: string): boolean {
  if (isForAll(part)) return true;
  const group = { 'x-ai': 'xai', mistralai: 'other' }[author] ?? author;
  // xAI's models are others where nothing is said of xAI.
  const isOther = group === 'xai' && typeof part['enforce_zdr_xai'] !== 'boolean';
  return part[`enforce_zdr_${group}`] === true || (isOther && part['enforce_zdr_other'] === true);
}

function meets(part: Part, { author, claims }: Target): boolean {
  const off = (key: string): boolean => part[key] === false;
  const needsNoTraining = off('enable_paid_model_training') || off('enable_free_model_training');
  const needsNoCollection =
    part['data_collection'] === 'deny' || off('enable_free_model_publication');
  return (
    (!needsZdr(part, author) || claims.zero_data_retention === true) &&
    (!needsNoTraining || claims.training_opt_out === true) &&
    (!needsNoCollection || claims.user_data_collection === 'deny')
  );
}
