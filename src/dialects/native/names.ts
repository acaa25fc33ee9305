import type { TextRules } from '../yaml/scalars';

/** UTF-16 units of an id or name. The longest model name in use has about 100. */
const MAX_NAME_CHARS = 256;

/** The name of a document: it becomes the policy's id in reasons, logs and records. */
export const DOCUMENT_NAME: TextRules = {
  pattern: /^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u,
  form: 'letters, digits, `.`, `_`, `/` and `-`, starting with a letter or digit',
  maxChars: 128,
};

/** The id of a provider, endpoint, credential, target or model, or a region's name. */
export const NAME: TextRules = {
  pattern: /^[^\s*]+$/u,
  form: 'a name without spaces and `*`',
  maxChars: MAX_NAME_CHARS,
};

/** A model or target name in which `*` stands for any characters. */
export const GLOB: TextRules = {
  pattern: /^\S+$/u,
  form: 'a name without spaces, in which `*` stands for any characters',
  maxChars: MAX_NAME_CHARS,
};

/** A key that users choose: of scopes, labels and certifications. */
export const FREE_KEY: TextRules = {
  pattern: /^[\p{L}][\p{L}\p{N}._-]{0,63}$/u,
  form: 'at most 64 letters, digits, `.`, `_` and `-`, starting with a letter',
};
