import type { Finding } from '../core/model/finding';
import type { SourceFile } from '../ports/policy-dialect';

/**
 * Widens the marks of findings on words in quotes, so that they end after the closing quote. Looking at all files
 * together knows only values; how they are written stands in the texts. No mark gets shorter.
 */
export function markWholeWords(
  findings: readonly Finding[],
  sources: readonly SourceFile[],
): readonly Finding[] {
  const texts = new Map(sources.map(({ name, text }) => [name, text]));
  const starts = new Map<string, readonly number[]>();
  return findings.map((finding) => {
    const { file, line, column } = finding.position;
    const text = texts.get(file);
    if (text === undefined || line < 1 || column < 1) return finding;
    const lineStarts = starts.get(file) ?? startsOfLines(text);
    starts.set(file, lineStarts);
    const length = quotedLength(text, (lineStarts[line - 1] ?? text.length) + column - 1);
    return { ...finding, endColumn: Math.max(finding.endColumn, column + length) };
  });
}

/** The length of the word in quotes that starts here, both quotes included; 0 if none does on this line. */
function quotedLength(text: string, start: number): number {
  const quoted = text[start] === '"' ? DOUBLE_QUOTED : SINGLE_QUOTED;
  quoted.lastIndex = start;
  return quoted.exec(text)?.[0].length ?? 0;
}

// Sticky, so that they match where they are told to and look no further.
const DOUBLE_QUOTED = /"(?:[^"\\\r\n]|\\.)*"/y;
const SINGLE_QUOTED = /'(?:[^'\r\n]|'')*'/y;

function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
