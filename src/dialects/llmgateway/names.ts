import type { TextListRules } from '../yaml/lists';
import type { TextRules } from '../yaml/scalars';
import { foldedId } from '../../core/policy/identifier';
import { LLMGATEWAY_PROVIDERS } from './provider-names';

/** UTF-16 units of a name in a list, as LLMGateway itself limits them. */
const MAX_NAME_CHARS = 256;

/** The name of a custom provider, in the form that LLMGateway asks for: it is a prefix of names of models. */
export const CUSTOM_NAME: TextRules = {
  pattern: /^[a-z]+(?:-[a-z]+)*$/u,
  form: 'small letters and single hyphens between them',
  maxChars: 100,
};

/** Providers by LLMGateway's ids, the organisation's own as `custom:NAME`. Two names of one are the same word twice. */
export const PROVIDERS: TextListRules = {
  pattern: /^(?:custom:)?[!-)+-.0-9;-~]+$/u,
  form: "a provider's id, such as `openai` or `custom:acme`, without spaces, `*` or `/`",
  maxChars: MAX_NAME_CHARS,
  fold: (name) => foldedId(LLMGATEWAY_PROVIDERS.get(name) ?? name),
};

/** Models by their ids; those of a custom provider also as `NAME/MODEL`. A `*` would be a pattern, which no list has. */
export const MODELS: TextListRules = {
  pattern: /^[!-)+-~]+$/u,
  form: "a model's id, such as `gpt-5.2`, without spaces or `*`",
  maxChars: MAX_NAME_CHARS,
};

/** Pairs of a provider and a model. The provider ends at the first `/`: ids of models may hold more of them. */
export const MAPPINGS: TextListRules = {
  pattern: /^[!-)+-.0-~]+\/[!-)+-~]+$/u,
  form: 'a `provider/model`, such as `openai/gpt-5.2`, without spaces or `*`',
  maxChars: MAX_NAME_CHARS,
};
