import { stringify } from 'yaml';
import { LLMGATEWAY_PROVIDERS } from '../../../src/dialects/llmgateway/provider-names';
import type { Candidate } from '../../../src/core/model/request';

/** What LLMGateway's catalogue, or an attestation, says of a provider. */
type DataPolicy = Readonly<Record<string, unknown>>;

/** A target as a vector describes it. */
export interface LlmgatewayTarget {
  readonly id: string;
  readonly model?: string;
  readonly custom_name?: string;
  readonly data_policy?: DataPolicy | null;
  readonly attestation?: DataPolicy | null;
  readonly headquarters?: string | null;
  readonly stealth?: boolean;
  readonly region?: string | null;
  readonly model_processing_region?: string;
  readonly base_url_override?: string;
}

/** What the catalogue says of providers beside what a vector repeats: where their processing is verified. */
const VERIFIED_REGIONS: Readonly<Record<string, readonly string[]>> = { mistral: ['eu'] };

/** Where the catalogue's regions are. */
const REGIONS: Readonly<Record<string, string>> = {
  'us-virginia': 'US',
  'us-east-1': 'US',
  global: 'global',
};

/** The settings of a vector as the text of a file. An attestation in a target is one of a custom provider. */
export function settingsText(
  parts: Readonly<Record<string, unknown>>,
  targets: readonly LlmgatewayTarget[],
): string {
  const customProviders = targets.flatMap((target) =>
    target.attestation === undefined
      ? []
      : [{ name: customName(target), attestation: target.attestation }],
  );
  const custom = customProviders.length === 0 ? {} : { customProviders };
  return stringify({ llmgateway: { name: 'acme', ...parts, ...custom } });
}

/** All that LLMGateway's catalogue lists of the targets, as a native file. */
export function catalogText(targets: readonly LlmgatewayTarget[]): string {
  const listed = targets.filter(isListed);
  const providers = [...new Set(listed.map(({ id }) => id))].map((id) =>
    providerOf(
      id,
      listed.filter((each) => each.id === id),
    ),
  );
  const others = providers.length === 0 ? [{ id: 'elsewhere', models: 'any' }] : providers;
  return stringify({
    apiVersion: 'ambit/v1',
    kind: 'Catalog',
    metadata: { name: 'targets' },
    spec: { providers: others },
  });
}

/** A custom provider is none of the catalogue's, and neither is one of which nothing at all is said. */
function isListed(target: LlmgatewayTarget): boolean {
  if (isCustom(target)) return false;
  return Object.keys(target).length > 1 || LLMGATEWAY_PROVIDERS.has(target.id);
}

function isCustom({ id, custom_name }: LlmgatewayTarget): boolean {
  return id === 'custom' || custom_name !== undefined;
}

function customName({ id, custom_name }: LlmgatewayTarget): string {
  return custom_name ?? id;
}

function providerOf(id: string, targets: readonly LlmgatewayTarget[]): unknown {
  const regions = VERIFIED_REGIONS[id];
  const [{ data_policy, headquarters, stealth = false } = { stealth: false }] = targets;
  const places = targets.flatMap(({ region }) => REGIONS[region ?? ''] ?? []);
  return {
    id,
    claims: {
      ...claimsOf(data_policy ?? {}),
      ...(typeof headquarters === 'string' ? { headquarters: [headquarters] } : {}),
      ...(regions === undefined ? {} : { processing_regions: regions }),
      // The catalogue says who is a stealth provider; of all others it means that they are none.
      labels: { stealth: String(stealth) },
    },
    ...(places.length === 0
      ? {}
      : {
          endpoints: places.map((region) => ({
            id: region,
            region,
            claims: { processing_regions: [region] },
          })),
        }),
    targets: targets.map(declarationOf),
  };
}

function declarationOf(target: LlmgatewayTarget): unknown {
  const { region, model_processing_region: processing } = target;
  return {
    id: pairOf(target).join('/'),
    model: modelOf(target),
    ...(typeof region === 'string' ? { endpoint: REGIONS[region] } : {}),
    ...(processing === undefined ? {} : { claims: { processing_regions: [processing] } }),
  };
}

function claimsOf({
  apiTraining,
  promptLogging,
  soc2,
  retentionPeriod,
  ...others
}: DataPolicy): Readonly<Record<string, unknown>> {
  return {
    ...others,
    ...(typeof apiTraining === 'boolean' ? { training_opt_out: !apiTraining } : {}),
    ...(typeof promptLogging === 'boolean' ? { prompt_logging: promptLogging } : {}),
    ...(typeof soc2 === 'number' ? { soc2: `type${String(soc2)}` } : {}),
    ...(retentionPeriod === '24 hours' ? { retention_days: 1 } : {}),
  };
}

function modelOf({ model = 'm' }: LlmgatewayTarget): string {
  return model;
}

/** A target as vectors name pairs. */
export function pairOf(target: LlmgatewayTarget): readonly [string, string] {
  return [target.id, modelOf(target)];
}

/** What a gateway sends of a target: what is catalogued by its id, all else by its parts. */
export function candidateOf(ref: string, target: LlmgatewayTarget): Candidate {
  const { base_url_override: endpoint } = target;
  if (isListed(target) && endpoint === undefined) {
    return { ref, target: pairOf(target).join('/'), claims: [] };
  }
  const provider = isCustom(target) ? `custom:${customName(target)}` : target.id;
  const at = endpoint === undefined ? {} : { endpoint };
  return { ref, provider, model: modelOf(target), ...at, claims: [] };
}
