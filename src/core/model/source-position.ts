/**
 * Where a statement stands in a policy file, so that every reason can be traced to the line that causes it.
 * `line` and `column` count from 1; `file` is the path as the user gave it.
 */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** First column after the word that states it, on the same line; absent where only its beginning is known. */
  readonly endColumn?: number;
}

/** `file:line:column`, the form that editors and terminals open with a click. */
export function formatPosition(position: SourcePosition): string {
  return `${position.file}:${String(position.line)}:${String(position.column)}`;
}
