import { MAX_TEXT_CHARS } from './limits';
import { nearestName } from './nearest';
import { quote, quoteAll, type Located } from './source-text';
import type { Value } from './value';

/** What a text must look like. */
export interface TextRules {
  readonly pattern?: RegExp;
  /** Completes "must be ...", such as `letters, digits and hyphens`. */
  readonly form?: string;
  readonly maxChars?: number;
  /** The way out, one line, where another one than to correct the text is known. */
  readonly help?: string;
}

/** How a wrong word is answered. */
export interface ChoiceRules<T extends string> {
  /** The words that may be proposed for a misspelt one; absent: all. Leave out those that let more through. */
  readonly proposed?: readonly T[];
}

/** Words that a message lists although the nearest one is proposed; of more, nobody finds the one that counts. */
const MAX_LISTED_WORDS = 12;

/** YAML 1.1 words for truth values. In YAML 1.2 they are text, so that a user's `off` would mean nothing. */
const YAML_1_1_BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['on', true],
  ['y', true],
  ['no', false],
  ['off', false],
  ['n', false],
]);

/**
 * Characters that nobody sees, also written as escapes (`"\u200B"`): two texts that look alike would differ. Line
 * breaks and tabs stand in texts of several lines.
 */
const HIDDEN = /(?![\n\t])\p{C}|[\u2028\u2029]/u;

/** Reads text; see ValueReader.text. */
export function readText(reader: Value, rules: TextRules): Located<string> | undefined {
  const { node } = reader;
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    rejectText(reader);
    return undefined;
  }
  const problem = textProblem(node.value, rules);
  if (problem === undefined) return located(reader, node.value);
  const code = node.value.trim() === '' ? 'empty_text' : 'invalid_text';
  const otherwise = rules.help ?? 'correct the text';
  const help = code === 'empty_text' ? 'write a text, or remove the line' : otherwise;
  reader.fail(code, `${reader.name} must ${problem}`, { help });
  return undefined;
}

function rejectText(reader: Value): void {
  const { node } = reader;
  const isScalar = node.kind === 'scalar' && node.value !== null;
  if (!isScalar) reader.failType('text');
  else reader.failType('text', { help: 'put it in quotes', replacement: `"${node.source}"` });
}

/** What is wrong with a text, to complete "must ..."; undefined if nothing is. */
export function textProblem(text: string, rules: TextRules): string | undefined {
  const maxChars = rules.maxChars ?? MAX_TEXT_CHARS;
  if (text.trim() === '') return 'not be empty';
  if (text.trim() !== text.replace(/\n$/u, '')) return 'not start or end with a space';
  if (text.length > maxChars) return `have at most ${String(maxChars)} characters`;
  const hidden = HIDDEN.exec(text)?.[0];
  if (hidden !== undefined) return `not hold the character ${codeOf(hidden)}`;
  if (rules.pattern?.test(text) === false) return `be ${rules.form ?? 'written differently'}`;
  return undefined;
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Reads true or false; see ValueReader.boolean. */
export function readBoolean(reader: Value): Located<boolean> | undefined {
  const { node } = reader;
  const value = node.kind === 'scalar' ? node.value : null;
  if (typeof value === 'boolean') return located(reader, value);
  if (node.kind === 'scalar' && typeof value === 'string') rejectWord(reader, value, node.quoted);
  else reader.failType('true or false');
  return undefined;
}

function rejectWord(reader: Value, text: string, quoted: boolean): void {
  const word = text.toLowerCase();
  const meant = YAML_1_1_BOOLEANS.get(word);
  if (word === 'true' || word === 'false') {
    const message = `${reader.name} must be true or false, and ${quote(text)} in quotes is text`;
    const help = `write ${word} without quotes`;
    reader.fail('quoted_boolean', message, { help, replacement: word });
  } else if (meant !== undefined && !quoted) {
    const message = `${reader.name} must be true or false, and ${quote(text)} is text in YAML 1.2`;
    reader.fail('yaml_1_1_boolean', message, { replacement: String(meant) });
  } else reader.failType('true or false');
}

/** Reads one of the given words; see ValueReader.choice. */
export function readChoice<T extends string>(
  reader: Value,
  values: readonly T[],
  rules: ChoiceRules<T>,
): Located<T> | undefined {
  const { node } = reader;
  const allowed = `one of ${quoteAll(values)}`;
  if (node.kind !== 'scalar' || node.value === null) {
    reader.failType(allowed);
    return undefined;
  }
  const found = values.find((value) => value === node.value);
  if (found !== undefined) return located(reader, found);
  const proposed = rules.proposed ?? values;
  const nearest = reader.report.isFull ? undefined : nearestName(node.source, proposed);
  const isLong = nearest !== undefined && values.length > MAX_LISTED_WORDS;
  const listed = isLong ? `one of ${String(values.length)} words` : allowed;
  const message = `${reader.name} must be ${listed}, and this is ${quote(node.source)}`;
  const details = nearest === undefined ? { help: 'write one of them' } : { replacement: nearest };
  reader.fail('unknown_value', message, details);
  return undefined;
}

function located<T>(reader: Value, value: T): Located<T> {
  return { value, position: reader.span.position, endColumn: reader.span.endColumn };
}
