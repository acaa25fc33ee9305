/** A request as a vector describes it; with `provider` alone it asks for whatever model there is. */
export interface NgrokRequest {
  readonly model?: string | null;
  readonly models?: readonly string[];
  readonly provider?: string;
}

/** A provider as a vector describes it, configured in the gateway with its labels. */
interface Target {
  readonly id: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** The input of a vector of ngrok. */
export interface NgrokInput {
  readonly config?: Readonly<Record<string, unknown>>;
  /** Null: the configuration of the key says nothing of access. */
  readonly access?: Readonly<Record<string, unknown>> | null;
  readonly strategy?: readonly string[];
  readonly request?: NgrokRequest;
  readonly requests?: readonly string[];
  readonly targets?: readonly Target[];
}

/** What the built-in catalog of the gateway is for these vectors: some providers, and who serves which name. */
const CATALOG: Readonly<Record<string, readonly string[]>> = {
  openai: ['m', 'gpt-4o', 'gpt-4o-mini', 'gpt-3.5-turbo', 'gpt-4.1'],
  anthropic: ['m', 'claude-3-5-sonnet-20241022', 'claude-sonnet-4-6'],
  google: ['m', 'gemini'],
  deepseek: ['m'],
};

/** All names that a request asks for. */
export function namesOf({ model, models }: NgrokRequest): readonly string[] {
  return [...(typeof model === 'string' ? [model] : []), ...(models ?? [])];
}

/** The file that the vector configures; undefined where it configures nothing. */
export function fileOf({ config, access, strategy, targets }: NgrokInput): unknown {
  if (access !== undefined) return { name: 'vector', ...(access === null ? {} : { access }) };
  if (strategy !== undefined) return gateway({ ...configured(targets), ...selection(strategy) });
  return config === undefined ? undefined : gateway(config);
}

function gateway(config: object): unknown {
  return { on_http_request: [{ type: 'ai-gateway', config }] };
}

function configured(targets: NgrokInput['targets']): object {
  return targets === undefined ? {} : { providers: targets };
}

/** A vector shortens a step: `filter(CONDITION)` of the models, or `all` of them. */
function selection(steps: readonly string[]): object {
  return { model_selection: { strategy: steps.map(stepOf) } };
}

function stepOf(step: string): string {
  if (step === 'all') return 'ai.models';
  const condition = /^filter\((.+)\)$/u.exec(step)?.[1];
  const label = /^metadata\.(\w+)(.*)$/u.exec(condition ?? '');
  if (label !== null) {
    return `ai.models.filter(m, m.getMetadata('${label[1] ?? ''}')${label[2] ?? ''})`;
  }
  if (condition === undefined) throw new Error(`the adapter does not know the step \`${step}\``);
  return `ai.models.filter(m, m.${condition})`;
}

/** The providers of the built-in catalog. A model that is not listed is passed on to a provider that is named. */
export function catalogOf({ targets }: NgrokInput): unknown {
  const others = targets?.filter(({ id }) => CATALOG[id] === undefined).map(({ id }) => id) ?? [];
  const all = { ...CATALOG, ...Object.fromEntries(others.map((id) => [id, ['m']])) };
  return {
    apiVersion: 'ambit/v1',
    kind: 'Catalog',
    metadata: { name: 'built-in' },
    spec: {
      providers: Object.entries(all).map(([id, models]) => ({
        id,
        models: 'any',
        targets: models.map((model) => ({ model })),
      })),
    },
  };
}
