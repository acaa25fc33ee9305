import type { TrailReader } from './trail-files';
import type { TrailCrypto } from './trail-keys';

/** What became of a lock: there was none, it was removed, or it stays, for a reason that names who holds it. */
export type Unlocking =
  | { readonly result: 'free' }
  | { readonly result: 'unlocked'; readonly holder: string }
  | { readonly result: 'kept'; readonly problem: string };

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
  /**
   * Removes the lock of a directory if its process has ended, or if nobody can know and it is on `endedHost`. Rejects
   * with the system's error.
   */
  unlock(directory: string, endedHost?: string): Promise<Unlocking>;
}
