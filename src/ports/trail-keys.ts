/** SHA-256 of bytes, or of the UTF-8 of a text, in lower-case hexadecimal. */
export type Sha256 = (input: Uint8Array | string) => string;

/** Signs statements of a trail. */
export interface TrailSigner {
  /** Names the key: the first 32 hexadecimal digits of the SHA-256 of its public half (DER, SPKI). */
  readonly keyId: string;
  /** The Ed25519 signature of the UTF-8 of a text, in base64. */
  sign(text: string): string;
}

/** Knows a public key. */
export interface TrailVerifier {
  readonly keyId: string;
  verify(text: string, signature: string): boolean;
}
