import type { TextRules } from '../yaml/scalars';

/** The kinds of native documents. */
export const KINDS = ['Policy', 'Catalog', 'Bundle', 'PolicyTest'] as const;

/** UTF-16 units of an id or name. The longest model name in use has about 100. */
const MAX_NAME_CHARS = 256;

/** The name of a document: it becomes the policy's id in reasons, logs and records. */
export const DOCUMENT_NAME: TextRules = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._/-]*$/u,
  form: 'letters, digits, `.`, `_`, `/` and `-`, starting with a letter or digit',
  maxChars: 128,
};

/**
 * The id of a provider, endpoint, credential, target or model, or a region's name. ASCII only, as all of them are:
 * a letter of another script that looks the same would name something else than the reader sees.
 */
export const NAME: TextRules = {
  pattern: /^[!-)+-~]+$/u,
  form: 'a name of ASCII characters without spaces and `*`',
  maxChars: MAX_NAME_CHARS,
};

/** A model or target name in which `*` stands for any characters. */
export const GLOB: TextRules = {
  pattern: /^[!-~]+$/u,
  form: 'a name of ASCII characters without spaces, in which `*` stands for any characters',
  maxChars: MAX_NAME_CHARS,
};

/** The author of a model: what stands before the first `/` of its name. */
export const AUTHOR: TextRules = {
  pattern: /^[!-)+-.0-~]+$/u,
  form: 'the author of a model: ASCII characters without spaces, `*` and `/`',
  maxChars: MAX_NAME_CHARS,
};

/** One sentence that says whom to ask. */
export const CONTACT: TextRules = {
  pattern: /^[^\n\t]+$/u,
  form: 'a sentence on one line, without tabs',
  maxChars: 300,
};

/** A key that users choose: of scopes, labels and certifications. */
export const FREE_KEY: TextRules = {
  pattern: /^[A-Za-z][A-Za-z0-9._-]{0,63}$/u,
  form: 'at most 64 letters, digits, `.`, `_` and `-`, starting with a letter',
};

/** The value of a label: it is compared as a whole, and a line break would keep it from ever being equal. */
export const VALUE: TextRules = {
  pattern: /^[^\n\t]+$/u,
  form: 'a text on one line, without tabs',
  maxChars: MAX_NAME_CHARS,
};

/**
 * A value of a scope, or a tenant. `*` and `ANY` are what users write for `any`, and would be values that no request
 * has.
 */
export const SCOPE_VALUE: TextRules = {
  pattern: /^any$|^(?![Aa][Nn][Yy]$)[^\n\t*]+$/u,
  form: 'a text on one line, without tabs and `*`; all values together are `any`',
  maxChars: MAX_NAME_CHARS,
};
