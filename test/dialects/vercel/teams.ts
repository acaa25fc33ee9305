import fc from 'fast-check';

/** Settings of a team as a file states them. */
export type Team = Readonly<Record<string, unknown>>;

/** Providers of the generated lists and of the catalog that they are asked about; the last is never known. */
export const PROVIDERS = ['openai', 'azure', 'bedrock', 'vertex', 'deepseek', 'new'] as const;
const KNOWN = PROVIDERS.slice(0, -1);

/** The models of the generated lists, and of the catalog. */
export const MODELS = ['gpt-5', 'claude', 'deepseek-v4'] as const;

/** What catalogs commonly call a provider. */
export function idOf(provider: string): string {
  return { bedrock: 'amazon-bedrock', vertex: 'google-vertex' }[provider] ?? provider;
}

const names = fc.subarray([...KNOWN]);

const enabled = names.map((list) => ({ enabled: list }));

const disabled = fc
  .record({ known: fc.subarray([...KNOWN], { minLength: 1 }), off: names })
  .map(({ known, off }) => ({
    disabled: off.filter((each) => known.includes(each)),
    as_of: '2026-06-01',
    providers: known,
  }));

const allowlist = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc
      .record({ list: fc.oneof(enabled, disabled), isOff: fc.integer({ min: 0, max: 4 }) })
      .map(({ list, isOff }) => ({ allowlist_on: isOff > 0, ...list })),
  },
);

const countries = fc.subarray(['US', 'DE', 'CN'], { minLength: 1 });

/** Of most settings few are stated, so that something is left. */
const rest = fc
  .record({
    name: fc.constantFrom('acme', 'two words'),
    zdr: fc.boolean(),
    disallow_prompt_training: fc.boolean(),
    model_allowlist: fc.subarray(MODELS.map((model) => `openai/${model}`)),
    headquarters: fc.oneof(fc.record({ allow: countries }), fc.record({ deny: countries })),
    stated: fc.subarray(
      ['name', 'zdr', 'disallow_prompt_training', 'model_allowlist', 'headquarters'],
      { maxLength: 2 },
    ),
  })
  .map(({ stated, ...all }) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => stated.includes(key))),
  );

/** Any settings that are well formed. */
export const anyTeam: fc.Arbitrary<Team> = fc
  .record({ allowlist, rest })
  .map((parts) => ({ ...parts.allowlist, ...parts.rest }))
  .filter((team) => Object.keys(team).length > 0);

/** Claims of one provider of the catalog that the settings are asked about. */
export interface Claims {
  readonly zero_data_retention?: boolean;
  readonly training_opt_out?: boolean;
  readonly headquarters?: readonly string[];
}

/** What each provider of a catalog claims. */
export const anyClaims: fc.Arbitrary<readonly Claims[]> = fc.array(
  fc.record(
    {
      zero_data_retention: fc.constantFrom(true, true, true, false),
      training_opt_out: fc.constantFrom(true, true, true, false),
      headquarters: countries,
    },
    { requiredKeys: [] },
  ),
  { minLength: PROVIDERS.length, maxLength: PROVIDERS.length },
);

/** Whether the settings let a provider serve a model, told from the data alone. */
export function allows(team: Team, provider: string, model: string, claims: Claims): boolean {
  return isOn(team, provider) && isModelOn(team, provider, model) && meets(team, claims);
}

function isOn(team: Team, provider: string): boolean {
  if (team['allowlist_on'] !== true) return true;
  const on = team['enabled'] as readonly string[] | undefined;
  if (on !== undefined) return on.includes(provider);
  const [known, off] = [team['providers'], team['disabled']] as [string[], string[]];
  return known.includes(provider) && !off.includes(provider);
}

function isModelOn(team: Team, provider: string, model: string): boolean {
  const models = team['model_allowlist'] as readonly string[] | undefined;
  return models === undefined || models.includes(`${provider}/${model}`);
}

function meets(
  team: Team,
  { zero_data_retention, training_opt_out, headquarters }: Claims,
): boolean {
  const { zdr, disallow_prompt_training: training } = team;
  if (zdr === true && zero_data_retention !== true) return false;
  if ((zdr === true || training === true) && training_opt_out !== true) return false;
  const seats = team['headquarters'] as { allow?: string[]; deny?: string[] } | undefined;
  if (seats === undefined) return true;
  if (headquarters === undefined) return false;
  return (
    headquarters.every((each) => seats.allow?.includes(each) ?? true) &&
    !headquarters.some((each) => seats.deny?.includes(each) ?? false)
  );
}
