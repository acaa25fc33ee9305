import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createRandom } from './workload';

/** Models of a catalog by provider. */
export type ModelsByProvider = ReadonlyMap<string, readonly string[]>;

/** A large catalog, and whether its names are real. */
export interface LargeCatalog {
  readonly models: ModelsByProvider;
  readonly from: 'file' | 'generator';
}

/** The public catalog's size: providers, models, and models of its largest providers. */
const PROVIDERS = 147;
const MODELS = 5307;
const LARGEST = [617, 345, 337, 297, 181, 137, 112, 109, 105, 105];

/** Names are made of these; the real ones have 21 bytes on average. */
const NAME_PARTS = ['nova', 'lite', 'instruct', 'pro', 'thinking', '70b', 'v2', 'preview', 'mini'];

const FILE_NAME = 'catalog_models.json';

/**
 * The names of 5,307 models of 147 providers: from `catalog_models.json` in the folder that the environment's
 * `AMBIT_DATA` names, else in `../shared/data`, and where there is none, made up in the same size and shape.
 */
export function readLargeCatalog(): LargeCatalog {
  const file = join(process.env['AMBIT_DATA'] ?? '../shared/data', FILE_NAME);
  if (!existsSync(file)) return { models: makeModels(), from: 'generator' };
  const content = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly catalog: Readonly<Record<string, readonly string[]>>;
  };
  return { models: new Map(Object.entries(content.catalog)), from: 'file' };
}

function makeModels(): ModelsByProvider {
  const random = createRandom(7);
  return new Map(
    providerSizes().map((size, provider) => [
      `provider-${String(provider)}`,
      Array.from({ length: size }, (_, model) => {
        const part = NAME_PARTS[Math.floor(random() * NAME_PARTS.length)] ?? '';
        return `vendor-${String(model % 23)}/${part}-${String(model)}`;
      }),
    ]),
  );
}

/** A few large providers, and the rest shared out evenly among the others. */
function providerSizes(): readonly number[] {
  const left = MODELS - LARGEST.reduce((sum, size) => sum + size, 0);
  const others = PROVIDERS - LARGEST.length;
  const each = Math.floor(left / others);
  const rest = Array.from({ length: others }, (_, index) => each + (index < left % others ? 1 : 0));
  return [...LARGEST, ...rest];
}

/** The catalog as a native file: claims on each provider, and ten more on each target. */
export function largeCatalogFile(models: ModelsByProvider): string {
  const random = createRandom(11);
  const providers = [...models].map(([provider, names]) =>
    [providerHead(provider, random), ...names.map((name) => targetLines(name, random))].join('\n'),
  );
  return `apiVersion: ambit/v1
kind: Catalog
metadata:
  name: large
spec:
  providers:
${providers.join('\n')}
`;
}

function providerHead(provider: string, random: () => number): string {
  return `    - id: "${provider}"
      evidence:
        source: "https://trust.example.com/${provider}"
        checked_at: 2026-05-01
      claims:
        soc2: ${random() < 0.7 ? 'type2' : 'none'}
        iso27001: ${String(random() < 0.7)}
        gdpr: ${String(random() < 0.8)}
        headquarters: [${random() < 0.7 ? 'US' : 'DE'}]
      targets:`;
}

function targetLines(name: string, random: () => number): string {
  const often = (): boolean => random() < 0.9;
  return `        - model: "${name}"
          claims:
            zero_data_retention: ${String(often())}
            training_opt_out: ${String(often())}
            prompt_logging: ${String(!often())}
            retention_days: ${often() ? '0' : '30'}
            processing_regions: [${often() ? 'DE' : 'US'}]
            storage_regions: [${often() ? 'DE' : 'US'}]
            quantization: ${often() ? 'bf16' : 'fp8'}
            price:
              prompt: ${random().toFixed(2)}
              completion: ${(4 * random()).toFixed(2)}
            certifications:
              hipaa_baa: ${String(often())}`;
}

/** The policy that the large catalog is judged by, as a native file: ten requirements, about a third eligible. */
export function largeCatalogPolicy(): string {
  return `apiVersion: ambit/v1
kind: Policy
metadata:
  name: patient-data
spec:
  log_provider_selection: false
  requirements:
    require_zero_data_retention: true
    require_no_training: true
    no_prompt_logging: true
    max_retention_days: 30
    soc2_or_iso27001: true
    gdpr: true
    processing_regions: [eu]
    storage_regions: [eu]
    max_price:
      prompt: 5
      completion: 15
    certifications:
      all_of: [hipaa_baa]
`;
}
