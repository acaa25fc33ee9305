import type { SourcePosition } from './source-position';

/** `error` makes a file or set unusable; `warning` and `info` do not. `--strict` fails on all. */
export type Severity = 'error' | 'warning' | 'info';

/** An edit that would mend the finding. It never lets more through. */
export interface SuggestedEdit {
  readonly position: SourcePosition;
  readonly endColumn: number;
  readonly replacement: string;
}

/** Something found in a policy file, at the very word that causes it. */
export interface Finding {
  readonly severity: Severity;
  /** Stable, snake_case; listed in docs/findings.md. */
  readonly code: string;
  readonly message: string;
  /** What to do about it, one line. */
  readonly help?: string;
  readonly position: SourcePosition;
  /** First column after the marked word, on the same line. */
  readonly endColumn: number;
  /** Other places that belong to the finding, such as the first of two contradicting statements. */
  readonly related?: readonly { readonly position: SourcePosition; readonly message: string }[];
  readonly suggestion?: SuggestedEdit;
}
