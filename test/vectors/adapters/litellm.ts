import type { ProductAdapter, VectorAnswer } from '../vector';
import { answerNative, onlyKeys, type NativeTarget } from '../native-question';

/** What these inputs say; the switches of LiteLLM's own router have no counterpart, since nothing here is off. */
interface Input {
  readonly allowed_model_region?: string;
  readonly targets?: readonly { readonly id: string; readonly region_name: string | null }[];
  readonly key?: { readonly models?: readonly string[]; readonly team?: string };
  readonly fallbacks?: Readonly<Record<string, readonly string[]>>;
  readonly request?: { readonly model: string };
}

/** LiteLLM: regions are processing regions, a key's models an allow list, and fallbacks candidates like all others. */
export const litellm: ProductAdapter = {
  product: 'litellm',
  reasons: {},
  answer(vector) {
    onlyKeys(
      vector,
      'router',
      'allowed_model_region',
      'targets',
      'key',
      'fallbacks',
      'flag',
      'request',
    );
    const input = vector.input as Input;
    if (input.targets !== undefined) return answerRegions(input, input.targets);
    return input.key?.team === undefined
      ? answerFallbacks(input)
      : answerTeam(input, input.key.team);
  },
};

function answerRegions(
  { allowed_model_region: region = '' }: Input,
  targets: NonNullable<Input['targets']>,
): VectorAnswer {
  return answerNative({
    targets: targets.map(({ id, region_name: name }): NativeTarget => ({
      id,
      ...(name === null ? {} : { claims: { processing_regions: [regionNamed(name)] } }),
    })),
    policies: [{ requirements: { processing_regions: [regionNamed(region)] } }],
  });
}

const regionNamed = (name: string): string => (name === 'eu' ? 'eu' : name.toUpperCase());

/** The group that a key names holds the model that is asked for, and nothing that it falls back to. */
function answerFallbacks({ key, fallbacks = {}, request }: Input): VectorAnswer {
  const asked = request?.model ?? '';
  const others = fallbacks[asked] ?? [];
  const allowed = (key?.models ?? []).map((name) => (others.includes(name) ? name : asked));
  const answer = answerNative({
    targets: [asked, ...others].map((id) => ({ id })),
    policies: [{ models: { allow: allowed.map((model) => ({ model })) } }],
  });
  const used = others.find((model) => answer.eligible.includes(model));
  return {
    ...answer,
    more: {
      served_by: used ?? asked,
      fallback_skipped: used === undefined,
      error: used === undefined ? "the primary model's own error" : 'none',
    },
  };
}

/** A team that is gone is a value that the bundle does not declare. */
function answerTeam({ request }: Input, team: string): VectorAnswer {
  const answer = answerNative({
    targets: [{ id: request?.model ?? '' }],
    policies: [{ unrestricted: true }],
    scopeValues: { team: ['present'] },
    context: { scope: new Map([['team', team]]) },
  });
  return { ...answer, more: { allowed: answer.outcome !== 'block' } };
}
