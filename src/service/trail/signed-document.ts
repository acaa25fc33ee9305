import type { TrailCrypto, TrailSigner } from '../../ports/trail-keys';
import type { JsonObject } from '../json-values';
import { hasKeys, readCanonicalObject } from './canonical-object';

/** What a signed file is; it stands in what is signed, so that none can pass as one of another type. */
export type DocumentType = 'ambit-trail-seal-1' | 'ambit-trail-tombstone-1';

/** A document with the key that signed it. */
export interface SignedDocument {
  /** Its own parts, by name. */
  readonly fields: JsonObject;
  /** SPKI (DER) in base64. */
  readonly publicKey: string;
}

/** Why a file is no such document. */
export type DocumentProblem = 'malformed' | 'wrong_signature';

/** Most bytes of a signed file; none comes near. */
export const MAX_DOCUMENT_BYTES = 16_384;

const SIGNATURE_PART = /,"signature":"([0-9a-f]{128})"\}$/;

/** One line of JSON, signed by itself without the part that states the signature. */
export function writeDocument(
  type: DocumentType,
  fields: JsonObject,
  signer: TrailSigner,
  { keyIdOf }: TrailCrypto,
): string {
  const { publicKey } = signer;
  const text = JSON.stringify({ type, ...fields, key: keyIdOf(publicKey), publicKey });
  return `${text.slice(0, -1)},"signature":"${signer.sign(text)}"}\n`;
}

/** Reads what `writeDocument` writes. That the key may sign such things is for the caller to say. */
export function readDocument(
  type: DocumentType,
  names: readonly string[],
  bytes: Uint8Array,
  crypto: TrailCrypto,
): SignedDocument | { readonly problem: DocumentProblem } {
  const text = textOf(bytes);
  const object = text?.endsWith('\n') === true ? readCanonicalObject(text.slice(0, -1)) : undefined;
  const keys = ['type', ...names, 'key', 'publicKey', 'signature'];
  if (text === undefined || object?.['type'] !== type || !hasKeys(object, keys)) {
    return { problem: 'malformed' };
  }
  const line = text.slice(0, -1);
  const [, signature] = SIGNATURE_PART.exec(line) ?? [];
  const { publicKey, key } = object;
  if (signature === undefined || typeof publicKey !== 'string') return { problem: 'malformed' };
  const isSigned = crypto.isSignedBy(publicKey, line.replace(SIGNATURE_PART, '}'), signature);
  if (!isSigned || key !== crypto.keyIdOf(publicKey)) return { problem: 'wrong_signature' };
  return { fields: object, publicKey };
}

/** The text; undefined for bytes that are no UTF-8. Every byte counts, so that a text is read from one file only. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
