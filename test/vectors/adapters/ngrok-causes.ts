import type { NgrokInput } from './ngrok-input';

/** The input that has the cause, and what the gateway itself answers to a request that policy lets through. */
interface Cause {
  readonly input: NgrokInput;
  readonly upstream?: { readonly httpStatus: number; readonly errorCode: string };
}

/** The situation that a vector tells in words, by its words. */
const CAUSES: Readonly<Record<string, Cause>> = {
  "model or provider not allowed by the access key's configuration": {
    input: {
      access: { models: { allow: ['openai/gpt-4o'] } },
      request: { model: 'openai:gpt-4.1' },
    },
  },
  'only_allow_configured_models/providers excludes the model': {
    input: {
      config: {
        only_allow_configured_models: true,
        providers: [{ id: 'openai', models: [{ id: 'gpt-4o' }] }],
      },
      request: { model: 'openai:gpt-4.1' },
    },
  },
  'all providers failed': {
    input: { config: { providers: [{ id: 'openai' }] }, request: { model: 'openai:gpt-4o' } },
    upstream: { httpStatus: 503, errorCode: 'ERR_NGROK_3807' },
  },
};

/** The input that the words describe; other words are an error, so that none is skipped. */
export function inputOfCause(cause: string): Cause {
  const input = CAUSES[cause];
  if (input === undefined) throw new Error(`the adapter does not know the cause \`${cause}\``);
  return input;
}
