import { TrailError } from '../../ports/trail-error';
import type { TrailReader } from '../../ports/trail-files';
import type { TrailCrypto, TrailSigner } from '../../ports/trail-keys';
import { isTemporary } from './file-names';
import { beginningOf } from './line';
import { mendEnd } from './mend-end';
import type { ChainEnd, SegmentState } from './open-segment';
import { finishRemovals } from './remove-segments';
import { nextKeyIn, rotationJson } from './rotation';
import { sealSegment } from './seal-segment';
import type { Hand, WriterParts } from './segment-hand';
import { commitEntries } from './segment-writer';
import type { Course, UnsealedEnd } from './course';
import { walkTrail } from './walk';

/** The private keys that a trail is opened with. */
export interface TrailSigners {
  /** Signs from now on. */
  readonly current: TrailSigner;
  /** Signs that `current` follows it, if it is in force still. */
  readonly previous?: TrailSigner;
}

/** What was found of the last line of a crash. */
export interface Recovered {
  readonly hand: Hand;
  /** Bytes of a line that never was whole, which were cut off; 0: there was none. */
  readonly cutBytes: number;
}

/**
 * Brings a trail into order after whatever ended its last writer: what was not sealed is sealed, and the one key
 * signs. Throws `TrailDamage` for all that no crash can have left.
 */
export async function recoverTrail(parts: WriterParts, signers: TrailSigners): Promise<Recovered> {
  const { files } = parts;
  for (const name of (await files.list()).filter(isTemporary)) await files.remove(name);
  const course = await walkToEnd(files, parts.crypto, signers);
  const mended = await mendEnd(parts, course);
  if (mended === 'completed') return recoverTrail(parts, signers);
  const hand = handOf(parts, course, signers);
  await finishRemovals(hand);
  await sealSegment(hand, signerOfNext(course, parts.crypto, signers));
  await rotate(hand, signers.current);
  return { hand, cutBytes: mended.cutBytes };
}

/** Walks to the end of a trail that is to be gone on with, reading as little as says whether it can be. */
export function walkToEnd(
  reader: TrailReader,
  crypto: TrailCrypto,
  signers: TrailSigners,
): Promise<Course> {
  const keys = keysOf(signers);
  return walkTrail({ reader, crypto, keys, trustsFirstSeal: true, readsAllLines: false });
}

function keysOf({ current, previous }: TrailSigners): readonly string[] {
  return previous === undefined ? [current.publicKey] : [current.publicKey, previous.publicKey];
}

function handOf(parts: WriterParts, course: Course, signers: TrailSigners): Hand {
  const { unsealed, seal, retention } = course;
  const signer = signerInForce(course, parts.crypto, signers);
  const state = unsealed === undefined ? undefined : stateOf(unsealed);
  const previous = seal?.hash ?? beginningOf(signer.publicKey, parts.crypto);
  const link = state?.start ?? { sequence: course.next.sequence ?? 1, previous };
  const end: ChainEnd = { segment: course.segment, link, retention };
  return {
    ...{ ...parts, end, signer, state, last: state?.last ?? seal?.last },
    ...{ file: undefined, unsureBytes: undefined, lost: undefined },
  };
}

/** Who signs now. Throws where neither of the keys that are given can. */
function signerInForce({ ring }: Course, crypto: TrailCrypto, signers: TrailSigners): TrailSigner {
  const { publicKey } = signers.current;
  const inForce = ring.inForce() ?? publicKey;
  if (publicKey !== inForce && ring.isInOrder(publicKey, inForce)) {
    throw new TrailError(`key ${crypto.keyIdOf(publicKey)} had been replaced; give a new one`);
  }
  return signerOf(inForce, crypto, signers);
}

/** Undefined: nothing is left of the segment. */
function stateOf({ segment: number, lines, start }: UnsealedEnd): SegmentState | undefined {
  const { last, count, tree, torn, bytes } = lines;
  const [from, to] = [start.previous, lines.next.sequence];
  if (last === undefined || start.sequence === undefined || from === undefined) return undefined;
  return {
    ...{ number, last, count, tree, openedAtMs: 0, bytes: torn?.offset ?? bytes },
    start: { sequence: start.sequence, previous: from },
    next: { sequence: to ?? last.sequence + 1, previous: last.hash },
  };
}

/** Who signs what follows: a segment that ends with a change of keys says it. Throws where that key is not given. */
export function signerOfNext(
  course: Course,
  crypto: TrailCrypto,
  signers: TrailSigners,
): TrailSigner {
  const signer = signerInForce(course, crypto, signers);
  const rotation = course.unsealed?.lines.rotation;
  if (rotation === undefined) return signer;
  const nextKey = nextKeyIn(rotation.line, signer.publicKey, crypto);
  return nextKey === undefined ? signer : signerOf(nextKey, crypto, signers);
}

function signerOf(
  publicKey: string,
  crypto: TrailCrypto,
  { current, previous }: TrailSigners,
): TrailSigner {
  const signer = [current, previous].find((each) => each?.publicKey === publicKey);
  if (signer !== undefined) return signer;
  const [wanted, given] = [crypto.keyIdOf(publicKey), crypto.keyIdOf(current.publicKey)];
  throw new TrailError(
    `the trail goes on with key ${wanted}, and ${given} is given; give ${wanted} as the previous key, so that it can name the new one`,
  );
}

async function rotate(hand: Hand, current: TrailSigner): Promise<void> {
  const { signer, crypto } = hand;
  if (signer.publicKey === current.publicKey) return;
  const { publicKey } = current;
  const contentJson = (link: ChainEnd['link']) => rotationJson(link, signer, publicKey, crypto);
  await commitEntries(hand, [{ kind: 'rotation', contentJson }]);
  await sealSegment(hand, current);
}
