import type { TrailReader } from '../../ports/trail-files';
import type { TrailCrypto } from '../../ports/trail-keys';
import { linesFile } from './file-names';
import { lacksLineEndOnly } from './mend-end';
import { signerOfNext, walkToEnd, type TrailSigners } from './recover-trail';

/** A trail that is looked at, and not opened. */
export interface CheckedTrail {
  readonly reader: TrailReader;
  readonly crypto: TrailCrypto;
  readonly signers: TrailSigners;
  /** True: its writer lives. What it is writing is not whole, and what was there when it began it has judged itself. */
  readonly isHeld: boolean;
}

/** What a trail is that can be gone on with. */
export interface TrailCheck {
  readonly isEmpty: boolean;
  /** The file that is to be gone on with; undefined: all segments are sealed. */
  readonly openFile: string | undefined;
}

/** Throws what `openTrail` throws of the keys, and of a trail that is not what was written; changes nothing. */
export async function checkTrail(trail: CheckedTrail): Promise<TrailCheck> {
  const { reader, crypto, signers, isHeld } = trail;
  const course = await walkToEnd(reader, crypto, signers);
  if (!isHeld) lacksLineEndOnly(course, crypto);
  signerOfNext(course, crypto, signers);
  const { unsealed, seal } = course;
  return {
    isEmpty: (unsealed?.lines.last ?? seal?.last) === undefined,
    openFile: unsealed === undefined ? undefined : linesFile(unsealed.segment),
  };
}
