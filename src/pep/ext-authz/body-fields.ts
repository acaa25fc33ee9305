import type { BodyForm } from './body-forms';
import { contentFeatures } from './content-features';
import { CONVERSE_FIELDS } from './converse-fields';
import { fieldTable, flag, whenPresent } from './field-readers';
import type { FieldTable } from './field-readers';
import { GEMINI_FIELDS } from './gemini-fields';
import { toolFeatures } from './tool-features';

const CHAT_COMPLETIONS = fieldTable(
  `temperature top_p n stop max_tokens max_completion_tokens presence_penalty frequency_penalty logit_bias
  logprobs top_logprobs seed user safety_identifier metadata service_tier prediction prompt_cache_key verbosity
  stream_options tool_choice parallel_tool_calls function_call`,
  {
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
);

const RESPONSES = fieldTable(
  `instructions max_output_tokens max_tool_calls temperature top_p top_logprobs include truncation user
  safety_identifier metadata service_tier prompt_cache_key stream_options tool_choice parallel_tool_calls`,
  {
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
);

const MESSAGES = fieldTable(
  'max_tokens temperature top_p top_k stop_sequences metadata service_tier tool_choice',
  {
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
);

/** The version that clouds want in Anthropic's body, which tells it from the bodies of other vendors. */
export const CLOUD_VERSION = 'anthropic_version';

/** The fields of each form of body, but `model`. A field that is missing here could use any feature. */
export const BODY_FIELDS: Readonly<Record<BodyForm, FieldTable>> = {
  chat_completions: CHAT_COMPLETIONS,
  responses: RESPONSES,
  messages: MESSAGES,
  embeddings: fieldTable('input encoding_format dimensions user input_type', {}),
  gemini: GEMINI_FIELDS,
  converse: CONVERSE_FIELDS,
  cloud_messages: new Map([...MESSAGES, ...fieldTable(CLOUD_VERSION, {})]),
};

/**
 * Fields by which gateways and providers choose another target, region or account than the one that was judged.
 * They narrow nothing here, so a request that has one is refused; those that narrow are in PREFERENCE_FIELDS.
 */
export const ROUTING_FIELDS: readonly string[] =
  `model_list providers provider_options custom_llm_provider routing fallback fallbacks preset inference_geo base_url api_base api_key extra_body extra_headers
  user_config router_settings_override engine deployment deployment_id model_id modelId`.split(
    /\s+/,
  );
