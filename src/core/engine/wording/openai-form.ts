import type { Api } from '../../model/api';

/**
 * True for APIs in OpenAI's form, and where none is stated: what systems' own documents show their bodies for. Clients
 * of the others read other envelopes.
 */
export function isOpenaiForm(api: Api | undefined): boolean {
  switch (api) {
    case undefined:
    case 'chat_completions':
    case 'responses':
    case 'embeddings':
    case 'completions':
    case 'images':
    case 'audio_speech':
    case 'audio_transcriptions':
    case 'moderations':
    case 'batch':
    case 'files':
      return true;
    case 'messages':
    case 'gemini':
    case 'rerank':
    case 'realtime':
      return false;
  }
}
