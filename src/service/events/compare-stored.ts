import type { Bundle } from '../../core/engine/bundle';
import type {
  AccessChange,
  CompareBundles,
  ComparedPair,
  StoredText,
} from '../../ports/compare-bundles';
import { loadStoredBundle, type StoredBundleParts } from '../bundles/load-stored-bundle';
import type { BundleArchive } from '../bundles/store-bundle';
import { accessChange } from './access-change';
import type { EventRecorderParts } from './event-recorder';

/** Compares two bundles from their stored texts, in the thread that calls. Rejects if a text is not its bundle. */
export async function compareStored(
  pair: ComparedPair,
  parts: StoredBundleParts,
): Promise<AccessChange> {
  const old = await load(pair.old, parts);
  return accessChange({ old, new: await load(pair.new, parts) }, pair.atMs);
}

async function load({ digest, text }: StoredText, parts: StoredBundleParts): Promise<Bundle> {
  const loaded = await loadStoredBundle(text, digest, parts);
  if ('problem' in loaded) throw new Error(`a stored bundle is ${loaded.problem}: ${digest}`);
  return loaded.bundle;
}

/** Compares bundles that an archive keeps. What it cannot read is no defect: the disk fails, or somebody removed it. */
export function compareFrom(
  { textOf }: Pick<BundleArchive, 'textOf'>,
  compare: CompareBundles,
): EventRecorderParts['compare'] {
  const stored = async (digest: string): Promise<StoredText> => ({
    digest,
    text: await textOf(digest),
  });
  return async (pair) => {
    const texts = await Promise.all([stored(pair.old), stored(pair.new)]).catch(() => undefined);
    if (texts === undefined) return { known: false, why: 'not_compared' };
    const [old, fresh] = texts;
    return compare({ old, new: fresh, atMs: pair.atMs });
  };
}
