import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import type { Sha256, TrailSigner, TrailVerifier } from '../ports/trail-keys';

/** Hexadecimal digits of a key's name. */
const KEY_ID_DIGITS = 32;

const ALGORITHM = 'ed25519';

/** SHA-256 by Node. */
export const sha256: Sha256 = (input) => createHash('sha256').update(input).digest('hex');

/** A new pair of keys for a trail: PKCS #8 and SPKI, in PEM. */
export function generateTrailKeys(): { readonly privatePem: string; readonly publicPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync(ALGORITHM);
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** Reads a private key. `problem` says nothing of what stands there. */
export function readSigner(pem: string): TrailSigner | { readonly problem: string } {
  const key = keyOf(() => createPrivateKey(pem));
  if (key === undefined) return { problem: 'it holds no private Ed25519 key in PEM' };
  return {
    keyId: keyIdOf(createPublicKey(key)),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  };
}

/** Reads a public key. */
export function readVerifier(pem: string): TrailVerifier | { readonly problem: string } {
  // Node makes a public key of a private one, which must never lie around where trails are verified.
  const key = pem.includes('PRIVATE') ? undefined : keyOf(() => createPublicKey(pem));
  if (key === undefined) return { problem: 'it holds no public Ed25519 key in PEM' };
  return {
    keyId: keyIdOf(key),
    verify: (text, signature) =>
      verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64')),
  };
}

function keyOf(read: () => KeyObject): KeyObject | undefined {
  try {
    const key = read();
    return key.asymmetricKeyType === ALGORITHM ? key : undefined;
  } catch {
    return undefined;
  }
}

function keyIdOf(key: KeyObject): string {
  return sha256(key.export({ type: 'spki', format: 'der' })).slice(0, KEY_ID_DIGITS);
}
