/**
 * The one normalisation under which ids are compared (L12): Unicode NFC, nothing else. Case matters, so that a
 * look-alike is never allowed by accident.
 */
export function canonicalId(id: string): string {
  return id.normalize('NFC');
}

/** The looser form under which deny and ignore compare, so that a spelling never escapes a ban. */
export function foldedId(id: string): string {
  return id.normalize('NFKC').toLowerCase();
}
