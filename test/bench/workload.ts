/**
 * The workload of all measurements: a fixed catalog, eight requirements that must all hold, about half of the
 * targets eligible, some of them blocked because a claim is missing.
 */

const PROVIDERS = [
  'anthropic',
  'openai',
  'google',
  'mistral',
  'cohere',
  'bedrock',
  'azure',
  'groq',
] as const;

const MODELS = [
  'sonnet-4',
  'gpt-5-mini',
  'gemini-pro',
  'large-2',
  'command-r',
  'nova-pro',
  'phi-4',
  'llama-4',
] as const;

/** Regions by cloud name and country; the first two are what the policy wants. */
const REGIONS = [
  { name: 'eu-w', country: 'IE' },
  { name: 'eu-c', country: 'DE' },
  { name: 'us-e', country: 'US' },
  { name: 'ap-s', country: 'IN' },
] as const;

/** The share of targets that meet a single requirement: 0.93 to the power of 8 is a good half. */
const MEETS_ONE = 0.93;

/** Every so manieth target does not say whether it has SOC 2. */
const SILENT_EVERY = 37;

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
  readonly retentionDays: number;
  readonly soc2: boolean | undefined;
  readonly iso27001: boolean;
  readonly gdpr: boolean;
  readonly country: string;
  readonly hipaa: boolean;
}

/** What all requests of the workload say of themselves. */
export const REQUEST = {
  requestId: '018f6d2c-7e4b-7c1e-9b1f-5a2d3c4e5f60',
  tenant: 'acme-health',
  dataClass: 'phi',
  model: 'chat-large',
  attributes: { user: 'u-83712', app: 'intake-summariser', region: 'eu' },
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
  return Array.from({ length: TARGET_COUNT }, (_, index) => {
    const provider = pick(PROVIDERS, index);
    const name = `${pick(MODELS, index >> 3)}-${String(index).padStart(3, '0')}`;
    return {
      id: `${provider}/${name}@${pick(REGIONS, index).name}`,
      provider,
      model: name,
      zeroDataRetention: meets(),
      trainingOptOut: meets(),
      retentionDays: meets() ? Math.floor(random() * (MAX_RETENTION_DAYS + 1)) : LONG_RETENTION_DAYS,
      soc2: isSilent(index) ? undefined : meets(),
      iso27001: meets(),
      gdpr: meets(),
      country: pick(REGIONS, meets() ? index % 2 : 2 + (index % 2)).country,
      hipaa: meets(),
    };
  });
}

function isSilent(index: number): boolean {
  return index % SILENT_EVERY === SILENT_EVERY - 1;
}

function pick<T>(values: readonly T[], index: number): T {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

/** The judgement that the policy must come to, written down apart from Ambit's own. */
export function isEligible(target: WorkloadTarget): boolean {
  return (
    target.zeroDataRetention &&
    target.trainingOptOut &&
    target.retentionDays <= MAX_RETENTION_DAYS &&
    target.soc2 === true &&
    target.iso27001 &&
    target.gdpr &&
    (target.country === 'IE' || target.country === 'DE') &&
    target.hipaa
  );
}

/** The policy as a native file. */
export function workloadPolicy(): string {
  return `apiVersion: ambit/v1
kind: Policy
metadata:
  name: patient-data
spec:
  scope:
    tenant: ${REQUEST.tenant}
    data_class: ${REQUEST.dataClass}
  requirements:
    require_zero_data_retention: true
    require_no_training: true
    max_retention_days: ${String(MAX_RETENTION_DAYS)}
    soc2: true
    iso27001: true
    gdpr: true
    processing_regions: [eu]
    certifications:
      all_of: [hipaa_baa]
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
    `          model: ${target.model}`,
    '          claims:',
    `            zero_data_retention: ${String(target.zeroDataRetention)}`,
    `            training_opt_out: ${String(target.trainingOptOut)}`,
    `            retention_days: ${String(target.retentionDays)}`,
    ...(target.soc2 === undefined ? [] : [`            soc2: ${target.soc2 ? 'type2' : 'none'}`]),
    `            iso27001: ${String(target.iso27001)}`,
    `            gdpr: ${String(target.gdpr)}`,
    `            processing_regions: [${target.country}]`,
    '            certifications:',
    `              hipaa_baa: ${String(target.hipaa)}`,
  ];
  return lines.join('\n');
}
