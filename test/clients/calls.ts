import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { generateText, streamText } from 'ai';
import OpenAI from 'openai';

/** Asks for a completion with a client library as its users do, and gives the text that the library read. */
export interface Call {
  readonly name: string;
  readonly run: (url: string, model: string) => Promise<string>;
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

/** The texts of a stream's parts, one after the other. */
async function joined<T>(
  parts: AsyncIterable<T>,
  textOf: (part: T) => string | null | undefined,
): Promise<string> {
  let text = '';
  for await (const part of parts) text += textOf(part) ?? '';
  return text;
}

/** `openai`: Chat Completions, Responses and Embeddings. */
export const OPENAI: readonly Call[] = [
  {
    name: 'chat completions',
    run: async (url, model) => {
      const chat = await openai(url).chat.completions.create({ model, messages: PROMPT });
      return chat.choices[0]?.message.content ?? '';
    },
  },
  {
    name: 'chat completions, streaming',
    run: async (url, model) => {
      const ask = { model, messages: PROMPT, stream: true } as const;
      const parts = await openai(url).chat.completions.create(ask);
      return joined(parts, ({ choices }) => choices[0]?.delta.content);
    },
  },
  {
    name: 'responses',
    run: async (url, model) =>
      (await openai(url).responses.create({ model, input: 'hi' })).output_text,
  },
  {
    name: 'responses, streaming',
    run: async (url, model) => {
      const parts = await openai(url).responses.create({ model, input: 'hi', stream: true });
      return joined(parts, (part) =>
        part.type === 'response.output_text.delta' ? part.delta : '',
      );
    },
  },
  {
    name: 'embeddings',
    run: async (url, model) => {
      const { data } = await openai(url).embeddings.create({ model, input: 'hi' });
      return String(data[0]?.embedding);
    },
  },
];

/** `@anthropic-ai/sdk`: Messages. */
export const ANTHROPIC: readonly Call[] = [
  {
    name: 'messages',
    run: async (url, model) => {
      const ask = { model, max_tokens: 9, messages: PROMPT };
      const [block] = (await anthropic(url).messages.create(ask)).content;
      return block?.type === 'text' ? block.text : '';
    },
  },
  {
    name: 'messages, streaming',
    run: async (url, model) => {
      const ask = { model, max_tokens: 9, messages: PROMPT, stream: true } as const;
      const parts = await anthropic(url).messages.create(ask);
      return joined(parts, (part) =>
        part.type === 'content_block_delta' && part.delta.type === 'text_delta'
          ? part.delta.text
          : '',
      );
    },
  },
];

/** `@google/genai`: generateContent. */
export const GEMINI: readonly Call[] = [
  {
    name: 'generateContent',
    run: async (url, model) =>
      (await gemini(url).models.generateContent({ model, contents: 'hi' })).text ?? '',
  },
  {
    name: 'generateContent, streaming',
    run: async (url, model) =>
      joined(
        await gemini(url).models.generateContentStream({ model, contents: 'hi' }),
        ({ text }) => text,
      ),
  },
];

const aiOpenai = (url: string) => createOpenAI({ apiKey: 'key', baseURL: `${url}/v1` });
const aiAnthropic = (url: string) => createAnthropic({ apiKey: 'key', baseURL: `${url}/v1` });
type LanguageModel = Parameters<typeof generateText>[0]['model'];

const generate = async (model: LanguageModel): Promise<string> =>
  (await generateText({ model, prompt: 'hi', maxOutputTokens: 9, maxRetries: RETRIES })).text;

/** The library tells of an error in the stream, and not by rejecting. */
async function stream(model: LanguageModel): Promise<string> {
  const { fullStream } = streamText({
    model,
    prompt: 'hi',
    maxOutputTokens: 9,
    maxRetries: RETRIES,
    // It would print it.
    onError: () => undefined,
  });
  return joined(fullStream, (part) => {
    if (part.type === 'error') throw part.error;
    return part.type === 'text-delta' ? part.text : '';
  });
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
