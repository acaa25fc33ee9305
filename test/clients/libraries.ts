import { APICallError } from 'ai';
import Anthropic from '@anthropic-ai/sdk';
import { ApiError } from '@google/genai';
import OpenAI from 'openai';
import { AI, ANTHROPIC, GEMINI, OPENAI, type Call } from './calls';

/** What a library's error says, wherever it keeps it. */
interface Said {
  readonly status: unknown;
  readonly message: string;
  readonly code: unknown;
}

/** A library: its calls, the class of its error by status, and where its errors say what. */
export interface Library {
  readonly name: string;
  readonly calls: readonly Call[];
  readonly classOf: (status: number) => abstract new (...args: never[]) => Error;
  readonly read: (error: never) => Said;
  /** Statuses that it takes for worth another try, whatever the answer says. */
  readonly retries: readonly number[];
}

const CLASSES: Readonly<
  Record<
    number,
    | 'BadRequestError'
    | 'PermissionDeniedError'
    | 'NotFoundError'
    | 'ConflictError'
    | 'UnprocessableEntityError'
  >
> = {
  400: 'BadRequestError',
  403: 'PermissionDeniedError',
  404: 'NotFoundError',
  409: 'ConflictError',
  422: 'UnprocessableEntityError',
};

/** Those that the tests run, with the clients' real code. */
export const LIBRARIES: readonly Library[] = [
  {
    name: 'openai',
    calls: OPENAI,
    classOf: (status) => OpenAI[CLASSES[status] ?? 'APIError'],
    read: ({ status, message, code }: InstanceType<typeof OpenAI.APIError>) => ({
      status,
      message: message.replace(`${String(status)} `, ''),
      code,
    }),
    retries: [],
  },
  {
    name: '@anthropic-ai/sdk',
    calls: ANTHROPIC,
    classOf: (status) => Anthropic[CLASSES[status] ?? 'APIError'],
    read: ({ status, error }: InstanceType<typeof Anthropic.APIError>) => {
      const { error: inner } = error as { readonly error: { message: string; code: string } };
      return { status, message: inner.message, code: inner.code };
    },
    retries: [],
  },
  {
    name: '@google/genai',
    calls: GEMINI,
    classOf: () => ApiError,
    read: ({ status, message }: ApiError) => {
      const { error } = JSON.parse(message) as {
        readonly error: { message: string; details: readonly { reason: string }[] };
      };
      return { status, message: error.message, code: error.details[0]?.reason };
    },
    retries: [],
  },
  {
    name: 'ai',
    calls: AI,
    classOf: () => APICallError,
    read: ({ statusCode, message, responseBody = '' }: APICallError) => {
      const { error } = JSON.parse(responseBody) as { readonly error: { code: string } };
      return { status: statusCode, message, code: error.code };
    },
    retries: [409],
  },
];

/** The error itself, where the library wraps those of several attempts. */
export function lastOf(error: unknown): never {
  const { lastError } = error as { readonly lastError?: unknown };
  return (lastError ?? error) as never;
}
