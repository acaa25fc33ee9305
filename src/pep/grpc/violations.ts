/** Violations that one refusal names; the others are counted. */
const MAX_SHOWN = 16;

/** Something that the enforcement point got wrong, at a field. */
export interface Violation {
  /** As in `candidates[2].ref`; names as in the proto files. Empty: the message itself. */
  readonly path: string;
  readonly problem: string;
}

/** One line for all violations, for the message of INVALID_ARGUMENT. */
export function describeViolations(violations: readonly Violation[]): string {
  const shown = violations.slice(0, MAX_SHOWN).map(describe);
  const left = violations.length - shown.length;
  return left === 0 ? shown.join('; ') : `${shown.join('; ')}; and ${String(left)} more`;
}

function describe({ path, problem }: Violation): string {
  return path === '' ? `the message ${problem}` : `\`${path}\` ${problem}`;
}
