import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

import type { TrailCrypto, TrailSigner } from '../ports/trail-keys';

/** Hexadecimal digits of a key's short name. */
const KEY_ID_DIGITS = 16;

/** Hashes and checks with Node's own library. */
export const trailCrypto: TrailCrypto = {
  sha256: (content) => createHash('sha256').update(content).digest('hex'),
  keyIdOf: (publicKey) =>
    createHash('sha256')
      .update(Buffer.from(publicKey, 'base64'))
      .digest('hex')
      .slice(0, KEY_ID_DIGITS),
  isSignedBy: (publicKey, text, signature) => {
    const key = keyIn(publicKey);
    const bytes = Buffer.from(signature, 'hex');
    return key !== undefined && verify(null, Buffer.from(text, 'utf8'), key, bytes);
  },
};

function keyIn(publicKey: string): KeyObject | undefined {
  try {
    const der = Buffer.from(publicKey, 'base64');
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && textOf(key) === publicKey ? key : undefined;
  } catch {
    return undefined;
  }
}

/** A signer with the private key of a PEM text (PKCS #8). */
export function signerFromPem(pem: string): TrailSigner | { readonly problem: string } {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') return { problem: NO_KEY };
    return {
      publicKey: textOf(createPublicKey(key)),
      sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('hex'),
    };
  } catch {
    // The error may hold parts of the key.
    return { problem: pem.includes('PUBLIC KEY') ? PUBLIC_KEY : NO_KEY };
  }
}

/** The public key of a PEM text (SPKI) as trails name it. A private key is refused: it should not lie about. */
export function publicKeyFromPem(
  pem: string,
): { readonly key: string } | { readonly problem: string } {
  if (pem.includes('PRIVATE KEY')) return { problem: 'it holds a private key' };
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? { key: textOf(key) } : { problem: NO_KEY };
  } catch {
    return { problem: NO_KEY };
  }
}

const NO_KEY = 'it holds no Ed25519 key in PEM';

const PUBLIC_KEY = 'it holds a public key, and the private one signs';

/** A new pair of keys in PEM. */
export function generateTrailKeys(): { readonly privatePem: string; readonly publicPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privatePem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  };
}

function textOf(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).toString('base64');
}
