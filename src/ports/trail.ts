/** A line of the trail: its number, from 1, and the hash that stands for it and everything before it. */
export interface TrailPosition {
  readonly sequence: number;
  /** SHA-256 in lower-case hexadecimal. */
  readonly hash: string;
}

/** Why records are missing (a word, such as `not_written`), and how many; null: nobody knows how many. */
export type GapCounts = Readonly<Record<string, number | null>>;

/** How long records are kept. */
export interface Retention {
  /** Milliseconds after a segment is sealed. */
  readonly keepMs: number;
  /** True: nobody may shorten the time, or remove anything before it is over. */
  readonly immutable: boolean;
}

/** What `JSON.stringify` has just made of an object, so that it need not be read again to know that. */
export interface MadeRecord {
  readonly made: string;
}

/** Keeps records so that whoever changes them later is found out. One writer a trail. */
export interface Trail {
  /**
   * Resolves once the record is on the disk, and rejects where that is not certain: then it counts as not recorded.
   * The text is what `JSON.stringify` makes of an object.
   */
  append(record: string | MadeRecord): Promise<TrailPosition>;
  /** States that records are missing, because of something that only the caller knows. */
  gap(counts: GapCounts): Promise<TrailPosition>;
  /** Says something of the trail itself. The keys are the caller's; `at` is added. */
  note(note: Readonly<Record<string, unknown>>): Promise<TrailPosition>;
  /** The last line that is on the disk; undefined where there is none. */
  head(): TrailPosition | undefined;
  /** What is promised about keeping; undefined: to keep everything. */
  retention(): Retention | undefined;
  /** Promises something else from now on. Rejects, and changes nothing, where an immutable promise would be broken. */
  promise(retention: Retention): Promise<void>;
  /** Seals what has been open for long, and removes what need not be kept any more. To be called now and then. */
  tick(): Promise<void>;
  /** Removes all segments up to this one, and says why. Rejects if it may not be, and then has removed nothing. */
  remove(throughSegment: number, reason: string): Promise<void>;
  /** Writes what waits, seals, and lets others write. Rejects if the last segment could not be sealed. */
  close(): Promise<void>;
}
