import type { ProviderTable } from '../../core/model/policy-set';

/**
 * Slugs of AI Gateway's providers that catalogs commonly list under another id. The left side is the slug of
 * Vercel's table of available providers, the right side the id in models.dev.
 */
const OTHER_IDS = {
  bedrock: 'amazon-bedrock',
  fireworks: 'fireworks-ai',
  novita: 'novita-ai',
  stepfun: 'stepfun-ai',
  vertex: 'google-vertex',
  wafer: 'wafer.ai',
} as const;

/** Slugs that are the common id themselves, or whose provider no common catalog lists. */
const SAME_IDS = [
  'alibaba',
  'anthropic',
  'arcee-ai',
  'azure',
  'baseten',
  'bfl',
  'blackbox',
  'bytedance',
  'cerebras',
  'claudeaws',
  'cohere',
  'crusoe',
  'deepinfra',
  'deepseek',
  'google',
  'groq',
  'inception',
  'inceptron',
  'interfaze',
  'klingai',
  'meituan',
  'minimax',
  'mistral',
  'moonshotai',
  'morph',
  'nebius',
  'openai',
  'parasail',
  'perplexity',
  'prodia',
  'quiverai',
  'recraft',
  'sambanova',
  'streamlake',
  'togetherai',
  'voyage',
  'xai',
  'xiaomi',
  'zai',
] as const;

/** What AI Gateway calls providers, each with the id under which catalogs commonly list it. */
export const VERCEL_PROVIDERS: ProviderTable = new Map<string, string>([
  ...Object.entries(OTHER_IDS),
  ...SAME_IDS.map((slug) => [slug, slug] as const),
]);
