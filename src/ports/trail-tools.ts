import type { TrailFiles } from './trail-files';
import type { Sha256, TrailVerifier } from './trail-keys';

/** What commands about trails need of the world. */
export interface TrailTools {
  readonly sha256: Sha256;
  /** The files of a trail in a directory. */
  filesIn(directory: string): TrailFiles;
  readVerifier(pem: string): TrailVerifier | { readonly problem: string };
  /** Makes a pair of keys in PEM. */
  generateKeys(): { readonly privatePem: string; readonly publicPem: string };
  /** Writes a file that is not there yet; answers with why it could not, or with undefined. */
  writeNew(path: string, text: string, access: 'owner' | 'everyone'): Promise<string | undefined>;
}
