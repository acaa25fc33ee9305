import { isInstant, isText, isWhole, objectOf, wordOf } from './json-shape';
import { RECORD_VERSION } from './recorded-decision';

/** Blocks of one kind that were counted together instead of being recorded one by one. */
export interface FoldedBlocks {
  /** Absent or empty: callers are not configured. */
  readonly caller?: string;
  readonly code: string;
  /** Absent or empty: no policy names the block. */
  readonly policy?: string;
  readonly count: number;
  /** RFC 3339: the first of them. */
  readonly from: string;
  /** RFC 3339: the last of them. */
  readonly to: string;
}

const isFolded = objectOf({
  version: wordOf([RECORD_VERSION]),
  folded: objectOf(
    { code: isText, count: isWhole, from: isInstant, to: isInstant },
    { caller: isText, policy: isText },
  ),
});

/** Reads the record of blocks that were counted together; undefined for what is none, or of another version. */
export function readFolded(value: unknown): FoldedBlocks | undefined {
  return isFolded(value) ? (value as { readonly folded: FoldedBlocks }).folded : undefined;
}
