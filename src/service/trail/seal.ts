import type { Retention, TrailPosition } from '../../ports/trail';
import type { TrailCrypto, TrailSigner } from '../../ports/trail-keys';
import { instantMs, instantText, isCount, isObject } from '../json-values';
import { hasKeys, isHash } from './canonical-object';
import { readDocument, writeDocument, type DocumentProblem } from './signed-document';

/** What a seal says of the lines of its segment. */
export interface SealedLines {
  readonly segment: number;
  /** The number of the first line. */
  readonly first: number;
  readonly last: TrailPosition;
  /** Of the Merkle tree over the hashes of the lines. */
  readonly root: string;
  /** Of the file with the lines. */
  readonly bytes: number;
  /** The hash of the seal before; for the first the beginning of the trail. */
  readonly previous: string;
  readonly atMs: number;
  /** The promise that holds for this segment; undefined: it is kept for ever. */
  readonly retention: Retention | undefined;
  /** The public key that signs what follows; undefined: the same one. */
  readonly nextKey: string | undefined;
}

/** A seal that its key has signed. */
export interface Seal extends SealedLines {
  readonly publicKey: string;
  /** Of the whole text of the seal. */
  readonly hash: string;
}

const NAMES = [
  'segment',
  'first',
  'last',
  'lastHash',
  'root',
  'bytes',
  'previous',
  'at',
  'retention',
  'nextKey',
] as const;

/** The text of a seal's file, and its hash. */
export function writeSeal(
  lines: SealedLines,
  signer: TrailSigner,
  crypto: TrailCrypto,
): { readonly text: string; readonly hash: string } {
  const { segment, first, last, root, bytes, previous, atMs, retention, nextKey } = lines;
  const fields = {
    ...{ segment, first, last: last.sequence, lastHash: last.hash, root, bytes, previous },
    at: instantText(atMs),
    retention: retention === undefined ? null : retentionJson(retention),
    nextKey: nextKey ?? null,
  };
  const text = writeDocument('ambit-trail-seal-1', fields, signer, crypto);
  return { text, hash: crypto.sha256(text) };
}

/** Reads the file of a seal. */
export function readSeal(
  bytes: Uint8Array,
  crypto: TrailCrypto,
): { readonly seal: Seal } | { readonly problem: DocumentProblem } {
  const document = readDocument('ambit-trail-seal-1', NAMES, bytes, crypto);
  if ('problem' in document) return document;
  const { fields, publicKey } = document;
  const lines = linesIn(fields);
  if (lines === undefined) return { problem: 'malformed' };
  const hash = crypto.sha256(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  return { seal: { ...lines, publicKey, hash } };
}

function linesIn(fields: Readonly<Record<string, unknown>>): SealedLines | undefined {
  const { segment, first, last, lastHash, root, bytes, previous, nextKey } = fields;
  const atMs = instantMs(fields['at']);
  const promise = promiseIn(fields['retention']);
  if (!isCount(segment) || !isCount(first) || !isCount(last) || !isCount(bytes)) return undefined;
  if (!isHash(lastHash) || !isHash(root) || !isHash(previous)) return undefined;
  if (atMs === undefined || promise === undefined || first > last) return undefined;
  if (nextKey !== null && typeof nextKey !== 'string') return undefined;
  return {
    ...{ segment, first, last: { sequence: last, hash: lastHash }, root, bytes, previous, atMs },
    retention: promise.retention,
    nextKey: nextKey ?? undefined,
  };
}

/** How long, as notes and seals write it. */
export function retentionJson({ keepMs, immutable }: Retention): Retention {
  return { keepMs, immutable };
}

/** Undefined: it is neither null, which promises to keep for ever, nor a promise. */
export function promiseIn(
  value: unknown,
): { readonly retention: Retention | undefined } | undefined {
  if (value === null) return { retention: undefined };
  if (!isObject(value) || !hasKeys(value, ['keepMs', 'immutable'])) return undefined;
  const { keepMs, immutable } = value;
  if (!isCount(keepMs) || typeof immutable !== 'boolean') return undefined;
  return { retention: { keepMs, immutable } };
}
