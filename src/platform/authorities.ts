/** What stands between the first line and the last of anything in PEM. */
const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g;

/** True unless all authorities of the first text (PEM) are in the second one, too, whatever their order. */
export function removesAuthority(before: Buffer, after: Buffer): boolean {
  const former = authoritiesIn(before);
  const present = new Set(authoritiesIn(after));
  return former.length === 0 || former.some((authority) => !present.has(authority));
}

function authoritiesIn(pem: Buffer): readonly string[] {
  const blocks = pem.toString('latin1').matchAll(PEM_BLOCK);
  return [...blocks].map(([, label = '', body = '']) => `${label}:${body.replace(/\s/g, '')}`);
}
