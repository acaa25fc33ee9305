/**
 * The one normalisation under which ids are compared (L12): Unicode NFC, nothing else. Case matters, so that a
 * look-alike is never allowed by accident.
 */
export function canonicalId(id: string): string {
  return ASCII.test(id) ? id : id.normalize('NFC');
}

/** What is composed already, as almost all ids are. */
const ASCII = /^[\0-\x7f]*$/;

/** Names that fold to their lower case, as almost all do. */
const PLAIN_NAME = /^[!-~]*$/;

/** What nobody sees: spaces, controls, and marks without a shape. */
const UNSEEN = /[\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]+/gu;

/**
 * The looser form under which deny and ignore compare, so that a spelling never escapes a ban: whoever serves the
 * name may read it without case and width, and without what nobody sees.
 */
export function foldedId(id: string): string {
  if (PLAIN_NAME.test(id)) return id.toLowerCase();
  return id.normalize('NFKC').replace(UNSEEN, '').toLowerCase();
}
