import { SECRET_WORD } from '../../core/model/secret-word';

/** Keys whose value is a secret in some dialect; a reference such as `secret_key_ref` is none. */
const SECRET_KEY = String.raw`["']?[\w-]*(?:api[_-]?keys?|secret[_-]?(?:access[_-]?)?keys?|tokens?|secrets?|passwords?|passwd|authorization|inline[_-]?(?:string|bytes))["']?\s*:\s*`;

/** Such a key in a line of its own. */
const SECRET_LINE = new RegExp(String.raw`^(\s*(?:- *)?${SECRET_KEY})(\S.*)$`, 'i');

/** The same keys within braces, where other keys may follow. */
const SECRET_ENTRY = new RegExp(
  String.raw`([{,]\s*${SECRET_KEY})("(?:\\.|[^"\\])*"?|'(?:''|[^'])*'?|\[[^\]]*\]?|[^,}]*)`,
  'gi',
);

/** The name of a header that carries a key: `key: x-api-key`. */
const SECRET_HEADER =
  /(?:key|name)["']?\s*:\s*(?:&\S+ +)?["']?(?:[\w-]*(?:auth|key|token|secret|cookie)[\w-]*)["']?\s*(?:[,}#]|$)/i;

/** The values on such a line, and on those beside it, whatever stands between. */
const HEADER_VALUE =
  /(\b(?:(?:raw_?)?value|(?:exact|prefix)(?:_?match)?)["']?\s*:\s*)("(?:\\.|[^"\\])*"?|'(?:''|[^'])*'?|[^\s,}][^,}]*)/gi;

/** Texts that look like the keys of well-known services, wherever they stand. */
const SECRET_WORDS = new RegExp(SECRET_WORD, 'g');

/** What stands behind the name of a scheme, as in a header. */
const SCHEME = /(\b(?:Bearer|Basic) +)([^\s"',}]{8,})/g;

/** A key within a query. */
const QUERY_KEY = /((?:^|[?&\s"'])[\w-]*(?:key|token|secret|signature|password)=)([^&\s"'#,}]+)/gi;

/** A key by which a client is known: `key: …, client: app`. */
const CLIENT_KEY = /(\bkey["']?\s*:\s*)([^\s,}]+)(?=\s*,\s*["']?client["']?\s*:)/gi;

/** The first line of a private key, and what follows it. */
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY.*/g;

/** A user and a password within an address. */
const USER_IN_URL = /(\/\/)([^\s/@"']+)(?=@)/g;

/** A key at the start of a text, with what separates it from its value. */
const KEY = /^["']?[\w-]+["']?\s*:\s*/;

/** The line with the value of a header starred out, if its own name or one beside it says that the header carries a key. */
export function maskHeaderValues(line: string, beside: readonly string[]): string {
  if (![line, ...beside].some((each) => SECRET_HEADER.test(each))) return line;
  return line.replace(HEADER_VALUE, starValue);
}

/** The line with secrets starred out, as long as before, so that columns stay where they are. */
export function maskSecrets(line: string): string {
  return [SECRET_LINE, SECRET_ENTRY, SCHEME, QUERY_KEY, CLIENT_KEY]
    .reduce((text, each) => text.replace(each, starValue), line)
    .replace(SECRET_WORDS, starsFor)
    .replace(USER_IN_URL, starValue)
    .replace(PRIVATE_KEY, starsFor);
}

/**
 * The line of a finding that a secret stands there: the marked word and what follows it is starred out, save a
 * marked key. `column` counts from 1.
 */
export function maskFrom(line: string, column: number): string {
  const marked = line.slice(column - 1);
  const key = KEY.exec(marked)?.[0] ?? '';
  return line.slice(0, column - 1) + key + starsFor(marked.slice(key.length));
}

/** The text with everything but spaces starred out. */
export function maskAll(text: string): string {
  return text.replaceAll(/\S/g, '*');
}

function starValue(_: string, key: string, value: string): string {
  return key + starsFor(value);
}

function starsFor(text: string): string {
  return '*'.repeat(text.length);
}
