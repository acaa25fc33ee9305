/** A target as a vector describes it: the slug of a provider's endpoint, and what is known of it. */
export interface Target {
  readonly id: string;
  readonly model?: string;
  readonly zdr?: boolean;
  readonly retains?: boolean;
  readonly trains?: boolean;
  readonly credential?: 'byok';
  readonly service_tier?: string;
  readonly processing_regions?: readonly string[];
}

/** The `provider` object of a request, and what stands beside it. */
export interface ProviderRequest {
  readonly model?: string;
  readonly only?: readonly string[];
  readonly ignore?: readonly string[];
  readonly order?: readonly string[];
  readonly allow_fallbacks?: boolean;
  readonly zdr?: boolean;
  readonly data_collection?: 'allow' | 'deny';
  /** The data region whose host the request came through. */
  readonly data_region?: string;
  readonly plugins?: readonly string[];
  readonly allowed_models?: readonly string[];
  readonly excluded_models?: readonly string[];
}

/** A guardrail as a vector describes it: its keys are the API's, but for the switches of zero retention. */
export interface Guardrail {
  readonly zdr?: Readonly<Record<string, boolean>>;
  readonly [key: string]: unknown;
}

/** The input of a vector of OpenRouter. */
export interface OpenrouterInput {
  readonly account?: {
    readonly allowed?: readonly string[];
    readonly ignored?: readonly string[];
    readonly [key: string]: unknown;
  };
  readonly guardrails?: readonly Guardrail[];
  readonly defined_but_unassigned?: readonly Guardrail[];
  readonly request?: ProviderRequest;
  /** Empty: the request names none, so they are the catalog's. */
  readonly targets?: readonly Target[];
}
