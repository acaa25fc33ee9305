import type { Finding, Severity } from '../model/finding';
import type { SourcePosition } from '../model/source-position';

/** Builds a finding at a word; `word` gives its length for the mark. */
export function setFinding(parts: {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly help: string;
  readonly position: SourcePosition;
  readonly word: string;
  readonly related?: Finding['related'];
}): Finding {
  const { word, related, ...rest } = parts;
  return {
    ...rest,
    endColumn: parts.position.column + Math.max(1, word.length),
    ...(related === undefined ? {} : { related }),
  };
}
