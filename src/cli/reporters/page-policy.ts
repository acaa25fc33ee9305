import type { DigestOf } from '../../ports/id-source';

/** A digest in the form that a browser's policy has. */
export function sourceOf(text: string, digestOf: DigestOf): string {
  const hexadecimal = digestOf(text).replace(/^sha256:/, '');
  return `sha256-${Buffer.from(hexadecimal, 'hex').toString('base64')}`;
}
