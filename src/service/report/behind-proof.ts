import type { TrailEntry } from '../trail/read-trail';

/**
 * True for what stands behind the last file that is proven; empty: none is; undefined: nobody has looked. Not the number
 * that a line states decides, for whoever puts lines behind the proof numbers them as they like. Names sort as files do.
 */
export function isBehindProof({ place }: TrailEntry, provenTo: string | undefined): boolean {
  return provenTo !== undefined && place.file > provenTo;
}
