import type { Finding } from '../core/model/finding';
import type { SourcePosition } from '../core/model/source-position';

/** The position of a finding about a file as a whole: line and column are 0. */
export function wholeFile(file: string): SourcePosition {
  return { file, line: 0, column: 0 };
}

/** An error of loading; the mark is empty because no single word causes it. */
export function errorAt(
  position: SourcePosition,
  code: string,
  message: string,
  help?: string,
): Finding {
  const finding: Finding = {
    severity: 'error',
    code,
    message,
    position,
    endColumn: position.column,
  };
  return help === undefined ? finding : { ...finding, help };
}
