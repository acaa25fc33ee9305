/** Bytes that stand for themselves in an address; all others are written as `%XX`, so that no two ids become one. */
const PLAIN_BYTE = /^[A-Za-z0-9._-]$/;

/**
 * The id of a target where Envoy allows no free text: in the name of its internal listener, in addresses, and in
 * the names of files. An id of letters, digits, `.`, `_` and `-` is its own name.
 */
export function plainNameOf(target: string): string {
  return [...Buffer.from(target)].map(escapeByte).join('');
}

function escapeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  if (PLAIN_BYTE.test(character)) return character;
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** The name of the internal listener that leads to a target. */
export function listenerNameOf(target: string): string {
  return `to-${plainNameOf(target)}`;
}

/** What the name of a target's origin ends in. */
export const ORIGIN_SUFFIX = '-origin';

/** The name of the cluster that connects to a target's provider. */
export function originNameOf(target: string): string {
  return `${target}${ORIGIN_SUFFIX}`;
}

/** The address of a target's internal listener, with the endpoint's id, as the portable configuration reads it. */
export function internalAddressOf(target: string): string {
  return `envoy://${listenerNameOf(target)}/${plainNameOf(target)}`;
}

/** The cluster without endpoints that ends every list, so that the last target is not tried again. */
export const DEAD_END = 'deny';
