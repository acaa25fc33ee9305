import type { TextRules } from '../yaml/scalars';

/** UTF-16 units in an id of a provider or a model; far longer than any that is in use, and all are kept in memory. */
const MAX_ID_CHARS = 200;

/** The id or alias of a provider. A `:` or `/` would end it in `provider:author/model`. */
export const PROVIDER_ID: TextRules = {
  pattern: /^[^\s*:/]+$/u,
  form: "a provider's id, such as `openai`, without spaces, `*`, `:` or `/`",
  maxChars: MAX_ID_CHARS,
};

/** The id or alias of a model, or of its author. A `*` would be a pattern, which ngrok's lists are not. */
export const MODEL_ID: TextRules = {
  pattern: /^[^\s*]+$/u,
  form: "a model's id, such as `gpt-4o`, without spaces or `*`",
  maxChars: MAX_ID_CHARS,
};

/** A model of an access key's configuration, which names the provider before it. */
export const QUALIFIED_MODEL: TextRules = {
  pattern: /^[^\s*:/]+[:/][^\s*]*[^\s*:/]$/u,
  form: '`provider/model`, such as `openai/gpt-4o`, without `*`',
  maxChars: 2 * MAX_ID_CHARS,
};

/** The name of a rule or a configuration, which is part of the id of its policy. */
export const GATEWAY_NAME: TextRules = { maxChars: 255 };

/** What a configuration says for people; nothing reads it. */
export const PROSE: TextRules = { maxChars: 4096 };
