import type { AnswerCounter } from './answer-counter';
import type { BundleFiles } from './bundle-files';
import type { SecretReference } from './service-config';
import type { TrailFiles } from './trail-files';
import type { TrailCrypto, TrailSigner } from './trail-keys';

/** Where evidence is kept. */
export interface AuditDirectory {
  readonly trail: TrailFiles;
  readonly bundles: BundleFiles;
  /** To be called by whoever has the trail's lock. Throws the system's error. */
  openCounter(): AnswerCounter;
}

/** What evidence is kept with. */
export interface AuditStore {
  readonly crypto: TrailCrypto;
  /** Opens a directory, which is made where it is missing. Rejects with the system's error. */
  open(directory: string): Promise<AuditDirectory>;
  /** Reads a private key. `problem` says why there is none, and holds nothing of it. */
  readSigner(reference: SecretReference): Promise<TrailSigner | { readonly problem: string }>;
}
