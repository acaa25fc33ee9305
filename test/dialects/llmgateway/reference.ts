import type { Claims, Organisation } from './organisations';

/** A provider with what the catalog claims of it, and a model there. */
interface Pair {
  readonly provider: string;
  readonly model: string;
  readonly claims: Claims;
}

type Part = Readonly<Record<string, unknown>>;

const TESTS: Readonly<Record<string, (claims: Claims) => boolean>> = {
  requireSoc2: ({ soc2 }) => soc2 === 'type1' || soc2 === 'type2',
  requireSoc2Type2: ({ soc2 }) => soc2 === 'type2',
  requireIso27001: ({ iso27001 }) => iso27001 === true,
  requireSoc2OrIso27001: ({ soc2, iso27001 }) => soc2 === 'type2' || iso27001 === true,
  requireGdpr: ({ gdpr }) => gdpr === true,
  blockApiTraining: (claims) => claims.training_opt_out === true,
  blockPromptLogging: (claims) => claims.prompt_logging === false,
  zeroDataRetention: (claims) => claims.prompt_logging === false && claims.retention_days === 0,
  blockStealthProviders: (claims) => claims.labels?.stealth === 'false',
};

/** Whether the settings let a provider serve a model, told from the data alone. */
export function allows(organisation: Organisation, pair: Pair): boolean {
  const { policy, restriction } = organisation as { policy?: Part; restriction?: Part };
  const counts = policy !== undefined || (restriction !== undefined && !isNoOp(restriction));
  return counts && passes(policy, pair) && isPermitted(restriction, pair);
}

function passes(policy: Part | undefined, pair: Pair): boolean {
  if (policy?.['enabled'] !== true) return true;
  const { claims } = pair;
  const demanded = Object.keys(TESTS).filter((key) => policy[key] === true);
  const isIdle = demanded.length === 0 && Object.values(policy).every((value) => isNothing(value));
  const all = isIdle ? ['blockStealthProviders'] : demanded;
  return all.every((key) => TESTS[key]?.(claims) === true) && isListed(policy, pair);
}

/** An empty list, or the switch `enabled` itself. */
function isNothing(value: unknown): boolean {
  return value === true || (Array.isArray(value) && value.length === 0);
}

function isListed(policy: Part, { provider, model, claims }: Pair): boolean {
  const list = (key: string): readonly string[] | undefined => {
    const names = policy[key] as readonly string[] | undefined;
    return names === undefined || names.length === 0 ? undefined : names;
  };
  const countries = list('allowedCountries');
  return (
    list('allowedProviders')?.includes(provider) !== false &&
    list('allowedModels')?.includes(model) !== false &&
    list('blockedProviders')?.includes(provider) !== true &&
    list('blockedModels')?.includes(model) !== true &&
    (countries === undefined ||
      claims.headquarters?.every((each) => countries.includes(each)) === true) &&
    isResident(policy['dataResidency'], claims)
  );
}

function isResident(region: unknown, { processing_regions: places }: Claims): boolean {
  if (region === undefined) return true;
  const inside = region === 'eu' ? ['eu', 'DE'] : ['US'];
  return places?.every((place) => inside.includes(place)) === true;
}

function isNoOp(restriction: Part): boolean {
  return restriction['mode'] === 'deny' && entriesOf(restriction).length === 0;
}

function entriesOf(restriction: Part): readonly string[] {
  return ['providers', 'models', 'mappings'].flatMap((key) => restriction[key] as string[]);
}

function isPermitted(restriction: Part | undefined, { provider, model }: Pair): boolean {
  if (restriction === undefined) return true;
  const names = [provider, model, `${provider}/${model}`];
  const isNamed = entriesOf(restriction).some((entry) => names.includes(entry));
  return (restriction['mode'] === 'allow') === isNamed;
}
