import type { TrailReader } from './trail-files';
import type { TrailCrypto } from './trail-keys';

/** What commands about trails need of the world. */
export interface TrailTools {
  readonly crypto: TrailCrypto;
  /** The files of a trail in a directory. */
  readerIn(directory: string): TrailReader;
  /** The public key of a PEM text, as trails name it. */
  publicKeyFromPem(pem: string): { readonly key: string } | { readonly problem: string };
  /** Makes a pair of keys in PEM. */
  generateKeys(): { readonly privatePem: string; readonly publicPem: string };
  /** Writes a file that is not there yet; answers with why it could not, or with undefined. */
  writeNew(path: string, text: string, access: 'owner' | 'everyone'): Promise<string | undefined>;
}
