import { X509Certificate } from 'node:crypto';

import { printable } from '../core/model/printable';

/** What of a client certificate tells who it is. */
export interface CertificateUris {
  /** The URIs among its subject's alternative names. */
  readonly uris: readonly string[];
  /** The first instant at which it is no longer valid. */
  readonly expiresAtMs: number;
}

/**
 * An entry of the list of alternative names as Node writes it: `TYPE:value`, where a value that could be mistaken
 * for several entries stands in JSON's quotes.
 */
const ENTRY = /([^:,\s][^:,]*):(?:"((?:[^"\\]|\\.)*)"|([^",]*))(?:, |$)/gy;

/** Reads a certificate in DER. A list of names that is not understood to its end has no URIs. */
export function readCertificateUris(raw: Buffer): CertificateUris {
  const certificate = new X509Certificate(raw);
  const expiresAtMs = Date.parse(certificate.validTo);
  return { uris: urisOf(certificate.subjectAltName ?? ''), expiresAtMs };
}

/** URIs of one certificate that a record names, and the UTF-16 units of each. */
const MAX_SHOWN = 4;
const MAX_SHOWN_CHARS = 256;

/** The URIs as a record may name them: whoever asks for a certificate has chosen their number, length and letters. */
export function shownUris(uris: readonly string[]): readonly string[] {
  return uris.slice(0, MAX_SHOWN).map((uri) => printable(uri.slice(0, MAX_SHOWN_CHARS)));
}

function urisOf(text: string): readonly string[] {
  const uris: string[] = [];
  let end = 0;
  for (const [entry, type, quoted, plain = ''] of text.matchAll(ENTRY)) {
    end += entry.length;
    if (type === 'URI') uris.push(quoted === undefined ? plain : String(JSON.parse(`"${quoted}"`)));
  }
  return end === text.length ? uris : [];
}
