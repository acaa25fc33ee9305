import type { BundleFiles } from '../../ports/bundle-files';
import type { ServiceConfig } from '../../ports/service-config';
import type { LoadedPolicies } from '../policy-loader';
import { STORED_BUNDLE_FORMAT, storedBundleFile, type StoredBundle } from './stored-bundle';

/** What of the configuration a bundle depends on. */
export type BundleOrigin = Pick<ServiceConfig, 'roots' | 'keeptrustsStatus'>;

/** What is stored of a bundle; undefined where nothing was loaded that could decide. */
export function storedBundleOf(
  { bundle, sources: files, expansions }: LoadedPolicies,
  { roots, keeptrustsStatus }: BundleOrigin,
): StoredBundle | undefined {
  if (bundle === undefined) return undefined;
  return {
    ...{ format: STORED_BUNDLE_FORMAT, digest: bundle.digest, roots, files, expansions },
    ...(keeptrustsStatus === undefined ? {} : { keeptrustsStatus }),
  };
}

/** Keeps every bundle that has decided, so that its decisions can be made again. */
export interface BundleArchive {
  /** Begins to store what was loaded. To be called before it decides. */
  store(loaded: LoadedPolicies): void;
  /** Resolves once this bundle is on the disk; rejects where it is not. Undefined: it is there. */
  whenStored(digest: string): Promise<void> | undefined;
  /** The stored text of a bundle, whether or not it is on the disk already. Rejects where there is none. */
  textOf(digest: string): Promise<string>;
  /** Tries again what could not be stored. Rejects where that fails again. */
  retry(): Promise<void>;
}

/** Creates an archive of files. */
export function createBundleArchive(files: BundleFiles, origin: BundleOrigin): BundleArchive {
  const waiting = new Map<string, { readonly text: string; done: Promise<void> }>();
  const write = async (digest: string, text: string): Promise<void> => {
    await files.write(nameOf(digest), text);
    waiting.delete(digest);
  };
  const begin = (digest: string, text: string): Promise<void> => {
    const done = write(digest, text);
    // Whoever waits is told of a failure; perhaps nobody does.
    done.catch(() => undefined);
    waiting.set(digest, { text, done });
    return done;
  };
  return {
    store: (loaded) => {
      const stored = storedBundleOf(loaded, origin);
      if (stored !== undefined) void begin(stored.digest, JSON.stringify(stored));
    },
    whenStored: (digest) => waiting.get(digest)?.done,
    textOf: async (digest) => waiting.get(digest)?.text ?? files.read(nameOf(digest)),
    retry: async () => {
      for (const [digest, { text, done }] of waiting) {
        await done.catch(() => begin(digest, text));
      }
    },
  };
}

function nameOf(digest: string): string {
  const name = storedBundleFile(digest);
  if (name === undefined) throw new Error('a bundle has no digest');
  return name;
}
