/** Everything that a check of a trail can find. Append-only; docs/trail.md has a row for each. */
export const TRAIL_CODES = Object.freeze({
  malformed_line: 'the line is not what a trail is made of',
  wrong_hash: 'the line does not have the hash that it states: it was changed',
  wrong_sequence: 'the line does not have the next number: lines were removed, added or moved',
  wrong_link: 'the line does not follow the one before it: it is from somewhere else',
  incomplete_line: 'the last line has no end',
  missing_lines: 'the segment ends before the last line that its seal states',
  missing_segment: 'a segment is gone, and nothing signed says why',
  missing_seal: 'a segment that others follow has no seal',
  malformed_seal: 'the seal is not what a trail is made of',
  wrong_seal_signature: 'the seal was not signed by the key that it names',
  wrong_seal_link: 'the seal does not follow the one before it',
  seal_mismatch: 'the segment is not the one that was sealed',
  unknown_key: 'the seal is by a key that is neither given nor named by the one before it',
  retired_key: 'the seal is by a key that had been replaced',
  wrong_rotation: 'the change of keys is not signed by the key that was in force, or not sealed',
  malformed_tombstone: 'the tombstone is not what a trail is made of',
  wrong_tombstone_signature: 'the tombstone was not signed by the key that it names',
  tombstone_mismatch: 'the tombstone is not of this segment, or by a key of another time',
  removed_early: 'the segment was removed before its time, which nobody may shorten',
  head_missing: 'the trail ends before the head that was given',
  head_differs: 'the line of the head that was given is another one',
});

/** What a check found. */
export type TrailCode = keyof typeof TRAIL_CODES;

/** Where a trail is not what was written. */
export interface TrailFinding {
  readonly code: TrailCode;
  /** The name of the file in the trail's directory. */
  readonly file: string;
  /** From 1; 0 is the whole file. */
  readonly line: number;
  /** The number that the line there should have; 0 where nobody can say. */
  readonly sequence: number;
}

/** Findings that are kept; the rest is counted. */
const MAX_KEPT_FINDINGS = 1000;

/** Takes findings, and counts those that it does not keep. */
export interface TrailFindings {
  readonly kept: readonly TrailFinding[];
  readonly count: number;
  add(finding: TrailFinding): void;
}

/** Creates a list without findings. */
export function createTrailFindings(): TrailFindings {
  const kept: TrailFinding[] = [];
  let count = 0;
  return {
    kept,
    get count() {
      return count;
    },
    add: (finding) => {
      count += 1;
      if (kept.length < MAX_KEPT_FINDINGS) kept.push(finding);
    },
  };
}
