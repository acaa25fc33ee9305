/**
 * The workload of all measurements: a fixed catalog of 512 targets and two policies of different width, which state
 * ten requirements, an allow list and two deny lists together. About half of the targets are eligible; some of the
 * others are blocked because a claim is missing.
 */

/** Providers by id, as files and enforcement points write them. The last one is on no allow list. */
const PROVIDERS = [
  'anthropic',
  'openai',
  'google-vertex',
  'mistral',
  'cohere',
  'aws-bedrock',
  'azure',
  'groq',
  'together-ai',
  'fireworks',
  'nebius',
  'deepinfra',
] as const;

const MODELS = [
  'claude-sonnet-4-20250514',
  'gpt-5-mini-2025-08-07',
  'gemini-2.5-pro',
  'mistral-large-2411',
  'command-r-plus-08-2024',
  'amazon.nova-pro-v1:0',
  'phi-4-multimodal-instruct',
  'llama-4-maverick-17b-128e-instruct',
] as const;

/** Regions by cloud name and country; the first two are what the policy wants. */
const REGIONS = [
  { name: 'eu-west-1', country: 'IE' },
  { name: 'eu-central-1', country: 'DE' },
  { name: 'us-east-1', country: 'US' },
  { name: 'ap-south-1', country: 'IN' },
  { name: 'us-west-2', country: 'US' },
  { name: 'ap-northeast-1', country: 'JP' },
] as const;

/** The share of targets that meet a single requirement: 0.955 to the power of 10 is a good half. */
const MEETS_ONE = 0.955;

/** Every so manieth target does not say whether it has SOC 2. */
const SILENT_EVERY = 37;

/** Every so manieth target has a model that a deny list names. */
const PREVIEW_EVERY = 41;

const PREVIEW_SUFFIX = '-preview';
const MAX_RETENTION_DAYS = 30;
const LONG_RETENTION_DAYS = 90;

/** The number of targets in the catalog. */
export const TARGET_COUNT = 512;

/** One target of the workload. */
export interface WorkloadTarget {
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  readonly zeroDataRetention: boolean;
  readonly trainingOptOut: boolean;
  readonly promptLogging: boolean;
  readonly retentionDays: number;
  readonly soc2: boolean | undefined;
  readonly iso27001: boolean;
  readonly gdpr: boolean;
  readonly processedIn: string;
  readonly storedIn: string;
  readonly hipaa: boolean;
}

/** What all requests of the workload say of themselves. */
export const REQUEST = {
  tenant: 'acme-health',
  dataClass: 'phi',
  model: 'claude-sonnet-4-20250514',
  app: 'intake-summariser',
} as const;

/** A fixed sequence of numbers from 0 to 1, the same on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The catalog, always the same. */
export function workloadTargets(): readonly WorkloadTarget[] {
  const random = createRandom(42);
  const meets = (): boolean => random() < MEETS_ONE;
  const countryOf = (index: number): string =>
    pick(REGIONS, meets() ? index % 2 : 2 + (index % 2)).country;
  return Array.from({ length: TARGET_COUNT }, (_, index) => {
    const provider = pick(PROVIDERS, index);
    const model = modelOf(index);
    return {
      id: `${provider}/${model}@${pick(REGIONS, Math.floor(index / 96)).name}`,
      provider,
      model,
      zeroDataRetention: meets(),
      trainingOptOut: meets(),
      promptLogging: !meets(),
      retentionDays: meets() ? 1 + Math.floor(random() * MAX_RETENTION_DAYS) : LONG_RETENTION_DAYS,
      soc2: isEach(SILENT_EVERY, index) ? undefined : meets(),
      iso27001: meets(),
      gdpr: meets(),
      processedIn: countryOf(index),
      storedIn: countryOf(index),
      hipaa: meets(),
    };
  });
}

function modelOf(index: number): string {
  const name = pick(MODELS, Math.floor(index / PROVIDERS.length));
  return isEach(PREVIEW_EVERY, index) ? `${name}${PREVIEW_SUFFIX}` : name;
}

function isEach(every: number, index: number): boolean {
  return index % every === every - 1;
}

function pick<T>(values: readonly T[], index: number): T {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

/** The judgement that the policies must come to, written down apart from Ambit's own. */
export function isEligible(target: WorkloadTarget): boolean {
  return (
    target.provider !== PROVIDERS.at(-1) &&
    !target.model.endsWith(PREVIEW_SUFFIX) &&
    target.zeroDataRetention &&
    target.trainingOptOut &&
    !target.promptLogging &&
    target.retentionDays <= MAX_RETENTION_DAYS &&
    target.soc2 === true &&
    target.iso27001 &&
    target.gdpr &&
    isInEu(target.processedIn) &&
    isInEu(target.storedIn) &&
    target.hipaa
  );
}

function isInEu(country: string): boolean {
  return country === 'IE' || country === 'DE';
}

/** Targets for a request with so many candidates: half of them eligible, or the whole catalog. */
export function offeredTargets(count: number): readonly WorkloadTarget[] {
  const targets = workloadTargets();
  if (count >= targets.length) return targets;
  const eligible = targets.filter(isEligible);
  const blocked = targets.filter((target) => !isEligible(target));
  return Array.from({ length: count }, (_, index) => {
    const pool = index % 2 === 0 ? eligible : blocked;
    return pick(pool, Math.floor((index * pool.length) / count));
  });
}

/**
 * The policies as one native file: one for all of a tenant's requests, one for those with patient data. `logs`: each
 * decision is a line of the log.
 */
export function workloadPolicy(logs: boolean): string {
  const logging = `  log_provider_selection: ${String(logs)}`;
  return `apiVersion: ambit/v1
kind: Policy
metadata:
  name: acme-baseline
spec:
  scope:
    tenant: ${REQUEST.tenant}
  providers:
    allow: [${PROVIDERS.slice(0, -1).join(', ')}]
    deny:
      - provider: deepseek
        future: true
  models:
    deny: ["*${PREVIEW_SUFFIX}"]
  requirements:
    require_no_training: true
    max_retention_days: ${String(MAX_RETENTION_DAYS)}
    soc2: true
    iso27001: true
    gdpr: true
${logging}
---
apiVersion: ambit/v1
kind: Policy
metadata:
  name: patient-data
spec:
  scope:
    tenant: ${REQUEST.tenant}
    data_class: ${REQUEST.dataClass}
  requirements:
    require_zero_data_retention: true
    no_prompt_logging: true
    processing_regions: [eu]
    storage_regions: [eu]
    certifications:
      all_of: [hipaa_baa]
${logging}
`;
}

/** The catalog as a native file. */
export function workloadCatalog(): string {
  const targets = workloadTargets();
  const providers = PROVIDERS.map((provider) => {
    const own = targets.filter((target) => target.provider === provider);
    return [`    - id: ${provider}`, '      targets:', ...own.map(targetLines)].join('\n');
  });
  return `apiVersion: ambit/v1
kind: Catalog
metadata:
  name: five-hundred-and-twelve
spec:
  providers:
${providers.join('\n')}
`;
}

function targetLines(target: WorkloadTarget): string {
  const lines = [
    `        - id: "${target.id}"`,
    `          model: "${target.model}"`,
    '          claims:',
    `            zero_data_retention: ${String(target.zeroDataRetention)}`,
    `            training_opt_out: ${String(target.trainingOptOut)}`,
    `            prompt_logging: ${String(target.promptLogging)}`,
    `            retention_days: ${String(target.retentionDays)}`,
    ...(target.soc2 === undefined ? [] : [`            soc2: ${target.soc2 ? 'type2' : 'none'}`]),
    `            iso27001: ${String(target.iso27001)}`,
    `            gdpr: ${String(target.gdpr)}`,
    `            processing_regions: [${target.processedIn}]`,
    `            storage_regions: [${target.storedIn}]`,
    '            certifications:',
    `              hipaa_baa: ${String(target.hipaa)}`,
  ];
  return lines.join('\n');
}
