import type { Sha256 } from '../../ports/trail-keys';

/**
 * The Merkle root of hashes in hexadecimal, as in RFC 6962: leaves and nodes begin with bytes of their own, so that no
 * node can pass for a leaf. One line can be shown to be among many by a few hashes, without the others.
 */
export function merkleRoot(hashes: readonly string[], sha256: Sha256): string {
  if (hashes.length === 0) return sha256('');
  return rootOf(
    hashes.map((hash) => sha256(bytesOf('00', hash))),
    sha256,
  );
}

function rootOf(leaves: readonly string[], sha256: Sha256): string {
  const [first = ''] = leaves;
  if (leaves.length === 1) return first;
  const split = largestPowerBelow(leaves.length);
  const left = rootOf(leaves.slice(0, split), sha256);
  return sha256(bytesOf('01', left, rootOf(leaves.slice(split), sha256)));
}

/** The largest power of two that is smaller. */
function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

function bytesOf(...hex: readonly string[]): Uint8Array {
  return Buffer.from(hex.join(''), 'hex');
}
