/** What hashes and checks signatures. Public keys are SPKI (DER) in base64. */
export interface TrailCrypto {
  /** Lower-case hexadecimal, of bytes, or of a text's UTF-8. */
  readonly sha256: (content: string | Uint8Array) => string;
  /** A short name of a public key: the first 16 hexadecimal digits of the SHA-256 of its DER. */
  readonly keyIdOf: (publicKey: string) => string;
  /** True if the Ed25519 signature (hexadecimal) of the UTF-8 text is the key's. False for what is no key. */
  readonly isSignedBy: (publicKey: string, text: string, signature: string) => boolean;
}

/** Signs with a private key that stays where it is. */
export interface TrailSigner {
  /** SPKI (DER) in base64. */
  readonly publicKey: string;
  /** The Ed25519 signature of the UTF-8 text in lower-case hexadecimal. */
  readonly sign: (text: string) => string;
}
