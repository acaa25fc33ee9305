/** Digits of a segment's number in names, so that names sort as numbers do. */
const DIGITS = 12;

/** What the name of a file that is still being written ends with. */
const TEMPORARY = '.tmp';

const NAME = /^(\d{12})\.(jsonl|seal\.json|tombstone\.json)$/;

/** The files that a segment has. */
export interface SegmentFiles {
  /** From 1. */
  readonly number: number;
  readonly hasLines: boolean;
  readonly hasSeal: boolean;
  readonly hasTombstone: boolean;
}

/** The lines of a segment. */
export function linesFile(segment: number): string {
  return `${padded(segment)}.jsonl`;
}

/** What signs the lines of a segment. */
export function sealFile(segment: number): string {
  return `${padded(segment)}.seal.json`;
}

/** What is left of the lines of a segment that was removed. */
export function tombstoneFile(segment: number): string {
  return `${padded(segment)}.tombstone.json`;
}

/** What a file is called until it is whole. */
export function temporaryFile(name: string): string {
  return name + TEMPORARY;
}

/** True for what a crash left of a file that was never whole. */
export function isTemporary(name: string): boolean {
  return name.endsWith(TEMPORARY) && NAME.test(name.slice(0, -TEMPORARY.length));
}

/** The segments that have a file, in order. Other names are none of the trail's. */
export function segmentsIn(names: readonly string[]): readonly SegmentFiles[] {
  const present = new Set(names);
  const numbers = names.flatMap((name) => {
    const [, digits] = NAME.exec(name) ?? [];
    return digits === undefined ? [] : [Number(digits)];
  });
  return [...new Set(numbers)]
    .sort((left, right) => left - right)
    .map((number) => ({
      number,
      hasLines: present.has(linesFile(number)),
      hasSeal: present.has(sealFile(number)),
      hasTombstone: present.has(tombstoneFile(number)),
    }));
}

function padded(segment: number): string {
  return String(segment).padStart(DIGITS, '0');
}
