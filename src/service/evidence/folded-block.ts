import { isCount } from '../json-values';
import { isMoment, isText, objectOf, wordOf } from './json-shape';
import { RECORD_VERSION } from './recorded-decision';

/** Blocks of one kind that were too many to be recorded one by one. Instants are RFC 3339, UTC. */
export interface FoldedBlock {
  /** Empty: callers are not configured. */
  readonly caller: string;
  readonly code: string;
  /** Empty: no policy names the block. */
  readonly policy: string;
  readonly count: number;
  /** The first of them. */
  readonly from: string;
  /** The last of them. */
  readonly to: string;
}

/** The record of blocks that were folded. */
export function foldedJson(folded: FoldedBlock): string {
  return JSON.stringify({ version: RECORD_VERSION, folded });
}

const isFolded = objectOf({
  version: wordOf([RECORD_VERSION]),
  folded: objectOf({
    caller: isText,
    code: isText,
    policy: isText,
    count: isCount,
    from: isMoment,
    to: isMoment,
  }),
});

/** Reads the record of blocks that were folded; undefined for what is none, or of another version. */
export function readFolded(value: unknown): FoldedBlock | undefined {
  return isFolded(value) ? (value as { readonly folded: FoldedBlock }).folded : undefined;
}
