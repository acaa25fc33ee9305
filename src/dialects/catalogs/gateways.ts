/**
 * Providers that publish that they send requests on to others, by the id under which catalogs commonly list them.
 * Lists do not say so of them, and a deny list of providers must not be escaped through one unnoticed.
 */
export const GATEWAYS: ReadonlySet<string> = new Set([
  '302ai',
  'aihubmix',
  'aimlapi',
  'cloudflare-ai-gateway',
  'cortecs',
  'edenai',
  'fastrouter',
  'github-copilot',
  'github-models',
  'helicone',
  'huggingface',
  'kilo',
  'llmgateway',
  'merge-gateway',
  'nano-gpt',
  'opencode',
  'openrouter',
  'poe',
  'requesty',
  'vercel',
  'zenmux',
]);
