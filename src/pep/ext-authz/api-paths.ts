import type { Api } from '../../core/model/api';

/** APIs whose requests Ambit can read: one JSON object that names the model. */
export type ReadableApi = Extract<
  Api,
  'chat_completions' | 'responses' | 'messages' | 'embeddings'
>;

/** The one path of each API. Other spellings block: a provider might read them as something else. */
const API_BY_PATH: ReadonlyMap<string, ReadableApi> = new Map([
  ['/v1/chat/completions', 'chat_completions'],
  ['/v1/responses', 'responses'],
  ['/v1/messages', 'messages'],
  ['/v1/embeddings', 'embeddings'],
]);

/** The API of a request; undefined: none that Ambit knows. `path` may carry a query, which names no API. */
export function apiOf(method: string, path: string): ReadableApi | undefined {
  if (method !== 'POST') return undefined;
  const [plain = ''] = path.split('?', 1);
  return API_BY_PATH.get(plain);
}
