import type { SourceFile } from '../../ports/policy-dialect';

/** The lines of the files that findings are about. */
export interface SourceLines {
  /** A line by its number from 1, without its line break; undefined for what does not exist. */
  lineOf(file: string, line: number): string | undefined;
}

/**
 * Prepares looking up lines. Where the lines of a file begin is found at the first look at it, because a catalog may
 * have a hundred thousand of them, and a report many findings.
 */
export function sourceLines(sources: readonly SourceFile[]): SourceLines {
  const texts = new Map(sources.map(({ name, text }) => [name, text]));
  const startsByFile = new Map<string, readonly number[]>();
  return {
    lineOf: (file, line) => {
      const text = texts.get(file);
      if (text === undefined) return undefined;
      const starts = startsByFile.get(file) ?? startsOfLines(text);
      startsByFile.set(file, starts);
      const start = starts[line - 1];
      if (start === undefined) return undefined;
      const next = starts[line];
      const end = next === undefined ? text.length : next - 1;
      return text.slice(start, end).replace(/\r$/, '');
    },
  };
}

function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
