/** Violations that one refusal names; the others are counted. */
const MAX_SHOWN = 16;

/** Something that the enforcement point got wrong, at a field. */
export interface Violation {
  /** As in `candidates[2].ref`; names as in the proto files. */
  readonly path: string;
  readonly problem: string;
}

/** One line for all violations, for the message of INVALID_ARGUMENT. */
export function describeViolations(violations: readonly Violation[]): string {
  const shown = violations.slice(0, MAX_SHOWN).map(({ path, problem }) => `\`${path}\` ${problem}`);
  const left = violations.length - shown.length;
  return left === 0 ? shown.join('; ') : `${shown.join('; ')}; and ${String(left)} more`;
}

/** Fields that the generated decoder did not know, by tag. */
export type UnknownFields = Readonly<Record<number, readonly Uint8Array[]>> | undefined;

/** Bits of a tag that name the wire type; the others are the field's number. */
const WIRE_TYPE_BITS = 3;

/**
 * Adds a violation for the first unknown field of a message: a field that narrows must not be lost in silence.
 * `path` is that of the message; empty: the request itself.
 */
export function refuseUnknownFields(
  unknown: UnknownFields,
  path: string,
  violations: Violation[],
): void {
  if (unknown === undefined) return;
  for (const tag in unknown) {
    const number = String(Number(tag) >>> WIRE_TYPE_BITS);
    const problem = `has the field number ${number}, which this version does not know or not in this form`;
    violations.push({ path: path === '' ? 'request' : path, problem });
    return;
  }
}
