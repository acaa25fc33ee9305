import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { generateText, streamText } from 'ai';
import OpenAI from 'openai';

/** Asks for a completion with a client library as its users do, and gives what it throws. */
export interface Call {
  readonly name: string;
  readonly run: (url: string, model: string) => Promise<unknown>;
}

/** Each library tries again this often before it gives up. */
const RETRIES = 1;

const PROMPT = [{ role: 'user' as const, content: 'hello' }];

const openai = (url: string): OpenAI =>
  new OpenAI({ apiKey: 'key', baseURL: `${url}/v1`, maxRetries: RETRIES });

const anthropic = (url: string): Anthropic =>
  new Anthropic({ apiKey: 'key', baseURL: url, maxRetries: RETRIES });

const gemini = (url: string): GoogleGenAI =>
  new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl: url } });

/** `openai`: Chat Completions, Responses and Embeddings. */
export const OPENAI: readonly Call[] = [
  {
    name: 'chat completions',
    run: (url, model) => openai(url).chat.completions.create({ model, messages: PROMPT }),
  },
  {
    name: 'chat completions, streaming',
    run: (url, model) =>
      openai(url).chat.completions.create({ model, messages: PROMPT, stream: true }),
  },
  { name: 'responses', run: (url, model) => openai(url).responses.create({ model, input: 'hi' }) },
  {
    name: 'responses, streaming',
    run: (url, model) => openai(url).responses.create({ model, input: 'hi', stream: true }),
  },
  {
    name: 'embeddings',
    run: (url, model) => openai(url).embeddings.create({ model, input: 'hi' }),
  },
];

/** `@anthropic-ai/sdk`: Messages. */
export const ANTHROPIC: readonly Call[] = [
  {
    name: 'messages',
    run: (url, model) => anthropic(url).messages.create({ model, max_tokens: 9, messages: PROMPT }),
  },
  {
    name: 'messages, streaming',
    run: (url, model) =>
      anthropic(url).messages.create({ model, max_tokens: 9, messages: PROMPT, stream: true }),
  },
];

/** `@google/genai`: generateContent. */
export const GEMINI: readonly Call[] = [
  {
    name: 'generateContent',
    run: (url, model) => gemini(url).models.generateContent({ model, contents: 'hi' }),
  },
  {
    name: 'generateContent, streaming',
    run: (url, model) => gemini(url).models.generateContentStream({ model, contents: 'hi' }),
  },
];

const aiOpenai = (url: string) => createOpenAI({ apiKey: 'key', baseURL: `${url}/v1` });
const aiAnthropic = (url: string) => createAnthropic({ apiKey: 'key', baseURL: `${url}/v1` });
type LanguageModel = Parameters<typeof generateText>[0]['model'];

const generate = (model: LanguageModel): Promise<unknown> =>
  generateText({ model, prompt: 'hi', maxRetries: RETRIES });

/** The library tells of an error in the stream, and not by rejecting. */
async function stream(model: LanguageModel): Promise<unknown> {
  const thrown: unknown[] = [];
  const { fullStream } = streamText({
    model,
    prompt: 'hi',
    maxRetries: RETRIES,
    onError: ({ error }) => void thrown.push(error),
  });
  for await (const part of fullStream) if (part.type === 'error') throw part.error;
  return thrown;
}

/** `ai` with its OpenAI and Anthropic providers. */
export const AI: readonly Call[] = [
  { name: 'OpenAI responses', run: (url, model) => generate(aiOpenai(url)(model)) },
  { name: 'OpenAI chat', run: (url, model) => generate(aiOpenai(url).chat(model)) },
  { name: 'OpenAI responses, streaming', run: (url, model) => stream(aiOpenai(url)(model)) },
  { name: 'OpenAI chat, streaming', run: (url, model) => stream(aiOpenai(url).chat(model)) },
  { name: 'Anthropic', run: (url, model) => generate(aiAnthropic(url)(model)) },
  { name: 'Anthropic, streaming', run: (url, model) => stream(aiAnthropic(url)(model)) },
];

/** What the call throws; fails if it does not. */
export async function thrownBy({ name, run }: Call, url: string, model: string): Promise<unknown> {
  try {
    await run(url, model);
  } catch (error) {
    return error;
  }
  throw new Error(`${name} took a block for an answer`);
}
