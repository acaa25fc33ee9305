/** One line of a log with its number, from 1, or why it cannot be read. Empty lines are left out. */
export type LogLine =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly problem: string };

/** The next lines of a log, or why no more of it can be read. Failures are fit to show to a user. */
export type LogPiece = { readonly lines: readonly LogLine[] } | { readonly failure: string };

/** Reads logs of any size, a piece at a time, so that none has to fit into memory. */
export interface LogReader {
  /** `-` is the standard input, which can be read once. A failure is the last piece. */
  read(path: string): AsyncIterable<LogPiece>;
}

/** Where a line stands. */
export interface LinePlace {
  readonly file: string;
  readonly line: number;
}

/** Some lines of one log. */
export interface FileLines {
  readonly file: string;
  readonly lines: readonly LogLine[];
}
