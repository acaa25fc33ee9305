import type { Api } from '../../core/model/api';

/** LiteLLM's names of providers that catalogs commonly list under another id, which is that of models.dev. */
const LITELLM_PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['bedrock', 'amazon-bedrock'],
  ['bedrock_converse', 'amazon-bedrock'],
  ['clf_ai_gateway', 'cloudflare-ai-gateway'],
  ['cloudflare', 'cloudflare-workers-ai'],
  ['codestral', 'mistral'],
  ['cohere_chat', 'cohere'],
  ['dashscope', 'alibaba'],
  ['fireworks_ai', 'fireworks-ai'],
  ['friendliai', 'friendli'],
  ['gemini', 'google'],
  ['github_copilot', 'github-copilot'],
  ['gmi', 'gmicloud'],
  ['moonshot', 'moonshotai'],
  ['novita', 'novita-ai'],
  ['nvidia_nim', 'nvidia'],
  ['text-completion-codestral', 'mistral'],
  ['text-completion-openai', 'openai'],
  ['together_ai', 'togetherai'],
  ['vercel_ai_gateway', 'vercel'],
  ['vertex_ai', 'google-vertex'],
  ['vertex_ai-anthropic_models', 'google-vertex-anthropic'],
]);

/** Names with a kind of model behind them (`vertex_ai-text-models`, `fireworks_ai-embedding-models`). */
const KIND_OF_MODEL = /^(vertex_ai|fireworks_ai)-[a-z0-9_-]+$/u;

/** The id under which catalogs commonly list a provider of LiteLLM; its own name where none is known. */
export function providerIdOf(name: string): string {
  return LITELLM_PROVIDERS.get(name) ?? LITELLM_PROVIDERS.get(routeOf(name)) ?? name;
}

/** What stands before the model in LiteLLM's keys. */
export function routeOf(name: string): string {
  if (name.startsWith('bedrock_')) return 'bedrock';
  return KIND_OF_MODEL.exec(name)?.[1] ?? name;
}

/** The API of a mode. `chat` names none: such a model speaks whichever API its provider has for conversations. */
export const MODE_APIS: ReadonlyMap<string, Api> = new Map<string, Api>([
  ['audio_speech', 'audio_speech'],
  ['audio_transcription', 'audio_transcriptions'],
  ['completion', 'completions'],
  ['embedding', 'embeddings'],
  ['image_edit', 'images'],
  ['image_generation', 'images'],
  ['moderation', 'moderations'],
  ['realtime', 'realtime'],
  ['rerank', 'rerank'],
  ['responses', 'responses'],
]);

/** The API of a path under `supported_endpoints`. */
export const PATH_APIS: ReadonlyMap<string, Api> = new Map<string, Api>([
  ['/v1/audio/speech', 'audio_speech'],
  ['/v1/audio/transcriptions', 'audio_transcriptions'],
  ['/v1/batch', 'batch'],
  ['/v1/chat/completions', 'chat_completions'],
  ['/v1/completions', 'completions'],
  ['/v1/embeddings', 'embeddings'],
  ['/v1/images/edits', 'images'],
  ['/v1/images/generations', 'images'],
  ['/v1/messages', 'messages'],
  ['/v1/moderations', 'moderations'],
  ['/v1/realtime', 'realtime'],
  ['/v1/rerank', 'rerank'],
  ['/v1/responses', 'responses'],
]);
