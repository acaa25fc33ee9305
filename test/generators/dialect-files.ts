import type { PolicyDocument } from '../../src/core/model/policy-set';
import { createKeeptrustsDialect } from '../../src/dialects/keeptrusts';
import { createLlmgatewayDialect } from '../../src/dialects/llmgateway';
import { createNgrokDialect } from '../../src/dialects/ngrok';
import { createOpenrouterDialect } from '../../src/dialects/openrouter';
import { createVercelDialect } from '../../src/dialects/vercel';
import type { PolicyDialect } from '../../src/ports/policy-dialect';
import { chance, maybe, pick, someOf, subset } from './source';
import type { Source } from './source';

/** Names that other systems' settings use of the small world: ids, dialects' names, and some that nothing has. */
const PROVIDERS = ['acme', 'boreal', 'relay', 'ac', 'bor', 'nobody'] as const;
const MODELS = ['m-small', 'm-large', 'fast', 'm-latest'] as const;
const PAIRS = ['acme/m-small', 'acme/m-large', 'boreal/m-small', 'relay/m-large'] as const;

/** A dialect, and files of it whose names are the small world's. */
interface Writer {
  readonly dialect: PolicyDialect;
  readonly write: (source: Source, name: string) => unknown;
}

/** Some of what another system can say: each of the keys seldom, so that something is left. */
function some(source: Source, all: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(subset(source, Object.entries(all), 18));
}

/** Lists of names are long where they allow, and short where they deny. */
const allowed = (source: Source, names: readonly string[]): readonly string[] =>
  someOf(source, names, 70);
const denied = (source: Source, names: readonly string[]): readonly string[] => [
  pick(source, names),
];

const llmgateway = (source: Source, name: string): unknown => ({
  llmgateway: {
    name,
    policy: {
      enabled: chance(source, 90),
      ...some(source, {
        requireSoc2: true,
        requireSoc2Type2: true,
        requireIso27001: true,
        requireSoc2OrIso27001: true,
        requireGdpr: true,
        blockApiTraining: true,
        blockPromptLogging: true,
        zeroDataRetention: true,
        blockStealthProviders: chance(source, 20),
        allowedProviders: allowed(source, PROVIDERS),
        blockedProviders: denied(source, PROVIDERS),
        allowedModels: allowed(source, MODELS),
        blockedModels: denied(source, MODELS),
        allowedCountries: someOf(source, ['US', 'DE'], 70),
        dataResidency: pick(source, ['eu', 'us']),
      }),
    },
    ...maybe(source, 20, () => ({
      restriction: chance(source, 50)
        ? {
            mode: 'allow',
            providers: subset(source, PROVIDERS, 40),
            models: subset(source, MODELS, 40),
            mappings: subset(source, PAIRS, 40),
          }
        : { mode: 'deny', providers: [], models: [], mappings: denied(source, PAIRS) },
    })),
  },
});

const vercel = (source: Source, name: string): unknown => ({
  vercel: {
    team: {
      name,
      ...(chance(source, 60)
        ? { allowlist_on: chance(source, 90), enabled: allowed(source, PROVIDERS.slice(0, 3)) }
        : {
            allowlist_on: true,
            disabled: ['boreal'],
            as_of: '2026-01-01',
            providers: PROVIDERS.slice(0, 3),
          }),
      ...some(source, {
        zdr: true,
        disallow_prompt_training: true,
        model_allowlist: PAIRS,
        headquarters: { allow: ['US', 'DE'] },
      }),
    },
  },
});

const ngrok = (source: Source): unknown => ({
  on_http_request: [
    {
      type: 'ai-gateway',
      config: {
        ...maybe(source, 40, () => ({ only_allow_configured_providers: true })),
        ...maybe(source, 30, () => ({ only_allow_configured_models: true })),
        providers: someOf(source, ['acme', 'boreal', 'relay'], 80).map((id) => ({
          id,
          ...maybe(source, 10, () => ({ disabled: true })),
          ...maybe(source, 20, () => ({ metadata: { compliance: 'soc2' } })),
          ...maybe(source, 80, () => ({
            models: someOf(source, MODELS, 60).map((model) => ({
              id: model,
              ...maybe(source, 10, () => ({ disabled: true })),
            })),
          })),
        })),
      },
    },
  ],
});

const openrouter = (source: Source, name: string): unknown => ({
  openrouter: {
    account: {
      data_collection: chance(source, 20) ? 'deny' : 'allow',
      ...some(source, {
        allowed_providers: allowed(source, PROVIDERS),
        ignored_providers: denied(source, PROVIDERS),
        zdr: true,
      }),
    },
    guardrails: someOf(source, ['g1', 'g2'], 50).map((guardrail) => ({
      name: `${name}-${guardrail}`,
      ...some(source, {
        allowed_providers: allowed(source, PROVIDERS),
        ignored_providers: denied(source, PROVIDERS),
        enforce_zdr_anthropic: true,
        enforce_zdr_other: true,
      }),
    })),
  },
});

const keeptrusts = (source: Source, name: string): unknown => ({
  pack: { name, version: '1.0.0', enabled: chance(source, 90) },
  providers: {
    targets: someOf(source, ['k1', 'k2'], 60).map((id) => ({
      id: `${name}-${id}`,
      provider: pick(source, ['acme', 'boreal']),
      model: pick(source, MODELS),
      data_policy: some(source, {
        zero_data_retention: true,
        training_opt_out: true,
        retention_days: pick(source, [0, 30]),
      }),
    })),
  },
  policies: { chain: ['data-routing-policy'] },
  policy: {
    'data-routing-policy': {
      ...some(source, {
        require_zero_data_retention: true,
        require_no_training: true,
        max_retention_days: pick(source, [0, 30]),
      }),
      on_no_compliant_provider: pick(source, ['block', 'block', 'warn']),
    },
  },
});

const WRITERS: readonly Writer[] = [
  { dialect: createKeeptrustsDialect(), write: keeptrusts },
  { dialect: createLlmgatewayDialect(), write: llmgateway },
  { dialect: createNgrokDialect(), write: ngrok },
  { dialect: createOpenrouterDialect(), write: openrouter },
  { dialect: createVercelDialect(), write: vercel },
];

/** A file of some dialect, read as any is. */
export function dialectDocument(source: Source, name: string): PolicyDocument {
  const { dialect, write } = pick(source, WRITERS);
  const text = JSON.stringify(write(source, name));
  const { document, findings } = dialect.parse({ name: `${name}.yaml`, text });
  if (document === undefined) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    throw new Error(
      `a generated ${dialect.name} file is refused: ${JSON.stringify(errors)} ${text}`,
    );
  }
  return document;
}
