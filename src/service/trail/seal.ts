import type { Sha256, TrailSigner, TrailVerifier } from '../../ports/trail-keys';
import { merkleRoot } from './merkle';

/** What is signed of a segment. */
export interface SealStatement {
  readonly version: 1;
  /** The numbers of its first and last line. */
  readonly first: number;
  readonly last: number;
  /** The hash of the last line, which holds those of all before it. */
  readonly hash: string;
  /** The Merkle root of the hashes of its lines. */
  readonly root: string;
  /** SHA-256 of the seal before, as it stands in its file; empty for the first one. */
  readonly previous: string;
  readonly key: string;
  /** RFC 3339. What the clock said, which the seal does not prove. */
  readonly at: string;
}

/** The lines of a segment, and what the seal before it is. */
export interface SealedLines {
  readonly first: number;
  readonly hashes: readonly string[];
  readonly previous: string;
}

/** Writes the seal of a segment. */
export function writeSeal(
  { first, hashes, previous }: SealedLines,
  {
    signer,
    sha256,
    at,
  }: { readonly signer: TrailSigner; readonly sha256: Sha256; readonly at: string },
): string {
  const statement: SealStatement = {
    version: 1,
    first,
    last: first + hashes.length - 1,
    hash: hashes.at(-1) ?? '',
    root: merkleRoot(hashes, sha256),
    previous,
    key: signer.keyId,
    at,
  };
  return textOf(statement, signer.sign(JSON.stringify(statement)));
}

/** Undefined: the seal is that of these lines, by this key. Otherwise why it is not. */
export function problemOfSeal(
  text: string,
  lines: SealedLines,
  { verifiers, sha256 }: { readonly verifiers: readonly TrailVerifier[]; readonly sha256: Sha256 },
): string | undefined {
  const read = readSeal(text);
  if (read === undefined) return 'it is no seal';
  const { statement, signature } = read;
  const verifier = verifiers.find(({ keyId }) => keyId === statement.key);
  if (verifier === undefined) return 'its key is none of those given';
  // Only one text is a seal: a signature that could be written in two ways would be a change that nobody sees.
  if (textOf(statement, signature) !== text) return 'it is not written as a seal is';
  if (!verifier.verify(JSON.stringify(statement), signature)) return 'its signature is wrong';
  const { first, hashes, previous } = lines;
  if (statement.previous !== previous) return 'it does not follow the seal before it';
  if (statement.first !== first || statement.last !== first + hashes.length - 1) {
    return `it is that of the lines ${String(statement.first)} to ${String(statement.last)}`;
  }
  const isSame = statement.hash === hashes.at(-1) && statement.root === merkleRoot(hashes, sha256);
  return isSame ? undefined : 'it is that of other lines';
}

function textOf(statement: SealStatement, signature: string): string {
  const canonical = Buffer.from(signature, 'base64').toString('base64');
  return `${JSON.stringify({ statement, signature: canonical })}\n`;
}

function readSeal(
  text: string,
): { readonly statement: SealStatement; readonly signature: string } | undefined {
  try {
    const value = JSON.parse(text) as { statement?: SealStatement; signature?: unknown } | null;
    const { statement, signature } = value ?? {};
    if (typeof statement !== 'object' || typeof signature !== 'string') return undefined;
    return { statement, signature };
  } catch {
    return undefined;
  }
}
