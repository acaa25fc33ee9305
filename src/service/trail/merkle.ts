import type { TrailCrypto } from '../../ports/trail-keys';

/** A whole tree of a power of two of leaves. */
interface Peak {
  readonly leaves: number;
  readonly hash: string;
}

/**
 * A Merkle tree that only grows, as RFC 9162 builds it: its whole trees from left to right, each smaller than the one
 * before. Hashes enter as hexadecimal text behind one byte that tells leaves (0) and nodes (1) apart.
 */
export type MerkleTree = readonly Peak[];

/** The tree without leaves. */
export const EMPTY_TREE: MerkleTree = [];

/** The tree with one more leaf. */
export function withLeaf(tree: MerkleTree, leaf: string, { sha256 }: TrailCrypto): MerkleTree {
  const peaks = [...tree];
  let added: Peak = { leaves: 1, hash: sha256(`\u0000${leaf}`) };
  for (let last = peaks.at(-1); last?.leaves === added.leaves; last = peaks.at(-1)) {
    peaks.pop();
    added = { leaves: 2 * last.leaves, hash: nodeOf(last.hash, added.hash, sha256) };
  }
  return [...peaks, added];
}

/** The root. That of the tree without leaves is the hash of nothing. */
export function rootOf(tree: MerkleTree, { sha256 }: TrailCrypto): string {
  const last = tree.at(-1);
  if (last === undefined) return sha256('');
  return tree.slice(0, -1).reduceRight((right, { hash }) => nodeOf(hash, right, sha256), last.hash);
}

function nodeOf(left: string, right: string, sha256: TrailCrypto['sha256']): string {
  return sha256(`\u0001${left}${right}`);
}
