import type { ProviderTable } from '../../core/model/policy-set';
import { foldedId } from '../../core/policy/identifier';

/** Built-in providers of the gateway's model catalog that catalogs commonly list under another id. */
const OTHER_IDS = {
  inceptionlabs: 'inception',
  'inference-net': 'inference',
} as const;

/** Built-in providers whose id is the common one. */
const SAME_IDS = ['anthropic', 'deepseek', 'google', 'groq', 'hyperbolic', 'openai', 'openrouter'];

/** The aliases that the model catalog lists, each with the common id of its provider. */
const ALIASES = {
  openAI: 'openai',
  'open-ai': 'openai',
  'open-AI': 'openai',
  Anthropic: 'anthropic',
  Google: 'google',
  gemini: 'google',
  DeepSeek: 'deepseek',
  'deep-seek': 'deepseek',
} as const;

/** Where the model catalog says that built-in providers are reached, by common id. */
const HOSTS: ReadonlyMap<string, string> = new Map([
  ['openai', 'api.openai.com'],
  ['anthropic', 'api.anthropic.com'],
  ['google', 'generativelanguage.googleapis.com'],
  ['deepseek', 'api.deepseek.com'],
  ['openrouter', 'openrouter.ai'],
  ['hyperbolic', 'api.hyperbolic.xyz'],
  ['inference', 'api.inference.net'],
]);

/** What ngrok's AI Gateway calls its built-in providers, each with the id under which catalogs commonly list it. */
export const NGROK_PROVIDERS: ProviderTable = new Map<string, string>([
  ...SAME_IDS.map((id) => [id, id] as const),
  ...Object.entries(OTHER_IDS),
  ...Object.entries(ALIASES),
]);

const FOLDED: ReadonlyMap<string, string> = new Map(
  [...NGROK_PROVIDERS].map(([name, id]) => [foldedId(name), id]),
);

/** The common id of the built-in provider that has the name in any spelling; undefined if none has. */
export function builtInProvider(name: string): string | undefined {
  return FOLDED.get(foldedId(name));
}

/** True if the host is where the built-in provider is documented to be. */
export function isHostOf(provider: string, host: string): boolean {
  return HOSTS.get(provider) === host;
}
