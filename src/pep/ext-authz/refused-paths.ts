import type { Api } from '../../core/model/api';
import type { RefusedRoute } from './route';

/** Paths that are known and not let through, each with why, in the form of errors that its clients read. */
interface RefusedPath {
  readonly pattern: RegExp;
  /** The API, or where the contract has none for it, one of the same form. */
  readonly api: Api;
  readonly problem: string;
}

const AS_FORM = 'is sent as a form (multipart) or as bytes, of which no model is read';
const KEPT = 'is kept by one provider, and used later without a decision';
const UNREAD = 'holds a prompt and is not read';

const REFUSED_PATHS: readonly RefusedPath[] = [
  refused('realtime', 'responses', 'a realtime session is opened once, and what follows is unseen'),
  refused('audio/speech', 'audio_speech', `a text for speech ${UNREAD}`),
  refused('audio', 'audio_transcriptions', `a recording ${AS_FORM}`),
  refused('images', 'images', `a request for images ${AS_FORM}`),
  refused('videos', 'images', `a request for videos ${AS_FORM}`),
  refused('files', 'files', `a file ${KEPT}`),
  refused('uploads', 'files', `an upload ${KEPT}`),
  refused('batches', 'batch', `a batch ${KEPT}`),
  refused('messages/batches', 'messages', `a batch ${KEPT}`),
  refused('messages/count_tokens', 'messages', `what is to be counted ${UNREAD}`),
  refused('assistants', 'responses', `an assistant ${KEPT}`),
  refused('threads', 'responses', `a thread ${KEPT}`),
  refused('conversations', 'responses', `a conversation ${KEPT}`),
  refused('vector_stores', 'files', `a store ${KEPT}`),
  refused('containers', 'files', `a container ${KEPT}`),
  refused('fine_tuning', 'files', `training data ${KEPT}`),
  refused('fine-tunes', 'files', `training data ${KEPT}`),
  refused('responses', 'responses', `a stored response ${KEPT}`),
  refused('chat/completions', 'chat_completions', `a stored answer ${KEPT}`),
  refused('completions', 'completions', `a request for an older completion ${UNREAD}`),
  {
    pattern: /^\/v1\/models(?:\/[^:]*)?$/,
    api: 'chat_completions',
    problem: 'models are told of with GET only, and nothing is done to them',
  },
  refused('moderations', 'moderations', `what is to be moderated ${UNREAD}`),
  {
    pattern:
      /^(?:\/upload)?\/v1(?:beta)?\/(?:models|files|cachedContents|batches|corpora|fileSearchStores|tunedModels)(?:[/:]|$)/,
    api: 'gemini',
    problem:
      'of this API only `generateContent` and `streamGenerateContent` of a model are read; nothing else',
  },
  {
    pattern: /^\/openai\//,
    api: 'chat_completions',
    problem: 'of this API only chat completions, responses and embeddings are read; nothing else',
  },
];

/** Methods that clients of these APIs use; another one is no request of theirs. */
const USUAL_METHODS = ['GET', 'POST', 'DELETE'];

const UNKNOWN =
  'no supported API has this method and path; write the whole path, such as `/v1/chat/completions`';

/** Why nothing at this path, without its query, is let through. */
export function findRefusal(method: string, path: string): RefusedRoute {
  const isUsual = USUAL_METHODS.includes(method);
  const found = isUsual ? REFUSED_PATHS.find(({ pattern }) => pattern.test(path)) : undefined;
  if (found === undefined) {
    return { kind: 'refused', problem: UNKNOWN };
  }
  const { api, problem } = found;
  return { kind: 'refused', api, problem };
}

function refused(path: string, api: Api, why: string): RefusedPath {
  const problem = `${why}, so it is not let through; use an API that sends each request whole`;
  return { pattern: new RegExp(`^(?:/openai)?/v1/${path}(?:/|$)`), api, problem };
}
