import fc from 'fast-check';

/** What a list may state of one target. Prices in cents of a USD per million tokens; absent: not stated. */
export interface Fact {
  readonly provider: string;
  readonly model: string;
  readonly prompt?: number | null;
  readonly completion?: number | null;
  /** Keys that no claim may be made of. */
  readonly words: Readonly<Record<string, unknown>>;
}

/** A form in which a list can state facts, and the keys of it that are read. */
export type Form = 'models.dev' | 'litellm' | 'openrouter';

const anyPrice = fc.constantFrom(undefined, null, 0, -1, 5, 125, 1000, 999_999);

/** What a page of a vendor says of itself. */
const anyWords: fc.Arbitrary<Record<string, unknown>> = fc.dictionary(
  fc.constantFrom('zdr', 'zero_data_retention', 'training', 'soc2', 'gdpr', 'regions', 'free', 'x'),
  fc.constantFrom<unknown>(true, 'type2', 0, null, ['DE'], { retention_days: 0 }),
  { maxKeys: 3 },
);

const anyFact: fc.Arbitrary<Fact> = fc
  .record({
    provider: fc.constantFrom('deepinfra', 'mistral', 'acme'),
    model: fc.constantFrom('one', 'vendor/two', 'three-latest', 'auto', 'four:free'),
    prompt: anyPrice,
    completion: anyPrice,
    words: anyWords,
  })
  .map(({ prompt, completion, ...rest }) => ({
    ...rest,
    ...(prompt === undefined ? {} : { prompt }),
    ...(completion === undefined ? {} : { completion }),
  }));

/** Facts of different targets, at least one. */
export const anyFacts = fc.uniqueArray(anyFact, {
  minLength: 1,
  maxLength: 6,
  selector: ({ provider, model }) => `${provider}/${model}`,
});

/** A list of the form that states the facts. */
export function listOf(form: Form, facts: readonly Fact[]): object {
  if (form === 'openrouter') return { data: facts.map(endpointOf) };
  if (form === 'litellm') {
    return Object.fromEntries(
      facts.map((fact) => [`${fact.provider}/${fact.model}`, entryOf(fact)]),
    );
  }
  const providers = [...new Set(facts.map(({ provider }) => provider))];
  return Object.fromEntries(
    providers.map((id) => {
      const own = facts.filter(({ provider }) => provider === id);
      const models = Object.fromEntries(own.map((fact) => [fact.model, modelOf(fact)]));
      return [id, { id, name: id, models }];
    }),
  );
}

function modelOf({ model, prompt, completion, words }: Fact): object {
  const scaled = (cents: number | null | undefined): number | null | undefined =>
    typeof cents === 'number' ? cents / 100 : cents;
  return { ...words, id: model, cost: { input: scaled(prompt), output: scaled(completion) } };
}

function entryOf({ provider, prompt, completion, words }: Fact): object {
  return {
    ...words,
    litellm_provider: provider,
    input_cost_per_token: perToken(prompt),
    output_cost_per_token: perToken(completion),
  };
}

function endpointOf({ provider, model, prompt, completion, words }: Fact): object {
  const text = (cents: number | null | undefined): string | null | undefined =>
    typeof cents === 'number' ? String(perToken(cents)) : cents;
  return {
    ...words,
    tag: provider,
    model_id: model,
    pricing: { prompt: text(prompt), completion: text(completion) },
  };
}

function perToken(cents: number | null | undefined): number | null | undefined {
  return typeof cents === 'number' ? Number(`${String(cents)}e-8`) : cents;
}

/** The targets that the facts must become, as the tests write them. */
export function expectedTargets(form: Form, facts: readonly Fact[]): readonly string[] {
  return facts.map(({ provider, model, prompt, completion }) => {
    const isFree = form === 'openrouter' && model.endsWith(':free');
    const stated = (name: string, cents: number | null | undefined): readonly string[] => {
      const isStated = typeof cents === 'number' && (cents > 0 || (cents === 0 && isFree));
      return isStated ? [`${name}=${String(cents / 100)}`] : [];
    };
    const prices = [...stated('price_prompt', prompt), ...stated('price_completion', completion)];
    return [`${provider}/${model}`, ...prices].join(' ');
  });
}
