import type { ProviderTable } from '../../core/model/policy-set';

/**
 * Ids of LLMGateway's providers that catalogs commonly list under another id. The left side is LLMGateway's id, the
 * right side the id in models.dev.
 */
const OTHER_IDS = {
  'aws-bedrock': 'amazon-bedrock',
  'azure-ai-foundry': 'azure-cognitive-services',
  fireworks: 'fireworks-ai',
  'google-ai-studio': 'google',
  'inference.net': 'inference',
  moonshot: 'moonshotai',
  nanogpt: 'nano-gpt',
  novita: 'novita-ai',
  tencent: 'tencent-tokenhub',
  'together-ai': 'togetherai',
  'vertex-anthropic': 'google-vertex-anthropic',
} as const;

/** Ids that are the common id themselves, or whose provider no common catalog lists. */
const SAME_IDS = [
  'alibaba',
  'anthropic',
  'atlascloud',
  'atria',
  'aws-mantle',
  'azure',
  'azure-anthropic',
  'baidu',
  'baseten',
  'bytedance',
  'canopywave',
  'cerebras',
  'consensusprotocol',
  'deepinfra',
  'deepseek',
  'elevenlabs',
  'embercloud',
  'glacier',
  'gonka24',
  'google-vertex',
  'granite',
  'groq',
  'iceberg',
  'llmgateway',
  'meta',
  'meta-contributor',
  'minimax',
  'mistral',
  'nebius',
  'openai',
  'openrouter',
  'parasail',
  'perplexity',
  'quartz',
  'ranoai',
  'reve',
  'runpod',
  'runware',
  'sakana',
  'scx-ai',
  'scx-ai-gp',
  'typesafe',
  'vertex-openai',
  'xai',
  'xiaomi',
  'zai',
] as const;

/** What LLMGateway calls providers, each with the id under which catalogs commonly list it. */
export const LLMGATEWAY_PROVIDERS: ProviderTable = new Map<string, string>([
  ...Object.entries(OTHER_IDS),
  ...SAME_IDS.map((id) => [id, id] as const),
]);
