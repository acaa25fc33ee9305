/** Digits of a number in a name, so that names sort as the numbers do. */
const DIGITS = 15;

const SEGMENT = /^(\d{15})\.jsonl$/u;

/** The file of the segment whose first line has this number. */
export function segmentName(first: number): string {
  return `${String(first).padStart(DIGITS, '0')}.jsonl`;
}

/** The file of its seal. */
export function sealName(first: number): string {
  return `${String(first).padStart(DIGITS, '0')}.seal.json`;
}

/** The numbers of the first lines of all segments, ascending. */
export function segmentsAmong(names: readonly string[]): readonly number[] {
  return names
    .flatMap((name) => SEGMENT.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((left, right) => left - right);
}
