import type { Feature } from '../../core/model/api';
import type { ReadableApi } from './api-paths';
import { contentFeatures } from './content-features';
import type { FeatureReading } from './features';
import { toolFeatures } from './tool-features';

/** What the value of a field uses. */
export type FieldReader = (value: unknown) => FeatureReading;

const plain: FieldReader = () => [];

/** A switch, off where it is null. `off` is what an explicit false says. */
const flag =
  (on: Feature, off?: Feature): FieldReader =>
  (value) => {
    if (value === true) return [on];
    if (value === false) return off === undefined ? [] : [off];
    return value === null ? [] : 'unreadable';
  };

const whenPresent =
  (...features: readonly Feature[]): FieldReader =>
  (value) =>
    value === null ? [] : features;

const PLAIN_FIELDS: Readonly<Record<ReadableApi, readonly string[]>> = {
  chat_completions:
    `temperature top_p n stop max_tokens max_completion_tokens presence_penalty frequency_penalty logit_bias
    logprobs top_logprobs seed user safety_identifier metadata service_tier prediction prompt_cache_key verbosity
    stream_options tool_choice parallel_tool_calls function_call`.split(/\s+/),
  responses:
    `instructions max_output_tokens max_tool_calls temperature top_p top_logprobs include truncation user
    safety_identifier metadata service_tier prompt_cache_key stream_options tool_choice parallel_tool_calls`.split(
      /\s+/,
    ),
  messages:
    'max_tokens temperature top_p top_k stop_sequences metadata service_tier tool_choice'.split(
      ' ',
    ),
  embeddings: ['input', 'encoding_format', 'dimensions', 'user', 'input_type'],
};

const OTHER_FIELDS: Readonly<Record<ReadableApi, Readonly<Record<string, FieldReader>>>> = {
  chat_completions: {
    messages: contentFeatures,
    store: flag('store', 'no_store'),
    stream: flag('streaming'),
    tools: toolFeatures,
    functions: whenPresent('tools'),
    response_format: whenPresent('structured_output'),
    reasoning_effort: whenPresent('reasoning'),
    modalities: (value) => (JSON.stringify(value).includes('audio') ? ['audio'] : []),
    audio: whenPresent('audio'),
    web_search_options: whenPresent('web_search', 'server_tools'),
  },
  responses: {
    input: contentFeatures,
    store: flag('store', 'no_store'),
    background: flag('background'),
    stream: flag('streaming'),
    tools: toolFeatures,
    text: whenPresent('structured_output'),
    reasoning: whenPresent('reasoning'),
    previous_response_id: whenPresent('store'),
    conversation: whenPresent('store'),
  },
  messages: {
    messages: contentFeatures,
    system: contentFeatures,
    stream: flag('streaming'),
    tools: toolFeatures,
    thinking: whenPresent('reasoning'),
    output_config: whenPresent('structured_output'),
    output_format: whenPresent('structured_output'),
    mcp_servers: whenPresent('server_tools'),
    container: whenPresent('code_execution', 'server_tools'),
  },
  embeddings: {},
};

/** The fields of each API's body, but `model`. A field that is missing here could use any feature. */
export const BODY_FIELDS: Readonly<Record<ReadableApi, ReadonlyMap<string, FieldReader>>> = {
  chat_completions: fieldsOf('chat_completions'),
  responses: fieldsOf('responses'),
  messages: fieldsOf('messages'),
  embeddings: fieldsOf('embeddings'),
};

function fieldsOf(api: ReadableApi): ReadonlyMap<string, FieldReader> {
  const plainFields = PLAIN_FIELDS[api].map((name): [string, FieldReader] => [name, plain]);
  return new Map([...plainFields, ...Object.entries(OTHER_FIELDS[api])]);
}

/**
 * Fields by which gateways and providers choose another target, region or account than the one that was judged.
 * They narrow nothing here, so a request that has one is refused; those that narrow are in PREFERENCE_FIELDS.
 */
export const ROUTING_FIELDS: readonly string[] =
  `model_list providers provider_options custom_llm_provider routing fallback fallbacks preset inference_geo base_url api_base api_key extra_body extra_headers
  user_config router_settings_override`.split(/\s+/);
