import type { Finding } from '../core/model/finding';
import type { SourcePosition } from '../core/model/source-position';

/**
 * Every code that loading files can report before or beside reading them, with its meaning as docs/findings.md
 * shows it. Closed and append-only.
 */
export const LOAD_FINDING_CODES = Object.freeze({
  unreadable_file: 'a file or directory cannot be read',
  no_policy_files: 'a directory holds no policy file',
  unknown_dialect:
    'a file is of no dialect that Ambit reads, or a dialect is named that does not exist',
  ambiguous_dialect: 'a file looks like several dialects',
  second_bundle: 'there is more than one Bundle document',
  included_file_given_twice:
    'a file is included with a scope and named on the command line as well',
  nothing_checked: 'the files hold no policy and no target',
  internal_error: 'loading failed by a defect of Ambit; the last good bundle stays',
  unusable_tls: 'a certificate, private key or authority of a listener cannot be used',
  unusable_tracing: 'a secret or an authority that sending traces needs cannot be used',
  unusable_audit:
    'the directory or a key of the trail, or a secret or an authority of a sink, cannot be used',
  exposed_secret:
    'the file of a private key or another secret is open to every user of the machine',
} as const);

/** A code that loading files can report. */
export type LoadFindingCode = keyof typeof LOAD_FINDING_CODES;

/** The position of a finding about a file as a whole: line and column are 0. */
export function wholeFile(file: string): SourcePosition {
  return { file, line: 0, column: 0 };
}

/** An error of loading; the mark is empty because no single word causes it. */
export function errorAt(
  position: SourcePosition,
  code: LoadFindingCode,
  message: string,
  help?: string,
): Finding {
  const endColumn = position.column;
  const finding: Finding = { severity: 'error', code, message, position, endColumn };
  return help === undefined ? finding : { ...finding, help };
}

/** What does not keep the service from starting, and is seldom meant. */
export function warningAt(...parts: Required<Parameters<typeof errorAt>>): Finding {
  return { ...errorAt(...parts), severity: 'warning' };
}
