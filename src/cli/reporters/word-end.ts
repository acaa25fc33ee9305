import type { SourcePosition } from '../../core/model/source-position';
import type { SourceLines } from './source-lines';

/** A word in quotes with them, else all that a key or a name may hold. */
const WORD = /^(?:"[^"]*"|'[^']*'|[\w./*-]+)/u;

/** The first column after the word at a position; where only its start is known, it is looked up in the file. */
export function endOfWord(position: SourcePosition, lines: SourceLines): number {
  const { file, line, column, endColumn } = position;
  if (endColumn !== undefined) return endColumn;
  const rest = lines.lineOf(file, line)?.slice(column - 1) ?? '';
  return column + (WORD.exec(rest)?.[0].length ?? 1);
}
