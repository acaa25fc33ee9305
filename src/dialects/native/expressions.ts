import type { ExpressionCompiler } from '../../ports/policy-dialect';
import type { ValueReader } from '../yaml/reader';
import type { Located, Span } from '../yaml/source-text';
import type { ReadRule } from './switches';

/** Reads `expression`: one CEL text or a list of them, all of which must hold. */
export function readExpressions(
  reader: ValueReader | undefined,
  compile: ExpressionCompiler,
): readonly ReadRule[] {
  if (reader === undefined) return [];
  const items = reader.kind === 'list' ? (reader.list() ?? []) : [reader];
  return items.flatMap((item) => readExpression(item, compile) ?? []);
}

function readExpression(reader: ValueReader, compile: ExpressionCompiler): ReadRule | undefined {
  const text = reader.text();
  if (text === undefined) return undefined;
  const compiled = compile(text.value.trim());
  if ('error' in compiled) {
    const at = locate(reader, text, compiled);
    reader.report.error('invalid_expression', at, compiled.error);
    return undefined;
  }
  const { claims, program } = compiled;
  return { reader, rule: { kind: 'expression', text: text.value.trim(), claims, program } };
}

/** The word in the file for a part of the expression, where the file writes it on one line as it is. */
function locate(
  reader: ValueReader,
  text: Located<string>,
  part: { readonly offset: number; readonly length: number },
): Span {
  const { source } = reader.report;
  const wanted = text.value.trim();
  const at = source.lineStart(text.position.line) + text.position.column - 1;
  // A quoted text starts one character later.
  const from = [at, at + 1].find((offset) => source.text.startsWith(wanted, offset));
  if (from === undefined || wanted.includes('\n')) return text;
  return source.span(from + part.offset, from + part.offset + part.length);
}
