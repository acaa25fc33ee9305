import fc from 'fast-check';

const CLAIM_KEYS = [
  'zero_data_retention',
  'training_opt_out',
  'in_memory_only',
  'accepts_tokenized_input',
  'allow_internet_egress',
  'local_only_processing',
] as const;

/** Key of the policy to the value that demands something and the requirement that it then is. */
export const SWITCHES: Readonly<Record<string, readonly [boolean, string]>> = {
  require_zero_data_retention: [true, 'require_zero_data_retention'],
  require_no_training: [true, 'require_no_training'],
  require_in_memory_only: [true, 'require_in_memory_only'],
  require_tokenized_input_support: [true, 'require_tokenized_input_support'],
  allow_internet_egress: [false, 'deny_internet_egress'],
  local_only_processing: [true, 'local_only_processing'],
};

/** A target as a file states it. */
export interface Target {
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  readonly data_policy?: Readonly<Record<string, unknown>>;
  readonly zdr?: boolean;
  readonly data_collection?: string;
}

/** A pack as a file states it. */
export interface Pack {
  readonly pack: { readonly name: string; readonly enabled?: boolean };
  readonly providers: { readonly targets: readonly Target[] };
  readonly policies: { readonly chain: readonly string[] };
  readonly policy: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const claims = fc.record(
  {
    ...Object.fromEntries(CLAIM_KEYS.map((key) => [key, fc.boolean()])),
    retention_days: fc.nat({ max: 365 }),
  },
  { requiredKeys: [] },
);

const target = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
    provider: fc.constantFrom('openai', 'anthropic', 'local'),
    model: fc.constantFrom('gpt-4o', 'claude', 'm:1'),
    data_policy: claims,
    zdr: fc.boolean(),
    data_collection: fc.constantFrom('allow', 'deny'),
  },
  { requiredKeys: ['id', 'provider', 'model'] },
);

const settings = fc.record(
  {
    ...Object.fromEntries(Object.keys(SWITCHES).map((key) => [key, fc.boolean()])),
    max_retention_days: fc.nat({ max: 365 }),
    on_no_compliant_provider: fc.constantFrom('block', 'warn'),
    log_provider_selection: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Any pack; not all are well formed. */
export const anyPack: fc.Arbitrary<Pack> = fc.record({
  pack: fc.record(
    { name: fc.constantFrom('one', 'two words', '1.5x'), enabled: fc.boolean() },
    { requiredKeys: ['name'] },
  ),
  providers: fc.record({ targets: fc.array(target, { minLength: 1, maxLength: 4 }) }),
  policies: fc.record({
    chain: fc.uniqueArray(fc.constantFrom('data-routing-policy', 'audit-logger', 'rbac'), {
      minLength: 1,
    }),
  }),
  policy: fc.record(
    { 'data-routing-policy': settings, 'audit-logger': fc.constant({}) },
    { requiredKeys: [] },
  ),
});

/** True if the documents call the pack well formed: ids are unique, and no shorthand contradicts its block. */
export function isWellFormed({ providers: { targets } }: Pack): boolean {
  const contradicts = (each: Target): boolean => {
    const block = each.data_policy?.['zero_data_retention'];
    return each.zdr !== undefined && block !== undefined && each.zdr !== block;
  };
  return new Set(targets.map(({ id }) => id)).size === targets.length && !targets.some(contradicts);
}
