import {
  AUTHOR,
  CONTACT,
  DOCUMENT_NAME,
  FREE_KEY,
  GLOB,
  NAME,
} from '../../src/dialects/native/names';
import { MAX_TEXT_CHARS } from '../../src/dialects/yaml/limits';
import type { TextRules } from '../../src/dialects/yaml/scalars';
import { MAX_EXPRESSION_CHARS } from '../../src/dialects/expression/cel-limits';
import type { Definitions, Schema } from './json-schema';

/** What neither starts nor ends a text: spaces, and characters that nobody sees. */
const EDGE = String.raw`[^\s\p{C}]`;

/** What stands within a text on one line. `\p{C}` holds line breaks and tabs. */
const INNER = String.raw`[^\p{C}\p{Zl}\p{Zp}]`;

/** A text of one or several lines; a block scalar ends with one line break. */
const TEXT = String.raw`^${EDGE}(?:(?:[\n\t]|${INNER})*${EDGE})?\n?$`;

const ONE_LINE = `^${EDGE}(?:${INNER}*${EDGE})?$`;

const ONE_LINE_WITHOUT_STAR = String.raw`^[^\s\p{C}*](?:[^\p{C}\p{Zl}\p{Zp}*]*[^\s\p{C}*])?$`;

/** UTF-16 units of a name, a label's value or a scope's. */
const MAX_NAME_CHARS = NAME.maxChars ?? MAX_TEXT_CHARS;

/** UTF-16 units of a word of a request in a test. */
const MAX_WORD_CHARS = 1024;

/** `any` in spellings that the decoder refuses, because they would be values that no request has. */
const MISSPELT_ANY = ['Any', 'aNy', 'anY', 'ANy', 'AnY', 'aNY', 'ANY'] as const;

/** A text of ASCII characters, as the decoder's own rules for it say. */
function ascii(rules: TextRules, description: string, examples: readonly string[]): Schema {
  const { pattern, maxChars } = rules;
  return {
    type: 'string',
    description,
    pattern: pattern?.source ?? '',
    ...(maxChars === undefined ? {} : { maxLength: maxChars }),
    examples,
  };
}

function oneLine(pattern: string, description: string, rest: Schema = {}): Schema {
  return { type: 'string', description, pattern, maxLength: MAX_NAME_CHARS, ...rest };
}

/** The forms that texts have. Without lookaheads, so that tools whose patterns lack them can use the schemas. */
export const TEXTS: Definitions = {
  text: {
    type: 'string',
    description: 'Text that is not empty and neither starts nor ends with a space.',
    pattern: TEXT,
    maxLength: MAX_TEXT_CHARS,
    examples: ['any text', 'a text of\nseveral lines\n'],
  },
  document_name: ascii(
    DOCUMENT_NAME,
    'At most 128 letters, digits, `.`, `_`, `/` and `-`, starting with a letter or digit.',
    ['baseline', 'teams/search'],
  ),
  name: ascii(NAME, 'At most 256 ASCII characters without spaces and `*`.', ['openai', 'gpt-4o']),
  pattern: ascii(
    GLOB,
    'At most 256 ASCII characters without spaces, in which `*` stands for any characters.',
    ['gpt-4o*', 'mistral-large'],
  ),
  author: ascii(
    AUTHOR,
    'The author of a model: at most 256 ASCII characters without spaces, `*` and `/`.',
    ['anthropic'],
  ),
  contact: oneLine(ONE_LINE, 'At most 300 characters on one line, without tabs.', {
    maxLength: CONTACT.maxChars ?? MAX_TEXT_CHARS,
    examples: ['Ask security@acme.example.'],
  }),
  free_key: ascii(
    FREE_KEY,
    'At most 64 letters, digits, `.`, `_` and `-`, starting with a letter.',
    ['tier', 'hipaa_baa'],
  ),
  label: oneLine(ONE_LINE, 'At most 256 characters on one line, without tabs.', {
    examples: ['gold'],
  }),
  word: oneLine(ONE_LINE, 'At most 1024 characters on one line, without tabs.', {
    maxLength: MAX_WORD_CHARS,
    examples: ['gpt-4o'],
  }),
  scope_value: oneLine(
    ONE_LINE_WITHOUT_STAR,
    'At most 256 characters on one line, without tabs and `*`.',
    { not: { enum: ['any', ...MISSPELT_ANY] }, examples: ['acme', 'team search'] },
  ),
  scope_value_or_any: oneLine(
    ONE_LINE_WITHOUT_STAR,
    'One value, at most 256 characters on one line without tabs and `*`; or `any`.',
    { not: { enum: MISSPELT_ANY }, examples: ['any', 'acme'] },
  ),
  expression: {
    type: 'string',
    description: `A CEL expression of at most ${String(MAX_EXPRESSION_CHARS)} characters over \`claims\` and \`attributes\`.`,
    pattern: TEXT,
    // A block scalar ends with a line break, which does not count.
    maxLength: MAX_EXPRESSION_CHARS + 1,
    examples: ['claims.retention_days <= 7', 'claims.gdpr && claims.soc2 == "type2"'],
  },
};
