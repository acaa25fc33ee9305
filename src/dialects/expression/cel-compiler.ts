import { parse } from '@bufbuild/cel';
import type { ExpressionCompilation } from '../../ports/policy-dialect';
import { checkCel, type CelProblem } from './cel-checker';
import { MAX_EXPRESSION_CHARS, MAX_EXPRESSION_DEPTH } from './cel-limits';
import { createCelProgram } from './cel-program';
import type { ParsedCel } from './cel-tree';

/**
 * Compiles a CEL text. It sees `claims`, a map of the target's claims by name, and `attributes`, a map of the
 * request's attributes. Offsets count UTF-16 units from the start of the text. Never throws.
 */
export function compileCel(text: string): ExpressionCompilation {
  if (text.length > MAX_EXPRESSION_CHARS) {
    const error = `the expression has more than ${String(MAX_EXPRESSION_CHARS)} characters; split it`;
    return { error, offset: 0, length: text.length };
  }
  const tooDeep = depthProblem(text);
  if (tooDeep !== undefined) return tooDeep;
  try {
    return compileParsed(text, parse(text));
  } catch (cause) {
    return describeFailure(text, cause);
  }
}

/** Brackets in texts count too: that is stricter than needed, and nobody writes so many. */
function depthProblem(text: string): ExpressionCompilation | undefined {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[([{\])}]/gu)) {
    depth += '([{'.includes(bracket) ? 1 : -1;
    if (depth <= MAX_EXPRESSION_DEPTH) continue;
    const error = `the expression has more than ${String(MAX_EXPRESSION_DEPTH)} brackets open at once`;
    return { error, offset: index, length: 1 };
  }
  return undefined;
}

function compileParsed(text: string, parsed: ParsedCel): ExpressionCompilation {
  const check = checkCel(parsed.expr);
  if ('problem' in check) return describeProblem(text, parsed, check.problem);
  return { program: createCelProgram(parsed), claims: check.claims };
}

function describeProblem(
  text: string,
  parsed: ParsedCel,
  { node, message, words = [] }: CelProblem,
): ExpressionCompilation {
  if (node === undefined) return { error: message, offset: 0, length: text.length };
  const from = parsed.sourceInfo?.positions[String(node.id)] ?? 0;
  const found = words.flatMap((word) => findWord(text, word, from) ?? []);
  const [first] = found.toSorted((left, right) => left.offset - right.offset);
  return { error: message, ...(first ?? { offset: from, length: 1 }) };
}

/** The parser's offsets mark the dot or bracket before a word; the user looks for the word. */
function findWord(
  text: string,
  word: string,
  from: number,
): { readonly offset: number; readonly length: number } | undefined {
  if (word === '') return undefined;
  for (let at = text.indexOf(word, from); at !== -1; at = text.indexOf(word, at + 1)) {
    const around = text.charAt(at - 1) + text.charAt(at + word.length);
    if (!/\w/u.test(around)) return { offset: at, length: word.length };
  }
  return undefined;
}

/** What the library throws is not exported by it, so its place is read by shape. */
function describeFailure(text: string, cause: unknown): ExpressionCompilation {
  const offset = Math.min(failureOffset(cause) ?? 0, Math.max(text.length - 1, 0));
  const found = text.slice(offset, offset + 1);
  const at = found === '' ? 'it is empty' : `it cannot be read from \`${found}\` on`;
  return { error: `the expression is not valid CEL: ${at}`, offset, length: 1 };
}

function failureOffset(cause: unknown): number | undefined {
  if (typeof cause !== 'object' || cause === null || !('location' in cause)) return undefined;
  const { location } = cause;
  if (typeof location !== 'object' || location === null || !('start' in location)) return undefined;
  const { start } = location;
  if (typeof start !== 'object' || start === null || !('offset' in start)) return undefined;
  return typeof start.offset === 'number' ? start.offset : undefined;
}
