import type { TrailCrypto, TrailSigner } from '../../ports/trail-keys';
import { instantMs, instantText } from '../json-values';
import type { Seal } from './seal';
import { readDocument, writeDocument, type DocumentProblem } from './signed-document';

/** What is left where the lines of a segment were removed. Its seal stays beside it. */
export interface Tombstone {
  /** What it says of the segment, which is what the seal says. */
  readonly of: Readonly<Record<string, unknown>>;
  readonly atMs: number;
  readonly publicKey: string;
}

const OF_NAMES = ['segment', 'first', 'last', 'root', 'seal'] as const;
const NAMES = [...OF_NAMES, 'reason', 'at'] as const;

/** The text of a tombstone's file. */
export function writeTombstone(
  seal: Seal,
  removal: { readonly reason: string; readonly atMs: number },
  signer: TrailSigner,
  crypto: TrailCrypto,
): string {
  const fields = { ...sealed(seal), reason: removal.reason, at: instantText(removal.atMs) };
  return writeDocument('ambit-trail-tombstone-1', fields, signer, crypto);
}

/** Reads the file of a tombstone. */
export function readTombstone(
  bytes: Uint8Array,
  crypto: TrailCrypto,
): { readonly tombstone: Tombstone } | { readonly problem: DocumentProblem } {
  const document = readDocument('ambit-trail-tombstone-1', NAMES, bytes, crypto);
  if ('problem' in document) return document;
  const { fields, publicKey } = document;
  const atMs = instantMs(fields['at']);
  if (atMs === undefined || typeof fields['reason'] !== 'string') return { problem: 'malformed' };
  return { tombstone: { of: fields, atMs, publicKey } };
}

/** True if the tombstone is that of the segment that the seal is of. */
export function isTombstoneOf({ of }: Tombstone, seal: Seal): boolean {
  const expected: Readonly<Record<string, unknown>> = sealed(seal);
  return OF_NAMES.every((name) => of[name] === expected[name]);
}

function sealed({ segment, first, last, root, hash }: Seal) {
  return { segment, first, last: last.sequence, root, seal: hash };
}
