/** APIs that a request can speak. Closed and append-only; the wire enum `Api` has the same members. */
export const APIS = [
  'chat_completions',
  'responses',
  'messages',
  'gemini',
  'embeddings',
  'completions',
  'images',
  'audio_speech',
  'audio_transcriptions',
  'moderations',
  'rerank',
  'realtime',
  'batch',
  'files',
] as const;

/** One API that a request can speak. */
export type Api = (typeof APIS)[number];

/**
 * Features of a request that a claim may or may not cover. Closed and append-only. `no_store` says that the
 * request states `store: false`, which is how the default of the Responses API is switched off.
 */
export const FEATURES = [
  'store',
  'no_store',
  'background',
  'batch',
  'files',
  'server_tools',
  'tools',
  'streaming',
  'structured_output',
  'vision',
  'audio',
  'reasoning',
  'web_search',
  'code_execution',
] as const;

/** One feature of a request. */
export type Feature = (typeof FEATURES)[number];

/**
 * Features that keep data at the provider. Claims on training, logging, retention and zero retention cover
 * them only where they name them (design, section 3).
 */
export const RETAINING_FEATURES: readonly Feature[] = [
  'store',
  'background',
  'batch',
  'files',
  'server_tools',
];

/** True if the text is one of the features. */
export function isFeature(text: string): text is Feature {
  return (FEATURES as readonly string[]).includes(text);
}
