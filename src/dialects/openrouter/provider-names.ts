import type { ProviderTable } from '../../core/model/policy-set';

/**
 * Slugs of OpenRouter's providers that catalogs commonly list under another id. The left side is the slug of
 * OpenRouter's list of providers, the right side the id in models.dev.
 */
const OTHER_IDS = {
  cloudflare: 'cloudflare-workers-ai',
  fireworks: 'fireworks-ai',
  'google-ai-studio': 'google',
  'inference-net': 'inference',
  novita: 'novita-ai',
  together: 'togetherai',
  'z-ai': 'zai',
} as const;

/** Slugs that are the common id themselves. */
const SAME_IDS = [
  'alibaba',
  'amazon-bedrock',
  'anthropic',
  'azure',
  'baseten',
  'cerebras',
  'chutes',
  'clarifai',
  'cohere',
  'deepinfra',
  'deepseek',
  'friendli',
  'gmicloud',
  'google-vertex',
  'groq',
  'inception',
  'io-net',
  'minimax',
  'mistral',
  'moonshotai',
  'morph',
  'nebius',
  'nvidia',
  'openai',
  'perplexity',
  'siliconflow',
  'stepfun',
  'upstage',
  'venice',
  'wandb',
  'xai',
  'xiaomi',
] as const;

/** What OpenRouter calls providers, each with the id under which catalogs commonly list it. */
export const OPENROUTER_PROVIDERS: ProviderTable = new Map<string, string>([
  ...Object.entries(OTHER_IDS),
  ...SAME_IDS.map((slug) => [slug, slug] as const),
]);
