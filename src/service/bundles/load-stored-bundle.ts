import type { Bundle } from '../../core/engine/bundle';
import type { BlockStatus } from '../../core/model/policy';
import type { DigestOf } from '../../ports/id-source';
import type { PolicyDialect } from '../../ports/policy-dialect';
import { loadPolicies } from '../policy-loader';
import { parseStoredBundle, readerOf } from './stored-bundle';

/** What loading a stored bundle needs. */
export interface StoredBundleParts {
  readonly digestOf: DigestOf;
  /** Dialects with the configured status of packs; undefined: what this process has for them. */
  readonly loadDialects: (keeptrustsStatus?: BlockStatus) => Promise<readonly PolicyDialect[]>;
}

/** Why a stored text is not the bundle that it should be. */
export type StoredBundleProblem = 'malformed' | 'not_loadable' | 'other_digest';

/** Loads the bundle of this digest from its stored text. What loads as any other bundle is none. */
export async function loadStoredBundle(
  text: string,
  digest: string,
  { digestOf, loadDialects }: StoredBundleParts,
): Promise<{ readonly bundle: Bundle } | { readonly problem: StoredBundleProblem }> {
  const stored = parseStoredBundle(text);
  if (stored === undefined) return { problem: 'malformed' };
  if (stored.digest !== digest) return { problem: 'other_digest' };
  const dialects = await loadDialects(stored.keeptrustsStatus);
  const { roots } = stored;
  const { bundle } = await loadPolicies({ roots, reader: readerOf(stored), dialects, digestOf });
  if (bundle === undefined) return { problem: 'not_loadable' };
  return bundle.digest === digest ? { bundle } : { problem: 'other_digest' };
}
