import type { Bundle } from '../../core/engine/bundle';
import type { TrailReader } from '../../ports/trail-files';
import {
  loadStoredBundle,
  type StoredBundleParts,
  type StoredBundleProblem,
} from '../bundles/load-stored-bundle';
import { storedBundleFile } from '../bundles/stored-bundle';
import { textOf } from '../trail/signed-document';

/** Most bytes of the file of a stored bundle. */
const MAX_BUNDLE_BYTES = 256 * 1024 * 1024;

/** Bundles in memory at a time; trails change from one to the next, and seldom back. */
const MAX_KEPT = 8;

/** A stored bundle, or why there is none: nobody has stored it, or what is stored is another thing. */
export type ShelvedBundle =
  | { readonly bundle: Bundle }
  | { readonly problem: 'unknown' | 'unreadable' | StoredBundleProblem };

/** Finds a bundle by its digest. */
export type FindBundle = (digest: string) => Promise<ShelvedBundle>;

/** Finds bundles in a directory of theirs. Rejects where the directory cannot be read. */
export async function createBundleShelf(
  reader: TrailReader,
  parts: StoredBundleParts,
): Promise<FindBundle> {
  const stored = new Set(await reader.list());
  const kept = new Map<string, Promise<ShelvedBundle>>();
  return (digest) => {
    const name = storedBundleFile(digest);
    if (name === undefined || !stored.has(name)) return Promise.resolve({ problem: 'unknown' });
    const found = kept.get(digest) ?? fetchBundle(reader, { name, digest }, parts);
    kept.delete(digest);
    kept.set(digest, found);
    const [oldest] = kept.keys();
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    return found;
  };
}

async function fetchBundle(
  reader: TrailReader,
  { name, digest }: { readonly name: string; readonly digest: string },
  parts: StoredBundleParts,
): Promise<ShelvedBundle> {
  const text = await reader.read(name, MAX_BUNDLE_BYTES).then(textOf, () => undefined);
  return text === undefined ? { problem: 'unreadable' } : loadStoredBundle(text, digest, parts);
}
