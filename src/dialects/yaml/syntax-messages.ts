import type { ErrorCode } from 'yaml';
import type { FileFindingCode } from './finding-codes';
import { printable } from './source-text';

/** How a syntax error is worded. */
interface SyntaxMessage {
  readonly code: FileFindingCode;
  readonly message: string;
  readonly help: string;
}

const INDENTATION = 'check the indentation of this line and of the next ones';

/** The errors that users make most; the library's own words are about its parser, not about their file. */
const MESSAGES: Partial<Record<ErrorCode, SyntaxMessage>> = {
  TAB_AS_INDENT: {
    code: 'tab_indentation',
    message: 'a tab is used as indentation',
    help: 'indent with spaces',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    code: 'syntax_error',
    message: 'a second `key:` follows where the value of the first is expected',
    help: `write one key a line, quote a text that holds \`: \`, or ${INDENTATION}`,
  },
  MULTILINE_IMPLICIT_KEY: {
    code: 'syntax_error',
    message: 'this line is neither a `key: value` nor a continuation of the one before',
    help: `add the missing \`:\`, or ${INDENTATION}`,
  },
  BAD_INDENT: {
    code: 'syntax_error',
    message: 'the indentation does not fit, or a bracket above is not closed',
    help: `close each \`[\` and \`{\`, and ${INDENTATION}`,
  },
  BAD_SCALAR_START: {
    code: 'syntax_error',
    message: 'a plain text cannot start with this character',
    help: 'put the text in quotes',
  },
  BAD_DIRECTIVE: {
    code: 'directive',
    message: 'directives are not allowed',
    help: 'remove the line that starts with `%`',
  },
  KEY_OVER_1024_CHARS: {
    code: 'syntax_error',
    message: 'a key has more than 1024 characters',
    help: 'write a `:` close behind a key, and a long text in quotes behind it',
  },
  BAD_DQ_ESCAPE: {
    code: 'syntax_error',
    message: 'this escape is not known in double quotes',
    help: 'write the text in single quotes, or double the backslash',
  },
};

/** A line among the items of a list that is none: nearly always a key of an item that is not indented far enough. */
const BETWEEN_ITEMS: SyntaxMessage = {
  code: 'syntax_error',
  message: 'this line stands among the items of a list and starts none',
  help: `indent it as the lines of the item above, begin it with \`- \`, or ${INDENTATION}`,
};

/** True for a line between the items of a list. The library has one code for that and for a bracket that is not closed. */
export function standsBetweenItems(code: ErrorCode, libraryText: string): boolean {
  return code === 'MISSING_CHAR' && libraryText.startsWith('Sequence item without');
}

/**
 * Words a syntax error for the user. Where we have no words the library's are used, up to the part in which it
 * repeats the file, which may be a secret.
 */
export function wordSyntaxError(code: ErrorCode, libraryText: string): SyntaxMessage {
  const known = standsBetweenItems(code, libraryText) ? BETWEEN_ITEMS : MESSAGES[code];
  if (known !== undefined) return known;
  const [prose = ''] = libraryText.split(/:\s|\n|["'`]/u);
  const trimmed = printable(prose).replace(/[.\s]+$/u, '');
  const message = trimmed.charAt(0).toLowerCase() + trimmed.slice(1);
  const help = 'write it as YAML 1.2';
  return { code: 'syntax_error', message: message === '' ? 'this is not YAML' : message, help };
}
