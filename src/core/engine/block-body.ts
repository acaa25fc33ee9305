import type { Api } from '../model/api';
import type { BlockCode } from '../model/reason';

/** A body that is complete and ready to send. */
export interface BlockBody {
  readonly contentType: string;
  readonly body: string;
}

/** What every envelope says. */
export interface BlockText {
  readonly code: BlockCode;
  readonly message: string;
  readonly httpStatus: number;
}

/** Builds the body in the envelope that clients of the api read (L14); else problem details (RFC 9457). */
export function blockBody(api: Api | undefined, text: BlockText): BlockBody {
  switch (api) {
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
      return jsonBody(openAiError(text));
    case 'messages':
      return jsonBody(anthropicError(text));
    case 'gemini':
      return jsonBody(geminiError(text));
    case 'rerank':
    case 'realtime':
    case undefined:
      return { contentType: 'application/problem+json', body: JSON.stringify(problem(text)) };
  }
}

/** A body of JSON. */
export function jsonBody(value: object): BlockBody {
  return { contentType: 'application/json', body: JSON.stringify(value) };
}

function openAiError({ code, message }: BlockText): object {
  return { error: { message, type: 'policy_error', param: null, code } };
}

/** Anthropic's error types by status; the code is added, because clients must not match on prose. */
function anthropicError({ code, message, httpStatus }: BlockText): object {
  const types: Readonly<Record<number, string>> = {
    400: 'invalid_request_error',
    404: 'not_found_error',
    503: 'overloaded_error',
  };
  return { type: 'error', error: { type: types[httpStatus] ?? 'permission_error', message, code } };
}

/** Gemini's status names by HTTP status, with the code as the reason of an ErrorInfo. */
function geminiError({ code, message, httpStatus }: BlockText): object {
  const names: Readonly<Record<number, string>> = {
    400: 'INVALID_ARGUMENT',
    404: 'NOT_FOUND',
    409: 'ABORTED',
    503: 'UNAVAILABLE',
  };
  const info = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: code,
    domain: 'ambit',
  };
  const status = names[httpStatus] ?? 'PERMISSION_DENIED';
  return { error: { code: httpStatus, message, status, details: [info] } };
}

function problem({ code, message, httpStatus }: BlockText): object {
  return { title: 'Blocked by policy', status: httpStatus, detail: message, code };
}
