import { parse } from '@bufbuild/cel';
import type { ExpressionCompilation } from '../../ports/policy-dialect';
import { checkCel, type CelProblem } from './cel-checker';
import { MAX_EXPRESSION_CHARS } from './cel-limits';
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
  try {
    return compileParsed(parse(text));
  } catch (cause) {
    return describeFailure(text, cause);
  }
}

function compileParsed(parsed: ParsedCel): ExpressionCompilation {
  const check = checkCel(parsed.expr);
  if ('problem' in check) return describeProblem(parsed, check.problem);
  return { program: createCelProgram(parsed), claims: check.claims };
}

function describeProblem(parsed: ParsedCel, { node, message }: CelProblem): ExpressionCompilation {
  const offset = parsed.sourceInfo?.positions[String(node.id)] ?? 0;
  return { error: message, offset, length: 1 };
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
